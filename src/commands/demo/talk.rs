//! What the people of the demo say to each other.

use domain::{comment::Audience, delivery::FileName, id::RequestId};

use super::story::Story;
use crate::{
    error::AppError,
    services::comment::{self, Draft, DraftFile},
};

const NOTES: &str = "Reel 4\n01:12:08:14  The wave is the loudest place.\n01:20:02:00  Ambience drops; it is so in the original mix.\n";

impl Story<'_> {
    /// About the French dub: to everyone, and among the partner's own people.
    pub async fn talk_about_the_dub(&self, dub: RequestId) -> Result<(), AppError> {
        let (paula, nora, felix) = (&self.cast.paula, &self.cast.nora, &self.cast.felix);
        let first = "The drop-out at `00:12:08:14` cannot pass. **A new file is needed**, \
            the length of the first one was fine.";
        let first =
            comment::post(self.portal, paula, dub, Audience::Everyone, words(first)).await?;
        let understood = format!(
            "Understood. We restore the line from the dialogue stem, then a new pass with `limiter -2.5 dBTP`. @{}, is the drop in reel 4 meant?",
            felix.name
        );
        comment::answer(self.portal, nora, dub, first.id, words(&understood)).await?;
        let notes =
            DraftFile { name: FileName::new("tide_mix_notes_v3.txt")?, bytes: NOTES.into() };
        let meant = Draft { files: vec![notes], ..words("It is in the original mix and stays.") };
        comment::answer(self.portal, felix, dub, first.id, meant).await?;
        let internal = "The limiter on stage 2 was still at 0 dBTP:\n\n- I moved it to -2.5\n- look at reel 4 before the next upload";
        comment::post(self.portal, nora, dub, Audience::Internal, words(internal)).await?;
        Ok(())
    }
}

fn words(words: &str) -> Draft {
    Draft { words: words.to_owned(), files: Vec::new() }
}
