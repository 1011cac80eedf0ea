//! The help and the requests for help, as browsers meet them.

use axum::http::Method;
use domain::ticket::{LONGEST_WORDS, Question};
use reelgate::{paths, services::ticket};

use crate::support::{Answer, Call, Caller, House};

/// What a page says, without the marks by which the client finds its way.
async fn read(caller: &Caller, page: &str) -> String {
    let answer = caller.call(Call::page(page)).await;
    assert_eq!(answer.status, 200, "{page}");
    answer.text().replace("<!>", "")
}

async fn send(caller: &Caller, page: &str, fields: &str) -> Answer {
    let call = Call::new(Method::POST, paths::part(page))
        .with("content-type", "application/x-www-form-urlencoded")
        .carrying(fields.to_owned());
    caller.call(call).await
}

#[tokio::test]
async fn whoever_is_signed_out_finds_all_guides_codes_and_statuses() {
    let house = House::open().await;
    let visitor = house.signed_out();
    let index = read(&visitor, paths::HELP).await;
    for word in ["/help/deliver\"", "FILE-Corrupt", "id=\"transfer-superseded\"", "Not Received"] {
        assert!(index.contains(word), "{word}");
    }
    let guide = read(&visitor, &paths::guide("deliver")).await;
    assert!(guide.contains("<h2 id=\"bytes-verified\">") && guide.contains("/help/resume\""));
    let article = read(&visitor, "/help/inspection/FILE-Corrupt").await;
    assert!(article.contains("The file was damaged on its way"));
}

#[tokio::test]
async fn a_search_is_answered_with_what_was_found_marked_and_never_with_what_was_sent_as_markup() {
    let house = House::open().await;
    let visitor = house.signed_out();
    let found = read(&visitor, &paths::search_help("timebase")).await;
    assert!(found.contains("TimedText-<mark>TimeBase</mark>Conflict"), "{found}");
    let near = read(&visitor, &paths::search_help("overide")).await;
    assert!(near.contains("Did you mean") && near.contains("/help?q=override"), "{near}");
    let nothing = read(&visitor, &paths::search_help("<script>zebrazebra")).await;
    assert!(nothing.contains("&lt;script&gt;zebrazebra"), "{nothing}");
    assert!(!nothing.contains("<script>zebrazebra"));
}

#[tokio::test]
async fn a_page_of_the_help_that_is_not_there_is_404() {
    let house = House::open().await;
    let nora = house.signed_in(&house.nora().await).await;
    for nothing in ["/help/nothing", "/help/requests/1", "/help/requests/one", "/help/a/b"] {
        assert_eq!(nora.call(Call::page(nothing)).await.status, 404, "{nothing}");
    }
}

#[tokio::test]
async fn a_question_goes_out_without_script_and_a_wrong_one_comes_back_as_it_was_typed() {
    let house = House::open().await;
    let caller = house.signed_in(&house.nora().await).await;
    let again = send(&caller, paths::ASK, "subject=Upload&words=+&page=%2Fdeliver").await;
    assert_eq!(again.status, 422);
    let form = again.text();
    for part in ["Say what you need help with.", "value=\"Upload\"", "value=\"/deliver\""] {
        assert!(form.contains(part), "{part}: {form}");
    }
    let sent = send(&caller, paths::ASK, "subject=Upload&words=It+stops.&page=%2Fdeliver").await;
    assert_eq!((sent.status.as_u16(), sent.header("location")), (303, "/help/requests/1001"));
    let page = read(&caller, "/help/requests/1001").await;
    for part in ["H-1001", "It stops.", "href=\"/deliver\"", "Operations of Studio Nord"] {
        assert!(page.contains(part), "{part}");
    }
}

#[tokio::test]
async fn too_long_a_question_is_refused_beside_its_field_and_nothing_is_kept() {
    let house = House::open().await;
    let caller = house.signed_in(&house.nora().await).await;
    let long = "x".repeat(LONGEST_WORDS + 1);
    let again = send(&caller, paths::ASK, &format!("subject=Upload&words={long}")).await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("This is longer than 5000 characters."));
    let huge = "x".repeat(1 << 20);
    let refused = send(&caller, paths::ASK, &format!("subject=Upload&words={huge}")).await;
    assert_eq!(refused.status, 413);
    assert!(read(&caller, paths::TICKETS).await.contains("Nothing was asked"));
}

#[tokio::test]
async fn only_a_page_of_the_portal_is_kept_as_the_one_somebody_came_from() {
    let house = House::open().await;
    let caller = house.signed_in(&house.nora().await).await;
    for page in ["https://evil.example", "//evil.example", "javascript:alert(1)"] {
        let form = read(&caller, &paths::ask(page)).await;
        assert!(!form.contains("the page you came from"), "{page}");
        let fields = format!("subject=Upload&words=Stops&page={}", paths::escaped(page));
        let sent = send(&caller, paths::ASK, &fields).await;
        assert!(!read(&caller, sent.header("location")).await.contains("Came from"), "{page}");
    }
}

#[tokio::test]
async fn the_platform_answers_on_the_page_and_the_asker_reads_it() {
    let house = House::open().await;
    let (nora, paula) = (house.nora().await, house.paula().await);
    let question = Question::new("<b>Upload</b>", "It stops.", None).unwrap();
    let asked = ticket::ask(&house.portal, &nora, question).await.unwrap();
    let (page, version) = (paths::ticket(asked.number), asked.version);
    let (nora, paula) = (house.signed_in(&nora).await, house.signed_in(&paula).await);
    let list = read(&paula, paths::TICKETS).await;
    assert!(list.contains("&lt;b&gt;Upload") && list.contains("Requests for help"));

    let silent = format!("version={version}&status=open&words=");
    let again = send(&paula, &page, &silent).await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("Write an answer, or choose another status."));
    let answer = format!("version={version}&status=solved&words=Try+again.");
    assert_eq!(send(&paula, &page, &answer).await.status, 303);
    let late = send(&paula, &page, &answer).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("Somebody else changed this meanwhile."));

    let read_by_nora = read(&nora, &page).await;
    for part in ["Try again.", "Solved", "Opens the request again."] {
        assert!(read_by_nora.contains(part), "{part}");
    }
    let version = version + 1;
    assert!(read_by_nora.contains(&format!("name=\"version\" value=\"{version}\"")));
    let more = format!("version={version}&words=Still+so.");
    assert_eq!(send(&nora, &page, &more).await.status, 303);
    assert_eq!(send(&nora, &page, &more).await.status, 422, "a second press says nothing twice");
    assert!(read(&nora, paths::TICKETS).await.contains("Not solved yet"));
}
