//! Counting what a connection takes. Nobody confirms that bytes have arrived; what was handed to the connection
//! and not broken off counts as sent.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::Body;
use domain::{
    material::{Parcel, Stretch},
    people::Actor,
};
use futures::{Stream, StreamExt};
use tokio_util::bytes::Bytes;

use crate::{
    error::AppError,
    portal::Portal,
    services::material::{self, Content},
};

/// A body of `content`. When the connection takes no more of it, `tell` hears how many bytes it has taken.
pub fn counted(content: Content, tell: impl FnOnce(u64) + Send + 'static) -> Body {
    Body::from_stream(Counted { content, sent: 0, tell: Some(Box::new(tell)) })
}

/// Notes how many bytes of a parcel were sent, from the byte `from` on.
pub fn noting(
    portal: &Portal,
    actor: &Actor,
    parcel: &Parcel,
    from: u64,
) -> impl FnOnce(u64) + Send + use<> {
    let (portal, actor, parcel) = (portal.clone(), actor.clone(), parcel.clone());
    move |sent| {
        let tasks = portal.tasks.clone();
        tasks.spawn(async move {
            let stretch = Stretch { from, to: from + sent };
            // Logged where it arose; the file was sent all the same.
            let _noted = material::note_sent(&portal, &actor, &parcel, stretch).await;
        });
    }
}

struct Counted {
    content: Content,
    sent: u64,
    tell: Option<Box<dyn FnOnce(u64) + Send>>,
}

impl Stream for Counted {
    type Item = Result<Bytes, AppError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.content.poll_next_unpin(context);
        if let Poll::Ready(Some(Ok(piece))) = &next {
            self.sent += piece.len() as u64;
        }
        next
    }
}

impl Drop for Counted {
    /// A connection asks for nothing after the last byte, so that its end is known by this alone.
    fn drop(&mut self) {
        if let Some(tell) = self.tell.take().filter(|_| self.sent > 0) {
            tell(self.sent);
        }
    }
}
