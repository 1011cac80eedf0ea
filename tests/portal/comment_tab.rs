//! The tab Comments as the portal makes it, and the doors through which comments and their files go.

mod mention;

use axum::http::Method;
use domain::{
    comment::{Audience, MOST_MENTIONS, Shown},
    id::RequestId,
    people::{Actor, Role},
    request::SourceType,
};
use reelgate::{
    paths,
    services::comment::{self, Draft, DraftFile},
};

use crate::{
    comment::saying,
    support::{Answer, Call, House, on_each_engine},
};

fn address(request: RequestId) -> String {
    paths::part(&paths::tab(request, "comments"))
}

/// The tab as the page fetches it.
async fn tab(house: &House, actor: &Actor, request: RequestId) -> String {
    let answer = house.signed_in(actor).await.call(Call::get(address(request))).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text().replace("<!>", "")
}

/// A form with a file, as a browser sends it.
fn form(request: RequestId, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Call {
    let mut body = Vec::new();
    let mut part = |head: String, content: &[u8]| {
        body.extend_from_slice(
            format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    };
    for (name, value) in fields {
        part(format!("name=\"{name}\""), value.as_bytes());
    }
    for (name, content) in files {
        part(format!("name=\"file\"; filename=\"{name}\""), content);
    }
    body.extend_from_slice(b"--x--\r\n");
    Call::new(Method::POST, address(request))
        .with("content-type", "multipart/form-data; boundary=x")
        .carrying(body)
}

async fn sent(house: &House, actor: &Actor, call: Call) -> Answer {
    house.signed_in(actor).await.call(call.with("x-panel", "1")).await
}

const SAY: [(&str, &str); 2] = [("purpose", "say"), ("audience", "everyone")];

#[tokio::test]
async fn a_comment_with_a_file_goes_through_the_door_and_comes_back() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let it = house.request(SourceType::Subtitle).await.id;
        let called = paula.person.to_string();
        let fields = [&SAY[..], &[("words", "**Look** at this"), ("call", &called)]].concat();
        let call = form(it, &fields, &[("n\u{f6}tes <1>.txt", b"reel 4"), ("", b"")]);
        let answer = sent(house, &nora, call).await;
        assert_eq!((answer.status.as_u16(), answer.header("x-done")), (204, "Comment%20added"));

        let read = tab(house, &paula, it).await;
        assert!(read.contains("<strong>Look</strong> at this"), "{read}");
        assert!(read.contains("class=\"mention\">@Operations of Reelgate"), "{read}");
        assert!(
            read.contains("n\u{f6}tes &lt;1>.txt") || read.contains("n\u{f6}tes &lt;1&gt;.txt")
        );

        let start = read.find("/attachments/").unwrap();
        let file: String = read[start..].chars().take_while(|it| *it != '"').collect();
        let got = house.signed_in(&paula).await.call(Call::get(&file)).await;
        assert_eq!((got.status.as_u16(), &got.body[..]), (200, &b"reel 4"[..]));
        for (header, value) in [
            ("content-type", "application/octet-stream"),
            ("x-content-type-options", "nosniff"),
            (
                "content-disposition",
                "attachment; filename=\"n_tes__1_.txt\"; filename*=UTF-8''n%C3%B6tes%20_1_.txt",
            ),
        ] {
            assert_eq!(got.header(header), value);
        }
        assert!(got.header("content-security-policy").contains("sandbox"));
    })
    .await;
}

#[tokio::test]
async fn hostile_words_come_back_as_words() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await.id);
    let hostile = "</textarea><script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))";
    let draft = Draft {
        words: hostile.into(),
        files: vec![DraftFile {
            name: domain::delivery::FileName::new("\"><script>.txt").unwrap(),
            bytes: Vec::new(),
        }],
    };
    comment::post(&house.portal, &nora, it, Audience::Everyone, draft).await.unwrap();
    let read = tab(&house, &nora, it).await;
    assert!(!read.contains("<script") && !read.contains("<img"), "{read}");
    assert!(!read.contains("href=\"javascript"), "{read}");
}

#[tokio::test]
async fn an_internal_comment_is_in_no_markup_of_others() {
    let house = House::open().await;
    let (nora, paula) = (house.nora().await, house.paula().await);
    let it = house.request(SourceType::Subtitle).await.id;
    let draft = Draft {
        words: "Between us".into(),
        files: vec![DraftFile {
            name: domain::delivery::FileName::new("ours.txt").unwrap(),
            bytes: b"ours".to_vec(),
        }],
    };
    let internal =
        comment::post(&house.portal, &nora, it, Audience::Internal, draft).await.unwrap();
    let own = tab(&house, &nora, it).await;
    assert!(own.contains("Internal. Only Studio Nord reads this."));
    assert!(own.contains("Between us") && own.contains("ours.txt"));
    let other = tab(&house, &paula, it).await;
    assert!(!other.contains("Between us") && !other.contains("ours.txt"));
    assert!(other.contains("Nothing was said yet"));
    let file = paths::attachment(internal.attachments[0].id);
    assert_eq!(house.signed_in(&paula).await.call(Call::get(&file)).await.status, 404);
    assert_eq!(house.signed_in(&nora).await.call(Call::get(&file)).await.status, 200);
}

#[tokio::test]
async fn what_is_refused_stays_typed() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await.id);
    let first =
        comment::post(&house.portal, &nora, it, Audience::Everyone, saying("Mine")).await.unwrap();
    let (id, long) = (first.id.to_string(), "\u{e4}".repeat(10_001));
    for (fields, said) in [
        (vec![("words", " ")], "Write something, or attach a file."),
        (vec![("words", long.as_str())], "This is longer than 10000 characters."),
        (
            vec![("purpose", "answer"), ("comment", &id), ("words", "")],
            "Write something, or attach a file.",
        ),
        (
            vec![("purpose", "edit"), ("comment", &id), ("revision", "1"), ("words", "Mine")],
            "Nothing was changed.",
        ),
    ] {
        let fields = [&SAY[..], &fields].concat();
        let answer = sent(&house, &nora, form(it, &fields, &[])).await;
        assert_eq!(answer.status, 422);
        let again = answer.text();
        assert!(again.contains(said) && again.contains("aria-invalid=\"true\""), "{said}: {again}");
        let words = fields.last().map(|it| it.1).unwrap();
        assert!(again.contains(&format!("{words}</textarea>")), "{said}");
    }
    let six = [("a", &b""[..]); 6];
    let answer = sent(&house, &nora, form(it, &SAY, &six)).await;
    assert!(answer.text().contains("At most 5 files hang on a comment."), "{}", answer.text());
    let large = vec![0; 6_000_000];
    let answer = sent(&house, &nora, form(it, &SAY, &[("reel.mov", &large)])).await;
    assert!(answer.text().contains("“reel.mov” has more than 5.00 MB"), "{}", answer.text());
    let stale = [("purpose", "edit"), ("comment", &id), ("revision", "7"), ("words", "x")];
    assert_eq!(sent(&house, &nora, form(it, &stale, &[])).await.status, 409);
}

#[tokio::test]
async fn what_makes_no_sense_changes_nothing() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await.id);
    let words = "x".repeat(300_000);
    for (call, status) in [
        (form(it, &[("purpose", "sing"), ("words", "x")], &[]), 404),
        (form(it, &[("purpose", "answer"), ("comment", "no id"), ("words", "x")], &[]), 404),
        (form(it, &[("purpose", "say"), ("audience", "all"), ("words", "x")], &[]), 422),
        (form(it, &[("purpose", "say"), ("words", &words)], &[]), 413),
        (form(it, &[], &[]).carrying("no form"), 400),
        (form(it, &[], &[("a", &vec![0; 65 << 20])]), 413),
    ] {
        let answer = sent(&house, &nora, call).await;
        assert_eq!(answer.status, status, "{}", answer.text());
        assert!(!answer.text().is_empty());
    }
    assert!(tab(&house, &nora, it).await.contains("Nothing was said yet"));
}

#[tokio::test]
async fn who_is_signed_out_sends_no_files() {
    let house = House::open().await;
    let it = house.request(SourceType::Subtitle).await.id;
    let large = vec![0; 1_000_000];
    for (files, status) in [(&[][..], 401), (&[("a", &large[..])][..], 413)] {
        let call = form(it, &SAY, files).with("x-panel", "1");
        assert_eq!(house.signed_out().call(call).await.status, status);
    }
}

#[tokio::test]
async fn without_script_one_comes_back_to_the_tab() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await.id);
    let fields = [&SAY[..], &[("words", "By hand")]].concat();
    let answer = house.signed_in(&nora).await.call(form(it, &fields, &[])).await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), paths::tab(it, "comments"));
    let page = house.signed_in(&nora).await.call(Call::page(paths::tab(it, "comments"))).await;
    assert!(page.text().contains("By hand"));
}

#[tokio::test]
async fn what_may_be_done_is_offered_and_nothing_else() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await.id);
    comment::post(&house.portal, &nora, it, Audience::Everyone, saying("Mine")).await.unwrap();
    let colleague = house.person(&house.scene.partner.clone(), Role::Operations).await;
    let reader = house.person(&house.scene.partner.clone(), Role::ReadOnly).await;
    let watch = house.person(&house.scene.platform.clone(), Role::Administrator).await;
    for (actor, [edits, deletes, answers, writes]) in [
        (&nora, [true, true, true, true]),
        (&colleague, [false, false, true, true]),
        (&watch, [false, true, true, true]),
        (&reader, [false, false, false, false]),
    ] {
        let read = tab(&house, actor, it).await;
        let has = |purpose: &str| read.contains(&format!("name=\"purpose\" value=\"{purpose}\""));
        let offered = [has("edit"), has("delete"), has("answer"), has("say")];
        assert_eq!(offered, [edits, deletes, answers, writes], "{}: {read}", actor.name);
    }
    house.turn(chrono::TimeDelta::minutes(16));
    let late = tab(&house, &nora, it).await;
    assert!(!late.contains("value=\"edit\"") && late.contains("value=\"delete\""));
}

#[tokio::test]
async fn the_plain_page_tells_what_was_said_to_all_and_counts_the_rest() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await.id);
    comment::post(&house.portal, &nora, it, Audience::Everyone, saying("**For all**"))
        .await
        .unwrap();
    comment::post(&house.portal, &nora, it, Audience::Internal, saying("Between us"))
        .await
        .unwrap();
    let page = house.signed_in(&nora).await.call(Call::page(paths::plain(it))).await.text();
    let page = page.replace("<!>", "");
    assert!(page.contains("<strong>For all</strong>") && !page.contains("Between us"), "{page}");
    assert!(page.contains("Internal comments that are left out: 1"), "{page}");
}

#[tokio::test]
async fn an_address_says_which_comments_are_shown() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let it = house.request(SourceType::Subtitle).await.id;
        let say = async |actor: &Actor, audience, words: &str| {
            comment::post(&house.portal, actor, it, audience, saying(words)).await.unwrap();
        };
        say(&nora, Audience::Everyone, "Of Nora").await;
        say(&paula, Audience::Everyone, "Of Paula").await;
        say(&paula, Audience::Everyone, &format!("Called: @{}", nora.name)).await;
        say(&nora, Audience::Internal, "Between us").await;
        let all = ["Of Nora", "Of Paula", "Called: ", "Between us"];
        for (shown, found) in [
            (Shown::All, [true; 4]),
            (Shown::Mine, [true, false, false, true]),
            (Shown::Mentions, [false, false, true, false]),
            (Shown::Internal, [false, false, false, true]),
        ] {
            let page = paths::part(&paths::comments(it, shown, None));
            let answer = house.signed_in(&nora).await.call(Call::get(page)).await;
            let read = answer.text();
            assert_eq!(all.map(|words| read.contains(words)), found, "{shown:?}");
        }
        let page = paths::part(&paths::comments(it, Shown::Internal, None));
        let read = house.signed_in(&paula).await.call(Call::get(page)).await.text();
        assert!(read.contains("Nothing internal") && !read.contains("Between us"), "{read}");

        let nonsense = format!("{}?show=nonsense", address(it));
        let answer = house.signed_in(&nora).await.call(Call::get(nonsense)).await;
        assert_eq!(answer.status, 400, "{}", answer.text());
        assert!(answer.text().contains("none of the list"), "{}", answer.text());
    })
    .await;
}

#[tokio::test]
async fn a_comment_has_an_address_wherever_it_stands() {
    let house = House::open().await;
    let (nora, paula) = (house.nora().await, house.paula().await);
    let it = house.request(SourceType::Subtitle).await.id;
    let post = async |words: &str| {
        comment::post(&house.portal, &nora, it, Audience::Everyone, saying(words)).await.unwrap()
    };
    let first = post("The very first").await;
    for number in 0..50 {
        post(&format!("Then number {number}.")).await;
    }
    let anchor = format!("id=\"comment-{}\"", first.id);
    assert!(!tab(&house, &paula, it).await.contains(&anchor));

    // The page that a notice leads to holds it from the first paint.
    let page = paths::comment(it, first.id);
    let (page, mark) = page.split_once('#').unwrap();
    assert_eq!(anchor, format!("id=\"{mark}\""));
    for address in [page.to_owned(), paths::part(page)] {
        let read = house.signed_in(&paula).await.call(Call::page(&address)).await.text();
        assert!(read.contains(&anchor) && read.contains("data-named"), "{address}: {read}");
        assert!(read.contains("Newest comments"), "{address}");
    }
    let foreign = house.request(SourceType::Subtitle).await.id;
    let page = paths::part(paths::comment(foreign, first.id).split('#').next().unwrap());
    assert_eq!(house.signed_in(&paula).await.call(Call::get(page)).await.status, 404);
}

#[tokio::test]
async fn what_is_sent_to_break_the_tab_is_refused_and_changes_nothing() {
    on_each_engine(async |house| {
        let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await.id);
        for _ in 0..MOST_MENTIONS {
            house.nora().await;
        }
        let say = |words: &str| form(it, &[&SAY[..], &[("words", words)]].concat(), &[]);
        let name = format!("@{} ", nora.name);
        let call = nora.person.to_string();
        let ticks = [&SAY[..], &[("words", "x")], &vec![("call", call.as_str()); 10_000]].concat();
        let immense = "x".repeat(100_000_000);
        for (what, call, status, said) in [
            ("10,000 mentions", say(&name.repeat(10_000)), 413, "more than is taken"),
            ("1,000 mentions", say(&name.repeat(1_000)), 422, "longer than 10000 characters"),
            ("10,000 signs", say(&"@a".repeat(10_000)), 422, "longer than 10000 characters"),
            ("all of one name", say(&name), 422, "A comment calls at most 20 people"),
            ("10,000 ticks", form(it, &ticks, &[]), 413, "more than is taken"),
            ("100 MB", say(&immense), 413, "more than is taken"),
            (
                "100 MB without files",
                Call::new(Method::POST, address(it))
                    .with("content-type", "application/x-www-form-urlencoded")
                    .carrying(format!("purpose=say&audience=everyone&words={immense}")),
                413,
                "more than is taken",
            ),
        ] {
            let answer = sent(house, &nora, call).await;
            let text: String = answer.text().chars().take(20_000).collect();
            assert_eq!(answer.status, status, "{what}: {text}");
            assert!(answer.text().contains(said), "{what}: {text}");
        }
        assert!(tab(house, &nora, it).await.contains("Nothing was said yet"));
        assert_eq!(house.happenings(it).await, []);

        let hostile = "</textarea><script>alert(1)</script>@<img src=x onerror=alert(1)>";
        let words = format!("{hostile}{}", "x".repeat(10_000));
        let again = sent(house, &nora, say(&words)).await;
        assert_eq!(again.status, 422);
        let again = again.text();
        assert!(!again.contains("<script") && !again.contains("<img"), "{again}");
        assert_eq!(again.matches("</textarea>").count(), again.matches("<textarea").count());
    })
    .await;
}
