//! A thread: a comment, its answers, and where to answer.

use domain::{
    comment::{Attachment, Audience, Posted, Thread},
    people::Actor,
    quantity::bytes,
};
use leptos::prelude::*;

use super::{Purpose, Scene, compose, words};
use crate::{
    paths,
    ui::kit::{Avatar, Icon, Moment, Shape},
};

pub(super) fn view(scene: &Scene<'_>, thread: &Thread) -> impl IntoView + use<> {
    let first = &thread.first;
    let is_internal = first.comment.audience == Audience::Internal;
    let only = is_internal.then(|| {
        let said = format!("Internal. Only {} reads this.", first.organization);
        view! {
            <span class="hatched" aria-hidden="true"></span>
            <span class="only"><Icon name="lock-keyhole" class="s"/>{said}</span>
        }
    });
    let answers = thread.answers.iter().map(|it| posted(scene, it, "")).collect_view();
    let answers =
        (!thread.answers.is_empty()).then(|| view! { <div class="replies">{answers}</div> });
    let may_answer = thread.permits_answer(&scene.talk.request, scene.actor).is_ok();
    let answer =
        may_answer.then(|| compose::answer(scene, first.comment.id, own_in(thread, scene.actor)));
    view! {
        <section class="thread" data-internal=is_internal.then_some("")>
            {only}
            {posted(scene, first, "large")}
            {answers}
            {answer}
        </section>
    }
}

/// How many answers of a thread are the actor's own: with each of them, the form that sent it folds up.
fn own_in(thread: &Thread, actor: &Actor) -> usize {
    thread.answers.iter().filter(|it| it.comment.author == actor.person).count()
}

fn posted(scene: &Scene<'_>, posted: &Posted, size: &'static str) -> AnyView {
    let comment = &posted.comment;
    let anchor = format!("comment-{}", comment.id);
    if let Some(deleted) = comment.deleted {
        let who = posted.deleter.clone().unwrap_or_default();
        let told = view! { <span>{who}" deleted a comment, "<Moment at=deleted.at shape=Shape::Short/></span> };
        return view! { <p class="gone" id=anchor><Icon name="trash-2" class="s"/>{told}</p> }
            .into_any();
    }
    let (author, organization) = (posted.author.clone(), posted.organization.clone());
    let label = format!("Comment by {author}");
    let edited = comment.edited_at.map(|_| view! { <span class="edited">"edited"</span> });
    let is_named = scene.asked.named() == Some(comment.id);
    let files = comment.attachments.iter().map(attachment).collect_view();
    view! {
        <article class="comment" id=anchor aria-label=label data-named=is_named.then_some("")>
            <Avatar name=author.clone() class=size/>
            <header>
                <b>{author}</b>
                <span class="org">{organization}</span>
                <Moment at=comment.created_at shape=Shape::Short/>
                {edited}
            </header>
            <div class="text">
                {words::view(&comment.words, &comment.mentions, scene.actor.person)}
                {files}
                {acts(scene, posted)}
            </div>
        </article>
    }
    .into_any()
}

/// What may be done with a comment now.
fn acts(scene: &Scene<'_>, posted: &Posted) -> impl IntoView + use<> {
    let comment = &posted.comment;
    let edit = comment.permits_edit(scene.actor, scene.visit.now).is_ok();
    let edit = edit.then(|| compose::edit(scene, comment));
    let delete = comment.permits_deletion(scene.actor).is_ok().then(|| {
        let address = scene.address();
        let problem = scene.refused(Purpose::Delete(comment.id)).map(|it| it.problem.clone());
        view! {
            <form method="post" action=address>
                {compose::about(Purpose::Delete(comment.id))}
                <button type="submit" class="button small ghost" data-confirm="Delete this comment? A mark stays in its place.">
                    <Icon name="trash-2" class="s"/>"Delete"
                </button>
                {problem.map(|it| view! { <p class="error" role="alert">{it}</p> })}
            </form>
        }
    });
    let any = edit.is_some() || delete.is_some();
    any.then(|| view! { <div class="acts">{edit}{delete}</div> })
}

/// A file to be downloaded, never to be shown in the page.
fn attachment(file: &Attachment) -> impl IntoView + use<> {
    let name = file.name.to_string();
    let label = format!("Download {name}");
    view! {
        <a class="attachment" href=paths::attachment(file.id) download="" aria-label=label>
            <Icon name="file-text"/><b class="clip">{name}</b><span>{bytes(file.size)}</span><Icon name="download" class="s"/>
        </a>
    }
}
