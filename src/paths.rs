//! Every address of the portal, as functions. No other file spells one.

mod title;

use domain::{
    comment::Shown,
    dashboard::Filter,
    delivery::{OpenCards, TransferAction},
    handin::HandInAction,
    id::{AttachmentId, CommentId, HandInId, ImportId, RequestId, TransferId, UploadId},
    inspection::ErrorCode,
    material::Group,
    notice::{Goal, Selection},
    request::{BulkAction, RequestAction, RequestStatus},
};

pub use title::*;

/// The list of requests.
pub const REQUESTS: &str = "/";
/// What all details pages stand under.
pub const DETAILS: &str = "/requests";
/// What all parts of pages stand under that the portal makes.
pub const PARTS: &str = "/parts";
/// The delivery page.
pub const DELIVER: &str = "/deliver";
/// The page on which the platform asks for an asset.
pub const NEW_REQUEST: &str = "/new";
/// What changes of many requests stand under.
pub const BULK: &str = "/bulk";
/// The page on which a table of requests is sent.
pub const IMPORT: &str = "/import";
/// A table to begin with.
pub const IMPORT_EXAMPLE: &str = "/import/example.csv";
pub const SIGN_IN: &str = "/sign-in";
pub const HELP: &str = "/help";
/// The form that asks the people who run the portal.
pub const ASK: &str = "/help/request";
/// What was asked, and the answers.
pub const TICKETS: &str = "/help/requests";
/// A person's own account.
pub const ACCOUNT: &str = "/account";
/// The people of an organization, and the organizations.
pub const PEOPLE: &str = "/people";
/// What all invitations stand under.
pub const INVITATIONS: &str = "/invitation";
/// What one was told.
pub const NOTICES: &str = "/notices";
/// Where whoever wants no more letters says so; a token stands behind it.
pub const UNSUBSCRIBE: &str = "/unsubscribe";
/// The queue of overrides that wait for a verdict.
pub const REVIEWS: &str = "/reviews";
/// Resumable uploads (tus).
pub const UPLOADS: &str = "/uploads";
/// Files that hang on comments.
pub const ATTACHMENTS: &str = "/attachments";
/// Materials of many requests.
pub const MATERIALS: &str = "/materials";
/// Where links to download materials are made.
pub const MATERIAL_LINKS: &str = "/materials/links";
/// Server-sent events: what has changed.
pub const CHANGES: &str = "/changes";
/// A request as one page without scripts.
pub const PLAIN: &str = "/requests/{id}/plain";
/// The history of a request as a table.
pub const HISTORY_TABLE: &str = "/requests/{id}/history.csv";
/// Files of the site whose names carry their digest.
pub const ASSETS: &str = "/assets";
/// The process is alive.
pub const ALIVE: &str = "/livez";
/// The portal can do its work.
pub const READY: &str = "/readyz";
pub const FAVICON: &str = "/favicon.svg";
/// The sprite of icons; its users add a version.
pub const ICONS: &str = "/icons.svg";
/// The fonts of nearly all text, fetched before the style sheet asks for them.
pub const TEXT_FONT: &str = "/fonts/inter-latin-5.3.0.woff2";
pub const CODE_FONT: &str = "/fonts/jetbrains-mono-latin-5.3.0.woff2";
/// The upload client, fetched by the delivery page only.
pub const TUS_CLIENT: &str = "/vendor/tus-4.3.1/tus.min.js";

/// A file of the site, by the name that the build gave it.
pub fn asset(name: &str) -> String {
    format!("{ASSETS}/{name}")
}

/// The list as `filter` shows it.
pub fn requests(filter: &Filter) -> String {
    with_params(REQUESTS.to_owned(), &filter.to_params())
}

fn with_params(path: String, params: &[(&str, String)]) -> String {
    let params: Vec<_> =
        params.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    if params.is_empty() { path } else { format!("{path}?{}", params.join("&")) }
}

/// The details page of a request.
pub fn request(id: RequestId) -> String {
    format!("/requests/{id}")
}

/// A tab of the details page.
pub fn tab(id: RequestId, tab: &str) -> String {
    format!("/requests/{id}?tab={tab}")
}

/// The tab Comments with what is shown of it: the newest threads, or those before this one.
pub fn comments(id: RequestId, shown: Shown, before: Option<CommentId>) -> String {
    let shown = match shown {
        Shown::All => String::new(),
        Shown::Mine | Shown::Mentions | Shown::Internal => format!("&show={}", shown.key()),
    };
    let before = before.map(|it| format!("&before={it}")).unwrap_or_default();
    format!("{}{shown}{before}", tab(id, "comments"))
}

/// The tab Comments with the stretch in which this comment stands, at the comment.
pub fn comment(id: RequestId, comment: CommentId) -> String {
    format!("{}&comment={comment}#comment-{comment}", tab(id, "comments"))
}

/// Where a notice leads: to what was said, or else to the request.
pub fn goal(goal: Goal) -> String {
    match goal.comment {
        Some(id) => comment(goal.request, id),
        None => request(goal.request),
    }
}

/// A file that hangs on a comment.
pub fn attachment(id: AttachmentId) -> String {
    format!("{ATTACHMENTS}/{id}")
}

/// Whether a page changes with what happens to requests; what it shows besides is read when one comes to it.
pub fn shows_requests(page: &str) -> bool {
    let path = page.split('?').next().unwrap_or(page);
    let is_under = |place: &str| {
        path.strip_prefix(place).is_some_and(|it| it.is_empty() || it.starts_with('/'))
    };
    ![HELP, ACCOUNT, PEOPLE, NEW_REQUEST, IMPORT, TITLES].into_iter().any(is_under)
}

/// The part that the portal makes of a page: of a details page its tab.
pub fn part(page: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let (tab, rest): (Vec<_>, Vec<_>) =
        query.split('&').filter(|it| !it.is_empty()).partition(|it| it.starts_with("tab="));
    let tab = tab.first().and_then(|it| it.strip_prefix("tab="));
    let tab = tab.filter(|_| path.starts_with(DETAILS)).map(|it| format!("/{it}"));
    let mark = if rest.is_empty() { "" } else { "?" };
    format!("{PARTS}{path}{}{mark}{}", tab.unwrap_or_default(), rest.join("&"))
}

/// The details page with one card open.
pub fn card(id: RequestId, number: i64) -> String {
    format!("/requests/{id}?card={}", OpenCards::These(vec![number]))
}

/// The details page with these cards open.
pub fn cards(id: RequestId, open: &OpenCards) -> String {
    match open {
        OpenCards::Newest => request(id),
        OpenCards::These(_) => format!("/requests/{id}?card={open}"),
    }
}

/// A tab of the details page; coming back from it, the same cards are open.
pub fn tab_and_cards(id: RequestId, name: &str, open: &OpenCards) -> String {
    match open {
        OpenCards::Newest => tab(id, name),
        OpenCards::These(_) => format!("{}&card={open}", tab(id, name)),
    }
}

/// The request as one page without scripts, to be printed.
pub fn plain(id: RequestId) -> String {
    PLAIN.replace("{id}", &id.to_string())
}

/// The tab History, with the entries that are asked for.
pub fn history(id: RequestId, asked: &[(&str, String)]) -> String {
    let tab = [("tab", "history".to_owned())];
    with_params(request(id), &[&tab, asked].concat())
}

/// The history of a request as a table, of the entries that are asked for.
pub fn history_table(id: RequestId, asked: &[(&str, String)]) -> String {
    with_params(HISTORY_TABLE.replace("{id}", &id.to_string()), asked)
}

/// The sheet that is filled in for an action on a request.
pub fn sheet(id: RequestId, action: RequestAction) -> String {
    format!("/requests/{id}/{}", action.key())
}

/// The sheet that is filled in for an action on a transfer.
pub fn transfer_sheet(id: TransferId, action: TransferAction) -> String {
    format!("/transfers/{id}/{}", action.key())
}

/// The sheet that is filled in for a decision about a hand-in.
pub fn hand_in_sheet(id: HandInId, action: HandInAction) -> String {
    format!("/hand-ins/{id}/{}", action.key())
}

/// The queue from behind the override of this number on.
pub fn reviews_after(number: i64) -> String {
    format!("{REVIEWS}?after={number}")
}

/// The queue with one override open; the queue stands where it stood.
pub fn review(transfer: TransferId, after: Option<i64>) -> String {
    match after {
        Some(number) => format!("{}&transfer={transfer}", reviews_after(number)),
        None => format!("{REVIEWS}?transfer={transfer}"),
    }
}

/// The delivery page with these requests preloaded.
pub fn deliver(requests: &[RequestId]) -> String {
    format!("{DELIVER}?requests={}", listed(requests))
}

/// A table of requests that waits to be confirmed.
pub fn import(id: ImportId) -> String {
    format!("{IMPORT}/{id}")
}

/// Requests as one value of a parameter.
pub fn listed(requests: &[RequestId]) -> String {
    requests.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// The page of one change for many requests.
pub fn bulk(action: BulkAction, requests: &[RequestId]) -> String {
    let page = format!("{BULK}/{}", action.key());
    if requests.is_empty() { page } else { format!("{page}?requests={}", listed(requests)) }
}

/// The same page after the change, with a mark for each request. What was typed stays out of it: addresses are short,
/// and stand in logs.
pub fn bulk_done(action: BulkAction, requests: &[RequestId], marks: &str) -> String {
    format!("{}&done={marks}", bulk(action, requests))
}

/// A guide of the help.
pub fn guide(slug: &str) -> String {
    format!("{HELP}/{slug}")
}

/// A section of a guide.
pub fn guide_section(slug: &str, section: &str) -> String {
    format!("{HELP}/{slug}#{section}")
}

/// What the help answers to a search.
pub fn search_help(text: &str) -> String {
    format!("{HELP}?q={}", escaped(text))
}

/// The form that asks the people who run the portal, for whoever comes from `page`.
pub fn ask(page: &str) -> String {
    format!("{ASK}?page={}", escaped(&told(page)))
}

/// What is told of an address where others read it: the place on it that somebody was at, and nothing they typed.
pub fn told(page: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let told =
        query.split('&').filter(|it| ["tab=", "card="].iter().any(|name| it.starts_with(name)));
    let told = told.collect::<Vec<_>>().join("&");
    if told.is_empty() { path.to_owned() } else { format!("{path}?{told}") }
}

/// One request for help.
pub fn ticket(number: i64) -> String {
    format!("{TICKETS}/{number}")
}

/// The requests for help behind the one with this number; `list` names the list of the two.
pub fn tickets_behind(list: &str, number: i64) -> String {
    format!("{TICKETS}?{list}={number}")
}

/// The page to which an invitation leads.
pub fn invitation(token: &str) -> String {
    format!("{INVITATIONS}/{}", escaped(token))
}

/// The people as the query says; what is empty is left out.
pub fn people(query: &[(&str, &str)]) -> String {
    let said = query.iter().filter(|(_, value)| !value.is_empty());
    let said: Vec<_> = said.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    if said.is_empty() { PEOPLE.to_owned() } else { format!("{PEOPLE}?{}", said.join("&")) }
}

/// The notices that are looked at, from before number `before` on.
pub fn notices(selection: Selection, before: Option<i64>) -> String {
    let show = match selection {
        Selection::All => None,
        Selection::Unread => Some("show=unread".to_owned()),
    };
    let said: Vec<_> = show.into_iter().chain(before.map(|it| format!("before={it}"))).collect();
    let mark = if said.is_empty() { "" } else { "?" };
    format!("{NOTICES}{mark}{}", said.join("&"))
}

/// Opens the request of a notice, which is read from then on.
pub fn notice(number: i64) -> String {
    format!("{NOTICES}/{number}")
}

/// Ends the letters whose token this is.
pub fn unsubscribe(token: &str) -> String {
    format!("{UNSUBSCRIBE}/{token}")
}

/// The materials of these requests.
pub fn materials(requests: &[RequestId]) -> String {
    format!("{MATERIALS}?requests={}", listed(requests))
}

/// Materials as they are looked through: the page, what is shown of it, and which one in detail.
pub fn materials_shown(page: &str, group: Group, detail: Option<&str>) -> String {
    let joint = if page.contains('?') { '&' } else { '?' };
    let detail = detail.map(|it| format!("&shown={}", escaped(it))).unwrap_or_default();
    match group {
        Group::All if detail.is_empty() => page.to_owned(),
        group => format!("{page}{joint}group={}{detail}", group.key()),
    }
}

/// What a link to materials leads to.
pub fn download(token: &str) -> String {
    format!("/downloads/{token}")
}

/// A part of the index of the help.
pub fn help_part(part: &str) -> String {
    format!("{HELP}#{part}")
}

/// What a status of a request means.
pub fn help_status(status: RequestStatus) -> String {
    help_part(&format!("request-{}", status.key()))
}

/// The help article of an inspection code.
pub fn help_inspection(code: ErrorCode) -> String {
    format!("{HELP}/inspection/{}", code.key())
}

/// One upload.
pub fn upload(id: UploadId) -> String {
    format!("{UPLOADS}/{id}")
}

/// The sign-in page, leading to `next` afterwards.
pub fn sign_in(next: &str) -> String {
    if next == REQUESTS { SIGN_IN.to_owned() } else { format!("{SIGN_IN}?next={}", escaped(next)) }
}

/// `address` if it leads to a page of this portal.
pub fn inside(address: &str) -> Option<&str> {
    let ours = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(['\\', '\r', '\n', '\t']);
    ours.then_some(address)
}

/// `next` if it leads to a page of this portal, the list otherwise: nobody is sent elsewhere by a link.
pub fn safe_next(next: &str) -> &str {
    inside(next).unwrap_or(REQUESTS)
}

/// Percent-encoded for use as the value of a parameter (RFC 3986, section 2.3).
pub fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_never_leads_away() {
        for (next, safe) in [
            ("/requests/1?tab=history", "/requests/1?tab=history"),
            ("https://evil.example", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
        ] {
            assert_eq!(safe_next(next), safe, "{next:?}");
        }
    }

    #[test]
    fn a_tab_and_a_page_have_their_parts() {
        for (page, part_of_it) in [
            ("/reviews", "/parts/reviews"),
            ("/reviews?after=3", "/parts/reviews?after=3"),
            ("/requests/7?tab=history", "/parts/requests/7/history"),
            (
                "/requests/7?tab=history&kind=dates&card=2",
                "/parts/requests/7/history?kind=dates&card=2",
            ),
            ("/requests/7?card=2&tab=comments", "/parts/requests/7/comments?card=2"),
            ("/help?q=tab", "/parts/help?q=tab"),
        ] {
            assert_eq!(part(page), part_of_it, "{page}");
        }
    }

    #[test]
    fn notices_have_an_address_for_each_way_of_looking() {
        for (selection, before, address) in [
            (Selection::All, None, "/notices"),
            (Selection::All, Some(7), "/notices?before=7"),
            (Selection::Unread, None, "/notices?show=unread"),
            (Selection::Unread, Some(7), "/notices?show=unread&before=7"),
        ] {
            assert_eq!(notices(selection, before), address);
        }
    }

    #[test]
    fn of_an_address_only_the_place_is_told() {
        for (page, told_of_it) in [
            ("/requests/7?tab=history&card=2", "/requests/7?tab=history&card=2"),
            ("/people?organization=7&link=secret", "/people"),
            ("/?q=an+unannounced+title", "/"),
            ("/requests/7?secret=tab=x&card=2", "/requests/7?card=2"),
        ] {
            assert_eq!(told(page), told_of_it);
            assert_eq!(ask(page), format!("/help/request?page={}", escaped(told_of_it)));
        }
    }

    #[test]
    fn pages_without_requests_rest_while_requests_change() {
        for page in ["/help", "/help/requests/1001", "/account", "/people?show=invited", "/new"] {
            assert!(!shows_requests(page), "{page}");
        }
        for page in ["/", "/notices", "/requests/7?tab=comments", "/reviews", "/newest"] {
            assert!(shows_requests(page), "{page}");
        }
    }

    #[test]
    fn values_are_escaped() {
        assert_eq!(escaped("a b&c=ä"), "a%20b%26c%3D%C3%A4");
    }
}
