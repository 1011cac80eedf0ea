//! The catalogue of automated inspection: every code with its row.
//!
//! A code is `FAMILY-Problem`, stable for ever: people quote it in mails. Numbers that a file is held against are in
//! [`Expectation`](super::Expectation) and [`TextStyle`](super::TextStyle); a row here names the default.

use super::code::{Entry, Severity, catalogue};
use crate::key::keyed;

catalogue! {
    /// Zero bytes.
    FileEmpty = "FILE-Empty", "The file is empty",
        Fatal, "size, bytes", "more than 0", 1;
    /// The stored bytes are not the bytes that were sent.
    FileCorrupt = "FILE-Corrupt", "The file was damaged on its way",
        Fatal, "digest of the stored bytes", "the one that was sent", 1;
    /// A header that announces more bytes than there are.
    FileTruncated = "FILE-Truncated", "The file is cut short",
        Fatal, "size, bytes", "as many as its header announces", 3;
    /// What would do harm to whoever opens it.
    FileUnsafe = "FILE-Unsafe", "The file is not safe to open",
        Fatal, "lists of archives, declarations of XML documents", "no links, no paths that lead outside, no entities", 3;
    /// Nothing that the portal knows how to read.
    FileUnreadable = "FILE-Unreadable", "The file cannot be read",
        Fatal, "whether a reader gets to the end", "readable", 1;
    /// Reading it needs more time, memory or output than one file may use.
    FileTooCostly = "FILE-TooCostly", "The file takes too much to read",
        Fatal, "time, memory and output of the readers", "see the article", 1;
    /// Another kind of file than the request asks for.
    IncorrectAssetType = "ANALYZER-IncorrectAssetType", "This is the wrong kind of file",
        Fatal, "kind of file, by its content", "that of the request", 1;
    /// A still picture that does not come to its end, or that nothing can decode.
    ImageUnreadable = "IMAGE-Unreadable", "The picture cannot be read",
        Fatal, "whether a reader gets to the end", "readable", 3;
    /// A still picture in another format than those that are accepted.
    ImageFormat = "IMAGE-Format", "The format of the picture is not accepted",
        Fatal, "format, by its content", "PNG or JPEG", 3;
    /// More pixels than anybody should have to decode.
    ImagePixelBomb = "IMAGE-PixelBomb", "The picture is too large to be decoded",
        Fatal, "pixels", "67,108,864 at most", 3;
    /// Colors that screens do not have.
    ImageColorModel = "IMAGE-ColorModel", "The colors are made for print",
        Fatal, "color model", "RGB, YCbCr, grayscale or indexed", 3;
    /// A document that cannot be opened to its end.
    DocumentUnreadable = "DOCUMENT-Unreadable", "The document cannot be read",
        Fatal, "structure and pages of PDF, syntax of JSON", "readable, at least 1 page", 3;
    /// A picture that does not meet the delivery specification.
    VideoSpecMismatch = "VIDEO-SpecMismatch", "The picture does not meet the specification",
        Fatal, "codec, size in pixels, frame rate, scan", "the specification", 1;
    /// The decoder could not make sense of parts of the picture.
    VideoDecodeErrors = "ANALYZER-VideoDecodeErrors", "The picture is damaged",
        Fatal, "complaints of the decoder, and frames that are missing", "none", 3;
    /// Sound that does not meet the delivery specification.
    AudioSpecMismatch = "AUDIO-SpecMismatch", "The sound does not meet the specification",
        Fatal, "codec, sample rate in Hz, depth in bits", "the specification", 1;
    /// The chosen channel layout has another number of channels than the file.
    InconsistentChannelCount = "ChannelMapping-InconsistentChannelCount", "The channel layout does not fit the file",
        Fatal, "channels", "as many as the chosen layout has", 1;
    /// The document breaks the rules of its own format.
    TimedTextNotWellFormed = "TimedText-NotWellFormed", "The timed text breaks the rules of its format",
        Fatal, "the whole document", "well-formed, every time readable", 1;
    /// Bytes that are not in an encoding that is accepted.
    TextEncoding = "TimedText-Encoding", "The encoding is not accepted",
        Fatal, "bytes and declared encoding", "UTF-8 or UTF-16", 2;
    /// The root element is not TTML's.
    TextNamespace = "TimedText-Namespace", "The document is in the wrong namespace",
        Fatal, "namespace of the root element", "that of TTML", 2;
    /// Not a single cue.
    TextNoCues = "TimedText-NoCues", "There is not a single cue",
        Fatal, "cues", "at least 1", 2;
    /// A cue that is not on screen for any time.
    TextDurationNotPositive = "TimedText-DurationNotPositive", "A cue ends before it begins",
        Fatal, "length of a cue, ms", "more than 0", 2;
    /// The chosen timing reference is not the one of the file.
    TimeBaseConflict = "TimedText-TimeBaseConflict", "The timing reference is not that of the file",
        Fatal, "timing reference", "the one that was chosen", 1;
    /// The chosen frame rate is not the one the file declares.
    TextFrameRateConflict = "TimedText-FrameRateConflict", "The frame rate is not that of the file",
        Fatal, "declared frame rate, frames per second", "the one that was chosen", 2;
    /// The chosen way of counting frames is not the one the file declares.
    TextDropModeConflict = "TimedText-DropModeConflict", "The drop-frame mode is not that of the file",
        Fatal, "declared drop-frame mode", "the one that was chosen", 2;
    /// The file declares another language than the request.
    LanguageMismatch = "TimedText-LanguageMismatch", "The file is in another language",
        Fatal, "declared language", "that of the request", 1;
    /// The document does not say its language.
    TextLanguageMissing = "TimedText-LanguageMissing", "The document declares no language",
        Fatal, "xml:lang of the root element", "there", 2;
    /// The declared language is no language tag.
    TextLanguageMalformed = "TimedText-LanguageMalformed", "The declared language is no language tag",
        Fatal, "xml:lang", "a tag by RFC 5646", 2;
    /// `id` where `xml:id` is meant.
    TextIdAttribute = "TimedText-IdAttribute", "An id is not an xml:id",
        Fatal, "attributes called id", "none", 2;
    /// An `xml:id` that is no name.
    TextIdSyntax = "TimedText-IdSyntax", "An xml:id is not a name",
        Fatal, "xml:id", "a letter or underscore, then letters, digits, points, hyphens", 2;
    /// Two elements with one `xml:id`.
    TextIdDuplicate = "TimedText-IdDuplicate", "An xml:id stands twice",
        Fatal, "xml:id", "each once", 2;
    /// An attribute that TTML does not know.
    TextUnknownAttribute = "TimedText-UnknownAttribute", "An attribute is not part of TTML",
        Fatal, "attributes", "those of TTML and its profiles", 2;
    /// Two cues in one place at one time.
    TextOverlapping = "TimedText-OverlappingText", "Two cues stand in one place at one time",
        Fatal, "time that two cues of one region share, ms", "0", 2;
    /// Cues before the program begins or after it has ended.
    TextOutOfBounds = "TimedText-OutOfBounds", "A cue lies outside the program",
        Fatal, "begin and end of a cue", "inside the program", 2;
    /// An asset map that is not there, not well-formed, or lacks what it must have.
    ImfAssetMapInvalid = "IMF-AssetMapInvalid", "The asset map cannot be used",
        Fatal, "ASSETMAP.xml", "there, well-formed, complete by ST 429-9", 3;
    /// A packing list that is not there, not well-formed, or lacks what it must have.
    ImfPackingListInvalid = "IMF-PackingListInvalid", "The packing list cannot be used",
        Fatal, "packing list", "there, well-formed, complete by ST 2067-2", 3;
    /// A composition that is not well-formed, or lacks what it must have.
    ImfCompositionInvalid = "IMF-CompositionInvalid", "A composition cannot be used",
        Fatal, "composition", "well-formed, complete by ST 2067-3", 3;
    /// No composition at all.
    ImfCompositionMissing = "IMF-CompositionMissing", "There is no composition in the package",
        Fatal, "compositions", "at least 1", 3;
    /// A path that leads out of the package.
    ImfPathUnsafe = "IMF-PathUnsafe", "A path leads out of the package",
        Fatal, "paths of the asset map", "relative, inside the package", 3;
    /// Two assets in one file.
    ImfPathDuplicate = "IMF-PathDuplicate", "Two assets have the same path",
        Fatal, "paths of the asset map", "each once", 3;
    /// A file that the lists name and that did not arrive.
    ImfAssetMissing = "IMF-AssetMissing", "A file of the package is missing",
        Fatal, "files that the lists name", "all delivered", 3;
    /// A file that is another asset than the lists say.
    ImfIdMismatch = "IMF-IdMismatch", "A file has another id than the lists say",
        Fatal, "id inside the file", "the one of the asset map", 3;
    /// A file of another size than the lists say.
    ImfSizeMismatch = "IMF-SizeMismatch", "A file has another size than the packing list says",
        Fatal, "size, bytes", "the one of the packing list", 3;
    /// A file with other content than the lists say.
    ImfDigestMismatch = "IMF-DigestMismatch", "A file has another digest than the packing list says",
        Fatal, "SHA-1 or SHA-256 of the file", "the one of the packing list", 3;
    /// A composition without a picture.
    ImfPictureMissing = "IMF-PictureMissing", "A composition has no picture",
        Fatal, "picture sequences of a segment", "1", 3;
    /// Frame rates that are not used or do not agree.
    ImfEditRate = "IMF-EditRate", "The edit rates are not those of the trade, or do not agree",
        Fatal, "edit rates, per second", "one of the eight rates, one for each track", 3;
    /// A part of a track file that is not there.
    ImfEntryPoint = "IMF-EntryPoint", "A composition plays more than a track file has",
        Fatal, "entry point and source duration, edit units", "the intrinsic duration at most", 3;
    /// Sequences of one segment that end at different times.
    ImfDuration = "IMF-Duration", "The sequences of a composition differ in length",
        Fatal, "length of a sequence, s", "that of the picture", 3;
    /// A track that changes its format.
    ImfMixedEssence = "IMF-MixedEssence", "A track changes its format on the way",
        Fatal, "essence descriptors of a track", "alike", 3;
    /// A segment that does not hold a whole number of samples.
    ImfFrameCount = "IMF-FrameCount", "The number of frames does not fit the sound",
        Fatal, "frames of a segment at 29.97 and 59.94 fps", "divisible by 5", 3;
    /// The package declares another language than the request.
    ImfLanguageMismatch = "IMF-LanguageMismatch", "The package is in another language",
        Fatal, "language of the sound labels and locales", "exactly that of the request", 3;
    /// A track file that is not what the composition says.
    ImfEssenceMismatch = "IMF-EssenceMismatch", "A track file is not what the composition describes",
        Fatal, "MXF header", "the essence descriptor of the composition", 3;
    /// Two cues that cover each other on screen.
    TextOverlappingRendered = "TimedText-OverlappingRenderedText", "Two cues cover each other on screen",
        Overridable, "where the words of two regions come to stand, percent of the picture", "apart", 2;
    /// A still picture of another size than the program it goes with.
    ImageDimensions = "IMAGE-Dimensions", "The picture has another size than the program",
        Overridable, "columns and rows, pixels", "those of the primary source", 3;
    /// Pictures of one archive that are not alike.
    DubCardConformance = "DUBCARD-Conformance", "The pictures of the archive are not alike",
        Overridable, "format, columns and rows", "the same for all", 3;
    /// A document that is locked with a password.
    DocumentEncrypted = "DOCUMENT-Encrypted", "The document is locked",
        Overridable, "encryption", "none", 3;
    /// A container with neither picture nor sound.
    NoStreamsFound = "ANALYZER-NoStreamsFound", "There is neither picture nor sound in the file",
        Overridable, "picture and sound tracks", "at least 1", 1;
    /// Another length than the source that this file replaces.
    SourceDuration = "VALIDATOR-SourceDuration", "The length differs from the previous source",
        Overridable, "difference of lengths, ms", "1,000 for pictures, 5,000 for sound", 1;
    /// Picture and sound end at different times.
    VideoAudioDuration = "VALIDATOR-VideoAudioDuration", "Picture and sound differ in length",
        Overridable, "difference of lengths, ms", "1,000", 1;
    /// No black, or too much of it, before the first or after the last picture.
    HeadTailBlack = "VIDEO-HeadTailBlack", "The black at the head or the tail is missing or too long",
        Overridable, "black frames at both ends", "1 frame to 1 second", 3;
    /// Black in the midst of the program, as where commercials went.
    CommercialBlacks = "ANALYZER-CommercialBlacks", "There is black inside the program",
        Overridable, "length of black inside the program, ms", "2,000 at most", 3;
    /// A picture that stands still.
    FreezeDetected = "VIDEO-FreezeDetected", "The picture stands still",
        Overridable, "length of a picture without motion, ms", "5,000 at most", 3;
    /// A file in which hardly anything ever moves.
    LowVarianceFile = "ANALYZER-LowVarianceFile", "Hardly anything moves in the whole file",
        Overridable, "frames that differ from the one before, percent", "more than 5", 3;
    /// Lines of two moments in one frame, whatever the header says.
    InterlaceDetected = "VIDEO-InterlaceDetected", "The picture is interlaced",
        Overridable, "frames whose two fields show different moments, percent", "below 80", 3;
    /// Film that was spread over more frames by repeating fields.
    TelecineDetected = "ANALYZER-TelecineDetected", "The picture went through a telecine",
        Overridable, "frames with a repeated field, percent", "below 20", 3;
    /// Frames that are shown twice.
    CadenceBreak = "VIDEO-CadenceBreak", "Frames are shown twice in the midst of motion",
        Overridable, "repeated frames", "0", 3;
    /// A group of pictures that cannot be decoded by itself.
    IncorrectGopStructure = "ANALYZER-IncorrectGopStructure", "A group of pictures is open or has no key frame",
        Overridable, "groups that need the one before", "0", 3;
    /// Key frames too far from each other.
    KeyFrameGopTooLong = "ANALYZER-KeyFrameGopTooLong", "Key frames are too far apart",
        Overridable, "frames from one key frame to the next", "1 second at most", 3;
    /// Pixels that are not square.
    AspectRatio = "VIDEO-AspectRatio", "The pixels are not square",
        Overridable, "width of a pixel over its height", "1:1", 3;
    /// Less color or fewer levels than a master has.
    ChromaOrDepth = "VIDEO-ChromaOrDepth", "The color is sampled too coarsely",
        Overridable, "color sampling, and depth in bits", "4:2:2 and 10 bits at least, by codec", 3;
    /// Other words than those of the declared language.
    TextLanguageSuspect = "TimedText-LanguageSuspect", "The words look like another language",
        Overridable, "language of the words", "the declared one", 2;
    /// Not a single sample that can be heard.
    AudioAllSilent = "AUDIO-AllSilent", "There is nothing to hear",
        Overridable, "loudest sample of all channels, dBFS", "above -70", 3;
    /// All channels silent for a long time.
    AudioUnexpectedSilence = "AUDIO-UnexpectedSilence", "There is a long silence",
        Overridable, "time in which all channels are below -70 dBFS, ms", "10,000 at most", 3;
    /// A channel of zeros beside others that are heard.
    AudioChannelSilent = "AUDIO-ChannelSilent", "A channel is silent",
        Overridable, "samples of a channel that are not zero", "at least 1", 3;
    /// A channel of noise that nobody can hear.
    AudioDeadChannel = "AUDIO-DeadChannel", "A channel is dead",
        Overridable, "loudest sample of a channel, dBFS", "above -70, or zeros", 3;
    /// Two channels with the same that are not left and right.
    AudioDuplicateChannel = "AUDIO-DuplicateChannel", "A channel is there twice",
        Overridable, "correlation and level of two channels", "below 0.9995, or 0.1 dB apart", 3;
    /// Two channels with the same, one of them upside down.
    AudioPhaseInverted = "AUDIO-PhaseInverted", "Two channels cancel each other",
        Overridable, "correlation of two channels", "above -0.99", 3;
    /// Flattened tops.
    AudioClipping = "AudioClippingInspector-AudioClippingDetected", "The sound is clipped",
        Overridable, "flat tops and loudest samples of a channel", "five criteria", 3;
    /// Peaks that overload a converter.
    AudioTruePeak = "AUDIO-TruePeakExceeded", "The true peak is too high",
        Overridable, "true peak, dBTP", "-2 at most, music and effects -1", 3;
    /// Too loud or too quiet, by its speech and as a whole.
    AudioLoudness = "AUDIO-LoudnessOutOfSpec", "The loudness is out of specification",
        Overridable, "loudness of the speech and of the program, LKFS", "-27 ± 2, else -24 ± 3", 3;
    /// Longer or shorter than the primary.
    AudioDurationMismatch = "AUDIO-DurationMismatch", "The sound is not as long as the primary",
        Overridable, "difference of lengths, ms", "5,000", 3;
    /// Music and effects at another time than in the primary.
    AudioOutOfSync = "ANALYZER-Audio-OutOfSync", "The sound is not in step with the primary",
        Overridable, "offset of music and effects, ms", "80 at most", 3;
    /// A composition without sound.
    ImfSoundMissing = "IMF-SoundMissing", "A composition has no sound",
        Overridable, "sound sequences", "at least 1", 3;
    /// A track file that neither this package nor an earlier one has.
    ImfTrackFileUnknown = "IMF-TrackFileUnknown", "A composition plays a track file that is not known",
        Overridable, "track files of the composition", "in this package or an earlier one", 3;
    /// A name that promises another kind of file.
    ExtensionMismatch = "FILE-ExtensionMismatch", "The name does not fit the content",
        Warning, "ending of the name", "one that belongs to the content", 3;
    /// The very file that was delivered before.
    FileDuplicate = "FILE-Duplicate", "The same file was delivered before",
        Warning, "SHA-256 of the file", "unlike that of every earlier delivery", 3;
    /// A picture with parts that can be seen through.
    ImageAlpha = "IMAGE-Alpha", "The picture has transparent parts",
        Warning, "alpha channel", "none", 3;
    /// Darker than black or brighter than white.
    LevelsOutOfRange = "VIDEO-LevelsOutOfRange", "Levels go beyond the legal range",
        Warning, "frames with levels beyond −5 % or 105 %", "0", 3;
    /// Colors that are not declared, or not those of any specification.
    ColorMismatch = "VIDEO-ColorMismatch", "The colors are not declared as they should be",
        Warning, "primaries, transfer, matrix and range", "BT.709, BT.2020 or P3 D65, legal range", 3;
    /// Fewer bits than a master of this size needs.
    VideoBitRate = "VIDEO-BitRate", "The bit rate is low for a master",
        Warning, "bits per pixel", "0.5 at least", 3;
    /// Captions inside the picture where none are wanted.
    CaptionsPresent = "VIDEO-CaptionsPresent", "There are closed captions inside the picture",
        Warning, "captions in the picture track", "none", 3;
    /// No timecode, or one that cannot be.
    StartTimecode = "VIDEO-StartTimecode", "The timecode of the first frame is missing or impossible",
        Warning, "timecode of the first frame", "there, and a label of the frame rate", 3;
    /// A cue that is gone before it can be read.
    TextTooShort = "TimedText-TooShort", "A cue is on screen too briefly",
        Warning, "length of a cue, ms", "833 at least", 2;
    /// A cue that stays for too long.
    TextTooLong = "TimedText-TooLong", "A cue stays on screen too long",
        Warning, "length of a cue, ms", "7,000 at most", 2;
    /// Two cues so close that the eye does not see the change.
    TextGap = "TimedText-Gap", "Two cues follow each other too closely",
        Warning, "time between two cues, frames", "2 at least", 2;
    /// More lines than are read comfortably.
    TextTooManyLines = "TimedText-TooManyLines", "A cue has too many lines",
        Warning, "lines", "2 at most", 2;
    /// A line wider than the safe area.
    TextLineTooLong = "TimedText-LineTooLong", "A line is too long",
        Warning, "characters in a line", "42 at most, by language", 2;
    /// More words than can be read in the time.
    TextReadingSpeed = "TimedText-ReadingSpeed", "A cue has to be read too fast",
        Warning, "characters per second", "17 at most, by language", 2;
    /// A sign that players may not be able to show.
    TextUnknownGlyph = "TimedText-UnknownGlyph", "A sign may not be shown",
        Warning, "signs", "letters, digits, punctuation, music signs", 2;
    /// A cue without words.
    TextEmptyCue = "TimedText-EmptyCue", "A cue has no words",
        Warning, "words in a cue", "at least 1", 2;
    /// Dialogue is marked in another way than the language wants.
    TextDialogueDash = "TimedText-DialogueDash", "Dialogue dashes are not in the style of the language",
        Warning, "dashes at the beginning of lines", "by language", 2;
    /// Italics where the script has none.
    TextItalics = "TimedText-Italics", "There are italics where the language has none",
        Warning, "italic cues", "none in Arabic, Chinese, Korean", 2;
    /// Mono in two channels.
    AudioDualMono = "AUDIO-DualMono", "Left and right are the same",
        Warning, "correlation and level of a left and a right channel", "below 0.9995, or 0.1 dB apart", 3;
    /// Channels that sound as if they stood elsewhere.
    AudioChannelOrder = "AUDIO-ChannelOrder", "The channels may be in another order",
        Warning, "power below 120 Hz and speech, per cent", "low frequencies in the LFE, voices in the center", 3;
    /// Samples that do not swing around zero.
    AudioDcOffset = "AUDIO-DcOffset", "A channel has a constant offset",
        Warning, "average of the samples of a channel, dBFS", "-46 at most", 3;
    /// A file whose content cannot be verified.
    ImfDigestMissing = "IMF-DigestMissing", "A file of the package has no digest",
        Warning, "digests of the packing list", "SHA-1 or SHA-256 for each file", 3;
    /// Black bars around the picture.
    ActivePicture = "VIDEO-ActivePicture", "There are black bars around the picture",
        Note, "rows and columns inside black bars, percent", "98 at least", 3;
    /// Cues that are not written down in the order of time.
    TextOrder = "TimedText-Order", "The cues are not in the order of time",
        Note, "begin of a cue against the one before it", "later or equal", 2;
    /// Nearly all the same, or very wide.
    AudioLoudnessRange = "AUDIO-LoudnessRange", "The loudness range is unusual",
        Note, "loudness range, LU", "3 to 20", 3;
}
