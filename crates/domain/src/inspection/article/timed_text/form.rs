//! Articles on what the document says of itself, against the delivery page and the request.

use crate::inspection::{Article, ErrorCode as E};

pub(in crate::inspection::article) const TIME_BASE_CONFLICT: Article = Article {
    code: E::TimeBaseConflict,
    meaning: "On the delivery page one timing reference was chosen and the file declares another. SMPTE counts frame \
              labels as in the timecode track, MEDIA counts real time.",
    why: "Text that is played against the wrong reference drifts: at 23.976, by 3.6 seconds in an hour. It looks right \
          in the first minutes, which is all that many people check.",
    measuring: "The choice is compared with the ttp:timeBase attribute of the document (TTML2, section 7.2). A TTML \
                document without that attribute counts as MEDIA, as the standard says; WebVTT and SubRip are always \
                MEDIA, EBU STL and Scenarist SCC always SMPTE. Where nothing was chosen for a TTML document, SMPTE is taken to be meant.",
    limits: &[("Timing reference", "the same on the delivery page and in the file")],
    steps: &[
        "Look at the times in the document: 01:00:10:05 with frames is SMPTE, 00:00:10.208 with a fraction is MEDIA.",
        "If the file is right, deliver it again and choose its timing reference.",
        "If the file only lacks the attribute, set ttp:timeBase on its root element, in a text editor or in Subtitle \
         Edit under File, Timed Text properties, and deliver it again.",
        "If the times themselves are of the wrong kind, export again from the subtitling tool. Never convert them by \
         replacing text.",
    ],
    overriding: None,
    related: &[E::TextFrameRateConflict, E::TextDropModeConflict, E::TextOutOfBounds],
};

pub(in crate::inspection::article) const FRAME_RATE_CONFLICT: Article = Article {
    code: E::TextFrameRateConflict,
    meaning: "On the delivery page one frame rate was chosen and the document declares another. Most often the \
              multiplier is missing: a document for 23.976 then says 24.",
    why: "The rate turns frame numbers into time. SMPTE times that are taken at 24 in place of 23.976 come 3.6 seconds \
          too early after an hour, and at any wrong rate the frames behind the seconds mean other moments.",
    measuring: "The document's ttp:frameRate times its ttp:frameRateMultiplier (TTML2, section 7.2) is compared with \
                the choice as an exact fraction, whatever the timing reference. Documents that declare no frame rate \
                are not compared; WebVTT, SubRip and the STL30 form of EBU STL never declare one.",
    limits: &[
        ("Frame rate", "the same on the delivery page and in the file"),
        ("23.976", "ttp:frameRate 24, ttp:frameRateMultiplier 1000 1001"),
        ("29.97", "ttp:frameRate 30, ttp:frameRateMultiplier 1000 1001"),
        ("59.94", "ttp:frameRate 60, ttp:frameRateMultiplier 1000 1001"),
    ],
    steps: &[
        "Read the frame rate of the picture: it stands under Technical Metadata on the card of the video.",
        "If the file is right, deliver it again and choose its rate.",
        "If only the declaration is wrong, correct both attributes on the root element, in a text editor or in \
         Subtitle Edit under File, Timed Text properties.",
        "If the cues were made to a picture of another rate, convert them in the subtitling tool, check the first and \
         the last cue against the picture, and export again.",
    ],
    overriding: None,
    related: &[E::TimeBaseConflict, E::TextDropModeConflict, E::VideoSpecMismatch],
};

pub(in crate::inspection::article) const DROP_MODE_CONFLICT: Article = Article {
    code: E::TextDropModeConflict,
    meaning: "On the delivery page one way of counting frames was chosen and the document declares the other. \
              Drop-frame timecode leaves out labels so that it keeps step with the clock; non-drop counts every one.",
    why: "At 29.97, the two are 3.6 seconds apart after an hour. The cues seem right at the beginning and drift from \
          then on.",
    measuring: "The ttp:dropMode of the document (TTML2, section 7.2) is compared with the choice: dropNTSC is \
                drop-frame, nonDrop is non-drop. Only documents whose timing reference is SMPTE are compared, and \
                only those that declare a mode; dropPAL is not compared.",
    limits: &[
        ("Drop-frame mode", "the same on the delivery page and in the file"),
        ("Drop-frame", "ttp:dropMode=\"dropNTSC\""),
        ("Non-drop", "ttp:dropMode=\"nonDrop\""),
    ],
    steps: &[
        "Look at the timecode of the picture: a semicolon before the frames, as in 01:00:00;00, usually means \
         drop-frame. At 23.976, 24 and 25 there is no such thing.",
        "If the file is right, deliver it again and choose its mode.",
        "If only the declaration is wrong, correct ttp:dropMode on the root element, in a text editor or in Subtitle \
         Edit under File, Timed Text properties.",
        "If the times were counted the wrong way, set the project of the subtitling tool to the mode of the picture, \
         check the last cue, and export again.",
    ],
    overriding: None,
    related: &[E::TextFrameRateConflict, E::TimeBaseConflict],
};

pub(in crate::inspection::article) const LANGUAGE_MISMATCH: Article = Article {
    code: E::LanguageMismatch,
    meaning: "The document declares another language than the request asks for. Either the file belongs to the request \
              of another language, or its declaration was left over from a template.",
    why: "Viewers choose subtitles by language. A file under the wrong one is shown to people who cannot read it, and \
          is missing for those who can.",
    measuring: "The xml:lang attribute of the document is compared with the language of the request. A tag that says \
                less or more is accepted: pt fits a request for pt-BR, and pt-BR one for pt. A tag that says something \
                else is not: pt-PT does not fit pt-BR. Three-letter codes such as por are understood. A document that \
                declares no language, or und, is not compared. The words themselves are looked at apart from this.",
    limits: &[(
        "Declared language",
        "that of the request, or a shorter or longer tag for the same language",
    )],
    steps: &[
        "Open the document and read a few cues: which language is it really?",
        "If it is the wrong file, deliver it to the request of its own language and the right one here.",
        "If only the declaration is wrong, correct xml:lang on the root element and deliver again.",
    ],
    overriding: None,
    related: &[E::TextLanguageSuspect, E::TextLanguageMissing, E::TextLanguageMalformed],
};

pub(in crate::inspection::article) const LANGUAGE_MISSING: Article = Article {
    code: E::TextLanguageMissing,
    meaning: "The <tt> element of the document has no xml:lang attribute, so the document does not say which language \
              it is in.",
    why: "Players choose typeface, line breaks and direction by the language. A document that does not declare it also \
          cannot be told from its sisters once the file name is gone.",
    measuring: "The root element of TTML documents is looked at; TTML2 (W3C), section 8.1.1, demands xml:lang there. \
                An empty one (xml:lang=\"\") passes, as it says on purpose that there is no language. Documents \
                without cues are not checked, nor are other formats, which need not say it.",
    limits: &[("xml:lang of <tt>", "there; best the language of the request")],
    steps: &[
        "In Subtitle Edit, open the file, choose the language under File, Timed Text properties, and save.",
        "In EZTitles and OOONA, set the language of the project and export again.",
        "In a text editor, write it into the first element: <tt xml:lang=\"pt-BR\" …>.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::TextLanguageMalformed, E::LanguageMismatch],
};

pub(in crate::inspection::article) const LANGUAGE_MALFORMED: Article = Article {
    code: E::TextLanguageMalformed,
    meaning: "The xml:lang of the document is there, but it is not built like a language tag. Most often an underscore \
              stands where a hyphen belongs: pt_BR in place of pt-BR.",
    why: "A tag that cannot be taken apart says nothing. Players then fall back on some other language for typeface, \
          line breaks and the menu.",
    measuring: "The tag on the root element is compared with the syntax of RFC 5646, section 2.1, as far as the table \
                below goes. Whether its parts are registered is not looked up. An empty tag passes. Only TTML \
                documents that have cues are checked.",
    limits: &[
        ("Parts", "1 to 8 letters and digits from ASCII, joined by single hyphens"),
        ("First part", "2 to 8 letters; or x or i with more parts behind"),
        ("Examples", "en, pt-BR, zh-Hant-TW, es-419"),
    ],
    steps: &[
        "Replace underscores by hyphens, and names of languages by their tags: fr in place of French (France).",
        "Write it on the root element in a text editor, or in Subtitle Edit under File, Timed Text properties.",
        "Compare it with the language of the request, which stands in its header.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::TextLanguageMissing, E::LanguageMismatch],
};

pub(in crate::inspection::article) const LANGUAGE_SUSPECT: Article = Article {
    code: E::TextLanguageSuspect,
    meaning: "The words of the document look like another language than the one it is said to be in. Either the wrong \
              file was delivered, or it was never translated, or its words really are in two languages.",
    why: "A declaration is copied from a template in a moment, so it is the words that count. An untranslated file is \
          among the most embarrassing things a viewer can find.",
    measuring: "Where there are at least 400 letters, or 100 signs of Chinese, Japanese or Korean, the portal guesses \
                their language and compares it with the one that the document declares, or with that of the request \
                where it declares none. Only languages that can be told apart for certain are judged. Close relatives \
                are never taken for each other, such as Danish, Norwegian and Swedish, or Spanish, Portuguese, Catalan \
                and Galician.",
    limits: &[("Language of the words", "the declared one, or a close relative of it")],
    steps: &[
        "Read ten cues from different places of the file.",
        "If it is the wrong file, deliver the right one.",
        "If it is the right file with the wrong declaration, correct xml:lang and see that it fits the request.",
        "If the words are right, for example because much of the program is in a second language, ask for an override.",
    ],
    overriding: Some(
        "Ask for it when the words are as they should be: songs, names or quotes in another language that stay \
         untranslated, or two languages in one file on purpose. Say which language is where, with one or two times.",
    ),
    related: &[E::LanguageMismatch, E::TextLanguageMissing],
};
