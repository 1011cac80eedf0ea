//! Articles on still pictures.

use crate::inspection::{Article, ErrorCode as E};

pub(super) const UNREADABLE: Article = Article {
    code: E::ImageUnreadable,
    meaning: "The file begins like a still picture and cannot be read to its end: it is cut short, or there is no \
              picture behind its header. In an archive, the finding names the picture.",
    why: "Players show the part that is there, or nothing at all. On a dub card that is a gray field in the middle of \
          the program.",
    measuring: "The parts of a PNG are followed to the last one (ISO/IEC 15948, IEND); in a JPEG, header and end are \
                looked for (ITU-T T.81, SOF and EOI). Then ffprobe has to find the same picture. In an archive, the \
                first 64 KiB of each picture are looked at.",
    limits: &[("PNG, JPEG", "whole, with a picture in it")],
    steps: &[
        "Open the picture on your side and look at its lower edge, which is where missing parts show.",
        "Export it again and, if it travels in an archive, pack the archive again.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::FileTruncated, E::ImageFormat, E::FileUnreadable],
};

pub(super) const FORMAT: Article = Article {
    code: E::ImageFormat,
    meaning: "The picture is in a format that is not accepted here, or the archive holds something else than \
              pictures. The name is not asked: a TIFF that is called .png is a TIFF.",
    why: "Still pictures are laid over the program by machines, and these read PNG and JPEG. An archive is unpacked \
          whole, so whatever else is in it would be taken for a picture.",
    measuring: "The first bytes of the file, and of every entry of an archive, decide. Folders and what operating \
                systems put into archives by themselves (__MACOSX, .DS_Store, Thumbs.db) are passed over.",
    limits: &[
        ("Format", "PNG or JPEG; several in one ZIP archive"),
        ("Archive", "pictures only, at least one"),
    ],
    steps: &[
        "In Photoshop, choose File, Export, Export As and there PNG; other editors have the same under Export.",
        "With several pictures, put nothing but them into the archive. Lists and notes belong into a comment.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::ImageUnreadable, E::DubCardConformance, E::IncorrectAssetType],
};

pub(super) const PIXEL_BOMB: Article = Article {
    code: E::ImagePixelBomb,
    meaning: "The header of the picture announces more pixels than anybody needs. It was not decoded.",
    why: "A picture is unpacked to four bytes for each pixel, however small its file is. Large ones fill the memory \
          of browsers, of players, and of the machines that everybody shares here.",
    measuring: "Columns and rows are read from the header before anything is decoded, also inside archives, and \
                multiplied.",
    limits: &[("Pixels", "67,108,864, as in 8,192 × 8,192; 256 MiB of memory")],
    steps: &[
        "Scale the picture to the size that is asked for; 3,840 × 2,160 is enough for UHD.",
        "If your own editor shows a smaller size, the file is damaged: export it again.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::FileUnsafe, E::FileTooCostly, E::ImageDimensions],
};

pub(super) const COLOR_MODEL: Article = Article {
    code: E::ImageColorModel,
    meaning: "The picture holds amounts of ink (CMYK) instead of amounts of light. It was made for print.",
    why: "Without the profile of the printing press nobody can say which colors on a screen are meant; many players \
          show such pictures inverted or not at all.",
    measuring: "The number of color components in the header of a JPEG: four are CMYK (ITU-T T.81; Adobe Technical \
                Note 5116). Grayscale and palettes have exact equals in RGB and are accepted.",
    limits: &[("Color model", "RGB, YCbCr, grayscale, indexed RGB")],
    steps: &[
        "In Photoshop, choose Image, Mode, RGB Color, and compare the colors with the original.",
        "Better still, export again from the layout, with an RGB profile such as sRGB or Rec. 709.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::ImageFormat, E::ImageAlpha],
};

pub(super) const DIMENSIONS: Article = Article {
    code: E::ImageDimensions,
    meaning: "The picture has not the columns and rows of the program that it is shown in, be it by a single one.",
    why: "A dub card takes the place of the picture. If it is smaller there is an edge, if it is scaled the writing \
          becomes soft, and a difference of one column shows as a flickering line.",
    measuring: "Columns and rows in the header are compared with those of the primary source of the title, as it was \
                last delivered. Where none has been delivered yet, nothing is compared.",
    limits: &[("Size", "exactly that of the primary source; for artwork any")],
    steps: &[
        "Compare the two sizes in the finding. One column or row more comes from scaling with odd numbers: crop to \
         the exact size.",
        "If the program was delivered in HD and the card made in UHD, export the card in the smaller size, from the \
         layout and not by scaling the picture.",
        "Deliver the new file.",
    ],
    overriding: Some(
        "Ask for it where the primary source is about to be replaced by one that has the size of the picture.",
    ),
    related: &[E::DubCardConformance, E::VideoSpecMismatch, E::ImagePixelBomb],
};

pub(super) const CONFORMANCE: Article = Article {
    code: E::DubCardConformance,
    meaning: "The pictures of one archive differ in format or size. The finding names those that are unlike most of \
              the others.",
    why: "The cards of one program are laid over it by one setting. Whatever differs in it is shown at the wrong \
          size or in the wrong place.",
    measuring: "Format, columns and rows of every picture in the archive are read from its header; what most of them \
                have counts as meant. 1,921 × 1,080 beside 1,920 × 1,080 is a difference.",
    limits: &[("Format, columns, rows", "the same for all pictures of an archive")],
    steps: &[
        "Export the pictures that are named in the format and size of the others.",
        "Pack the archive again with nothing else in it.",
        "Deliver the new file.",
    ],
    overriding: Some(
        "Ask for it where the program itself changes its size, and the comment says which picture belongs to which part.",
    ),
    related: &[E::ImageDimensions, E::ImageFormat],
};

pub(super) const ALPHA: Article = Article {
    code: E::ImageAlpha,
    meaning: "The picture has a channel that says how far each pixel can be seen through, or one color that counts as \
              transparent.",
    why: "What shows through is black in one player, white in the next, and the program in a third.",
    measuring: "The color type and the chunk tRNS in the header of a PNG (ISO/IEC 15948). Whether any pixel is really \
                transparent is not looked at.",
    limits: &[("Alpha channel", "none")],
    steps: &[
        "In Photoshop, choose Layer, Flatten Image before the export, or switch off Transparency in Export As.",
        "Look at the picture once before a background of a bright color: nothing of it may show.",
    ],
    overriding: None,
    related: &[E::ImageColorModel, E::ImageFormat],
};
