//! What was said to everyone. A page that is printed goes from hand to hand: internal comments are only counted.

use domain::{
    comment::{Audience, Posted, Thread},
    id::PersonId,
    quantity::bytes,
};
use leptos::prelude::*;

use crate::{
    leaves::comment::words,
    ui::kit::{Moment, Shape},
};

pub fn talk(threads: &[Thread], me: PersonId) -> impl IntoView + use<> {
    let is_open = |it: &&Thread| it.first.comment.audience == Audience::Everyone;
    let (open, internal): (Vec<_>, Vec<_>) = threads.iter().partition(is_open);
    let count = open.iter().map(|it| 1 + it.answers.len()).sum::<usize>();
    let internal = internal.iter().map(|it| 1 + it.answers.len()).sum::<usize>();
    let left_out = (internal > 0)
        .then(|| view! { <p class="faint">"Internal comments that are left out: "{internal}</p> });
    let none = (count == 0).then(|| view! { <p>"Nothing was said yet."</p> });
    let all = open.into_iter().flat_map(|it| [&it.first].into_iter().chain(&it.answers));
    view! {
        <h2>"Comments"<span>{count}</span></h2>
        {none}
        {all.map(|it| posted(it, me)).collect_view()}
        {left_out}
    }
}

fn posted(posted: &Posted, me: PersonId) -> impl IntoView + use<> {
    let comment = &posted.comment;
    let answer = comment.answers.map(|_| "");
    let (author, organization) = (posted.author.clone(), posted.organization.clone());
    let mark = match (&comment.deleted, comment.edited_at) {
        (Some(_), _) => Some(" · deleted"),
        (None, Some(_)) => Some(" · edited"),
        (None, None) => None,
    };
    let files = comment.attachments.iter().map(|it| {
        view! { <small>"Attached: "{it.name.to_string()}", "{bytes(it.size)}</small> }
    });
    view! {
        <section class="said" data-answer=answer>
            <p class="by"><b>{author}</b>", "{organization}" · "<Moment at=comment.created_at shape=Shape::Short/>{mark}</p>
            {words::view(&comment.words, &comment.mentions, me)}
            {files.collect_view()}
        </section>
    }
}
