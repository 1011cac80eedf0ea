//! Where people write: the composer below all threads, the answer below each, and the form that edits.

use domain::{
    comment::{Audience, Comment, LARGEST_ATTACHMENT, LONGEST, MOST_ATTACHMENTS, Reader},
    id::{CommentId, RequestId},
    quantity::bytes,
};
use leptos::prelude::*;

use super::{Purpose, Scene};
use crate::ui::kit::{Avatar, Icon, TextArea};

/// The list out of which people are called while one writes.
const CALLED: &str = "people-to-call";

/// The form by which a thread is begun.
pub(super) struct Composer {
    address: String,
    request: RequestId,
    own: String,
    readers: Vec<(Reader, bool)>,
    called: Vec<String>,
    words: String,
    audience: Audience,
    problem: Option<String>,
}

impl Composer {
    pub fn of(scene: &Scene<'_>) -> Self {
        let refused = scene.refused(Purpose::Say);
        let others = scene.talk.readers.iter().filter(|it| it.person != scene.actor.person);
        Self {
            address: scene.address(),
            request: scene.talk.request.id,
            own: scene.actor.organization.name.clone(),
            readers: others
                .map(|it| (it.clone(), scene.actor.works_for(it.organization)))
                .collect(),
            called: refused.map(|it| it.called.clone()).unwrap_or_default(),
            words: refused.map(|it| it.words.clone()).unwrap_or_default(),
            audience: refused.map_or(Audience::Everyone, |it| it.audience),
            problem: refused.map(|it| it.problem.clone()),
        }
    }

    pub fn view(self) -> impl IntoView {
        let draft = format!("comment-{}", self.request);
        let radio = |audience: Audience, label: AnyView| {
            let id = format!("say-{}", audience.key());
            let labeled = id.clone();
            let checked = audience == self.audience;
            view! {
                <label for=labeled>
                    <input type="radio" class="vh" id=id name="audience" value=audience.key() checked=checked/>
                    {label}
                </label>
            }
        };
        let own = self.own.clone();
        let everyone = radio(Audience::Everyone, "Everyone".into_any());
        let internal = radio(
            Audience::Internal,
            view! { <Icon name="lock-keyhole" class="s"/>{own} }.into_any(),
        );
        let only = format!("Internal. Only {} reads this.", self.own);
        view! {
            <form class="composer" method="post" action=self.address enctype="multipart/form-data" aria-label="New comment">
                <span class="hatched" aria-hidden="true"></span>
                <span class="only"><Icon name="lock-keyhole" class="s"/>{only}</span>
                {about(Purpose::Say)}
                {field("say", "New comment", self.words, self.problem, Some(draft))}
                <div class="tools">
                    {call(self.readers, &self.called)}
                    {attach("say")}
                    <span class="end row">
                        <fieldset class="audience"><legend class="vh">"Who reads it"</legend>{everyone}{internal}</fieldset>
                        <button type="submit" class="button small">
                            <span class="openly">"Add Comment"</span><span class="internally">"Add internally"</span>
                            <kbd class="kbd" aria-hidden="true">"Ctrl ↵"</kbd>
                        </button>
                    </span>
                </div>
            </form>
        }
    }
}

/// The form that answers in a thread, folded until it is wanted. `own` answers have been given in it before.
pub(super) fn answer(scene: &Scene<'_>, thread: CommentId, own: usize) -> impl IntoView + use<> {
    let purpose = Purpose::Answer(thread);
    let refused = scene.refused(purpose);
    let (words, problem) = refused.map(|it| (it.words.clone(), it.problem.clone())).unzip();
    let (open, address) = (refused.is_some(), scene.address());
    let (fold, id) = (format!("answer-{thread}-{own}"), format!("answer-{thread}"));
    let draft = Some(format!("comment-{thread}"));
    let tools = attach(&id);
    view! {
        <details class="answer" id=fold open=open>
            <summary><Icon name="reply" class="s"/>"Answer"</summary>
            <form method="post" action=address enctype="multipart/form-data">
                {about(purpose)}
                {field(&id, "Answer", words.unwrap_or_default(), problem, draft)}
                <div class="tools">
                    {tools}
                    <button type="submit" class="button small end">"Add Answer"</button>
                </div>
            </form>
        </details>
    }
}

/// The form that writes other words in place of those of a comment.
pub(super) fn edit(scene: &Scene<'_>, comment: &Comment) -> impl IntoView + use<> {
    let purpose = Purpose::Edit(comment.id);
    let refused = scene.refused(purpose);
    let words = refused.map_or(comment.words.as_str(), |it| it.words.as_str()).to_owned();
    let problem = refused.map(|it| it.problem.clone());
    let (open, address, revision) = (refused.is_some(), scene.address(), comment.revision);
    // With each edit the form is another one, and folds up.
    let (fold, id) =
        (format!("edit-{}-{revision}", comment.id), format!("words-{}-{revision}", comment.id));
    view! {
        <details class="edit" id=fold open=open>
            <summary class="button small ghost"><Icon name="pencil" class="s"/>"Edit"</summary>
            <form method="post" action=address>
                {about(purpose)}
                <input type="hidden" name="revision" value=revision/>
                {field(&id, "Edit comment", words, problem, None)}
                <div class="tools">
                    <span class="hint">"Until 15 minutes after it was written. It will be marked as edited."</span>
                    <button type="submit" class="button small end">"Save"</button>
                </div>
            </form>
        </details>
    }
}

/// What a form is for.
pub(super) fn about(purpose: Purpose) -> impl IntoView {
    let comment = purpose.comment();
    view! {
        <input type="hidden" name="purpose" value=purpose.word()/>
        {comment.map(|it| view! { <input type="hidden" name="comment" value=it.to_string()/> })}
    }
}

fn field(
    id: &str,
    label: &'static str,
    words: String,
    problem: Option<String>,
    draft: Option<String>,
) -> impl IntoView + use<> {
    let invalid = problem.is_some().then_some("true");
    const HINT: &str = "**bold**, *italic*, `code`, - list, links. @ and a name calls somebody.";
    let (hint_id, refused_id, id) = (format!("{id}-hint"), format!("{id}-refused"), id.to_owned());
    let labeled = id.clone();
    view! {
        <div class="field">
            <label class="vh" for=labeled>{label}</label>
            <TextArea id name="words".to_owned() rows=2 most=LONGEST words invalid draft calls=Some(CALLED)/>
            <p id=refused_id class="error" role="alert">
                {problem.map(|it| view! { <Icon name="circle-alert" class="s"/><span>{it}</span> })}
            </p>
            <p id=hint_id>{HINT}</p>
        </div>
    }
}

/// Everybody who may be called behind an `@`; shown by the browser, at the field in which somebody writes.
pub(super) fn offered(scene: &Scene<'_>) -> impl IntoView + use<> {
    let others = scene.talk.readers.iter().filter(|it| it.person != scene.actor.person);
    let person = |it: &Reader| {
        let is_other = !scene.actor.works_for(it.organization);
        let (name, organization) = (it.name.clone(), it.organization_name.clone());
        let own_name = name.clone();
        view! {
            <li role="option" id=format!("offer-{}", it.person) aria-selected="false" data-name=own_name hidden
                data-other=is_other.then_some("")
            >
                <Avatar name=name.clone()/><span>{name}</span><em>{organization}</em>
            </li>
        }
    };
    let people = others.map(person).collect_view();
    view! { <ul class="offered" id=CALLED role="listbox" aria-label="People to mention" hidden>{people}</ul> }
}

/// Whom to call: ticked names are written behind the words.
fn call(readers: Vec<(Reader, bool)>, called: &[String]) -> impl IntoView + use<> {
    let person = |(reader, own): (Reader, bool)| {
        let id = format!("call-{}", reader.person);
        let labeled = id.clone();
        let value = reader.person.to_string();
        let is_ticked = called.contains(&value);
        view! {
            <label for=labeled data-other=(!own).then_some("")>
                <input type="checkbox" class="check" id=id name="call" value=value checked=is_ticked/>
                <Avatar name=reader.name.clone()/><span>{reader.name}</span><em>{reader.organization_name}</em>
            </label>
        }
    };
    let people = readers.into_iter().map(person).collect_view();
    view! {
        <details class="call" id="say-call">
            <summary class="button small ghost"><Icon name="at-sign" class="s"/>"Mention"</summary>
            <div role="group" aria-label="People to mention">
                {people}
                <p class="hint">"Only people who may see this request. Writing @ and a name does the same."</p>
            </div>
        </details>
    }
}

fn attach(id: &str) -> impl IntoView + use<> {
    let id = format!("{id}-files");
    let labeled = id.clone();
    let most = format!("At most {MOST_ATTACHMENTS} files of {} each", bytes(LARGEST_ATTACHMENT));
    view! {
        <label class="attach" for=labeled title=most>
            <Icon name="paperclip" class="s"/><span class="vh">"Attach files"</span>
            <input type="file" id=id name="file" multiple/>
        </label>
    }
}
