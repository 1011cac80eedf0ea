//! Signing in, staying signed in, and being slowed down.

use chrono::TimeDelta;
use domain::{
    people::{OrganizationKind, Role},
    refusal::Refusal,
};
use reelgate::{
    error::AppError,
    server_fns::people::{RememberPreference, SignIn, SignOut, WhoAmI},
    services::{
        people::{self, Newcomer},
        session::{self, Origin},
    },
};

use crate::support::{Answer, Call, Caller, House, on_each_engine};

const EMAIL: &str = "nora@studionord.example";
const PASSWORD: &str = "correct horse";

async fn with_nora(house: &House) {
    let newcomer = Newcomer {
        organization: house.scene.partner.id,
        name: "Nora".into(),
        email: "Nora@StudioNord.example ".into(),
        role: Role::Administrator,
        time_zone: "Europe/Oslo".into(),
        password: PASSWORD.into(),
    };
    people::add_person(&house.portal, newcomer).await.unwrap();
}

async fn sign_in(caller: &Caller, email: &str, password: &str) -> Answer {
    caller
        .call(Call::form::<SignIn>(&format!(
            "email={email}&password={password}&next=%2Frequests%2F1"
        )))
        .await
}

/// The caller with the cookie of the answer, as a browser would go on.
fn holding(caller: &Caller, answer: &Answer) -> Caller {
    let cookie = answer.header("set-cookie");
    let token = cookie.strip_prefix("__Host-sid=").and_then(|it| it.split(';').next()).unwrap();
    Caller { token: Some(token.to_owned()), ..caller.clone() }
}

async fn name_of(caller: &Caller) -> Option<String> {
    let answer = caller.call(Call::form::<WhoAmI>("")).await;
    answer.json::<Option<domain::people::Actor>>().map(|it| it.name)
}

#[tokio::test]
async fn whoever_knows_the_password_is_known_from_then_on_until_signing_out() {
    on_each_engine(async |house| {
        with_nora(house).await;
        let stranger = house.signed_out();
        let answer = sign_in(&stranger, EMAIL, PASSWORD).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("location"), "/requests/1");

        let cookie = answer.header("set-cookie");
        for guard in ["__Host-sid=", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
            assert!(cookie.contains(guard), "{cookie}");
        }
        let nora = holding(&stranger, &answer);
        assert_eq!(name_of(&nora).await.as_deref(), Some("Nora"));

        let out = nora.call(Call::form::<SignOut>("")).await;
        assert_eq!((out.status.as_u16(), out.header("location")), (200, "/sign-in"));
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(name_of(&nora).await, None);
    })
    .await;
}

#[tokio::test]
async fn what_somebody_chose_follows_them_into_the_next_browser() {
    on_each_engine(async |house| {
        with_nora(house).await;
        let set_cookies = |answer: &Answer| {
            let lines = answer.headers.get_all("set-cookie").iter();
            lines.map(|it| it.to_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let first = sign_in(&house.signed_out(), EMAIL, PASSWORD).await;
        let usual = "preference=; Path=/; Max-Age=31536000; SameSite=Lax";
        assert_eq!(set_cookies(&first)[1..], [usual], "nothing was chosen yet");

        let here = holding(&house.signed_out(), &first);
        let chosen = "chosen=theme%3Ddark%26pane%3D9999%26evil%3D%250D%250A";
        assert_eq!(here.call(Call::form::<RememberPreference>(chosen)).await.status, 200);

        let there = sign_in(&house.signed_out(), EMAIL, PASSWORD).await;
        let cookie = "preference=theme=dark&pane=560; Path=/; Max-Age=31536000; SameSite=Lax";
        assert_eq!(set_cookies(&there)[1..], [cookie]);
    })
    .await;
}

#[tokio::test]
async fn signing_in_again_changes_the_token_and_ends_the_old_session() {
    let house = House::open().await;
    with_nora(&house).await;
    let first = holding(&house.signed_out(), &sign_in(&house.signed_out(), EMAIL, PASSWORD).await);
    let second = holding(&first, &sign_in(&first, EMAIL, PASSWORD).await);
    assert_ne!(first.token, second.token);
    assert_eq!(name_of(&first).await, None);
    assert!(name_of(&second).await.is_some());
}

#[tokio::test]
async fn the_database_does_not_hold_the_token() {
    let house = House::open().await;
    with_nora(&house).await;
    let nora = holding(&house.signed_out(), &sign_in(&house.signed_out(), EMAIL, PASSWORD).await);
    let token = nora.token.unwrap();
    assert_eq!(token.len(), 64);
    let mut conn = house.portal.read().await.unwrap();
    let mut kept = [0; 32];
    kept.copy_from_slice(&token.as_bytes()[..32]);
    assert_eq!(storage::session::find(&mut conn, &kept).await.unwrap(), None);
}

#[tokio::test]
async fn a_session_ends_by_idleness_and_by_age() {
    let house = House::open_with(&["--session-idle-hours", "2", "--session-hours", "6"]).await;
    with_nora(&house).await;
    let signed = sign_in(&house.signed_out(), EMAIL, PASSWORD).await;
    let nora = holding(&house.signed_out(), &signed);
    for _ in 0..3 {
        house.turn(TimeDelta::minutes(110));
        assert!(name_of(&nora).await.is_some(), "active every two hours");
    }
    house.turn(TimeDelta::minutes(31));
    assert_eq!(name_of(&nora).await, None, "six hours are over");

    let again = holding(&house.signed_out(), &sign_in(&house.signed_out(), EMAIL, PASSWORD).await);
    house.turn(TimeDelta::minutes(121));
    assert_eq!(name_of(&again).await, None, "idle for two hours");
}

#[tokio::test]
async fn watching_the_change_stream_is_no_activity() {
    let house = House::open_with(&["--session-idle-hours", "1"]).await;
    let nora = house.nora().await;
    let token = house.signed_in(&nora).await.token.unwrap();
    house.turn(TimeDelta::minutes(59));
    assert!(session::watch(&house.portal, &token).await.unwrap().is_some());
    house.turn(TimeDelta::minutes(2));
    assert!(session::watch(&house.portal, &token).await.unwrap().is_none());
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_refused_in_the_same_words() {
    let house = House::open().await;
    with_nora(&house).await;
    let wrong = sign_in(&house.signed_out(), EMAIL, "wrong").await;
    let unknown = sign_in(&house.signed_out(), "nobody@nowhere.example", PASSWORD).await;
    assert_eq!((wrong.status.as_u16(), unknown.status.as_u16()), (403, 403));
    let refusal = Refusal::WrongCredentials;
    let told = AppError::Told { grounds: refusal.grounds(), said: refusal.to_string() };
    assert_eq!(wrong.json::<AppError>(), told);
    assert_eq!(wrong.text(), unknown.text());
}

#[tokio::test]
async fn an_address_with_a_zero_byte_is_only_a_wrong_one() {
    on_each_engine(async |house| {
        let answer =
            session::open(&house.portal, "nora\0@nowhere.example", "x", &Origin::default(), None)
                .await;
        assert_eq!(answer, Err(AppError::Refused(Refusal::WrongCredentials)));
    })
    .await;
}

#[tokio::test]
async fn a_disk_that_takes_nothing_more_keeps_nobody_from_reading() {
    let house = House::open().await;
    let caller = house.signed_in(&house.nora().await).await;
    house
        .run("CREATE TRIGGER full BEFORE UPDATE ON sessions BEGIN SELECT RAISE(ABORT, 'full'); END")
        .await;
    house.turn(TimeDelta::minutes(2));
    assert!(name_of(&caller).await.is_some());
}

#[tokio::test]
async fn five_wrong_passwords_slow_the_next_one_down_also_the_right_one() {
    on_each_engine(async |house| {
        with_nora(house).await;
        let visitor = house.signed_out();
        for _ in 0..5 {
            assert_eq!(sign_in(&visitor, EMAIL, "wrong").await.status, 403);
        }
        let slowed = sign_in(&visitor, EMAIL, PASSWORD).await;
        assert_eq!(slowed.status, 429);
        let told = |seconds| Refusal::SlowDown { seconds }.to_string();
        let said = slowed.json::<AppError>().to_string();
        assert!((1..=31).any(|seconds| told(seconds) == said), "{said}");

        house.turn(TimeDelta::seconds(31));
        assert_eq!(sign_in(&visitor, EMAIL, "wrong again").await.status, 403);
        house.turn(TimeDelta::seconds(31));
        assert_eq!(
            sign_in(&visitor, EMAIL, PASSWORD).await.status,
            429,
            "the sixth waits twice as long"
        );
        house.turn(TimeDelta::seconds(31));
        assert_eq!(sign_in(&visitor, EMAIL, PASSWORD).await.status, 200);

        assert_eq!(
            sign_in(&visitor, EMAIL, "wrong").await.status,
            403,
            "a success clears the account"
        );
    })
    .await;
}

#[tokio::test]
async fn one_address_that_tries_many_accounts_is_slowed_down_too() {
    let house = House::open().await;
    with_nora(&house).await;
    let (here, there) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
    let open = async |email: &str, password: &str, address| {
        let origin = Origin { address: Some(address), ..Origin::default() };
        session::open(&house.portal, email, password, &origin, None).await
    };
    for number in 0..6 {
        let answer = open(&format!("guess{number}@nowhere.example"), "guess", here).await;
        assert_eq!(answer, Err(AppError::Refused(Refusal::WrongCredentials)));
    }
    let mut conn = house.portal.db.begin().await.unwrap();
    for _ in 6..100 {
        let now = house.portal.now();
        storage::attempt::note(&mut conn, "address:192.0.2.1", now).await.unwrap();
    }
    conn.commit().await.unwrap();
    let slowed = open(EMAIL, PASSWORD, here).await;
    assert!(matches!(slowed, Err(AppError::Refused(Refusal::SlowDown { .. }))), "{slowed:?}");
    assert!(open(EMAIL, PASSWORD, there).await.is_ok(), "another address is not");
}

#[tokio::test]
async fn many_guesses_at_once_wait_in_line() {
    let house = House::open().await;
    with_nora(&house).await;
    let nowhere = Origin::default();
    let guesses = (0..20).map(|_| session::open(&house.portal, EMAIL, "guess", &nowhere, None));
    let answers = futures::future::join_all(guesses).await;
    let looked_at = answers
        .iter()
        .filter(|it| **it == Err(AppError::Refused(Refusal::WrongCredentials)))
        .count();
    assert!(looked_at <= 6, "{looked_at} guesses were looked at");
}

#[tokio::test]
async fn the_form_works_without_script() {
    let house = House::open().await;
    with_nora(&house).await;
    let visitor = house.signed_out();
    let form = |password: &str| {
        let fields = format!("email={EMAIL}&password={password}&next=%2F");
        let call = Call::form::<SignIn>(&fields).with("accept", "text/html");
        call.with("referer", "http://portal.example/sign-in").with("host", "portal.example")
    };
    let refused = visitor.call(form("wrong")).await;
    assert_eq!(refused.status, 302, "{}", refused.text());
    assert!(
        refused.header("location").starts_with("http://portal.example/sign-in?"),
        "{}",
        refused.header("location")
    );
    let let_in = visitor.call(form(PASSWORD)).await;
    assert_eq!((let_in.status.as_u16(), let_in.header("location")), (302, "/"));
    assert!(name_of(&holding(&visitor, &let_in)).await.is_some());
}

#[tokio::test]
async fn nobody_is_led_elsewhere_by_signing_in() {
    let house = House::open().await;
    with_nora(&house).await;
    for next in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%C3%A4", "%2Fa%0D%0Ab"] {
        let fields = format!("email={EMAIL}&password={PASSWORD}&next={next}");
        let answer = house.signed_out().call(Call::form::<SignIn>(&fields)).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (200, "/"), "{next}");
    }
}

#[tokio::test]
async fn on_an_open_wire_the_cookie_has_another_name_and_works() {
    let house = House::open_with(&["--listen", "0.0.0.0:8620"]).await;
    with_nora(&house).await;
    let answer = sign_in(&house.signed_out(), EMAIL, PASSWORD).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("sid=") && !cookie.contains("Secure"), "{cookie}");
    let pair = cookie.split(';').next().unwrap();
    let answer = house.signed_out().call(Call::form::<WhoAmI>("").with("cookie", pair)).await;
    assert!(answer.json::<Option<domain::people::Actor>>().is_some());
}

#[tokio::test]
async fn an_account_that_was_closed_is_signed_out() {
    let house = House::open().await;
    let nora = house.nora().await;
    let caller = house.signed_in(&nora).await;
    assert!(name_of(&caller).await.is_some());
    let email = format!("{}@example.org", nora.person);
    let closed = people::close(&house.portal, &email).await.unwrap();
    assert_eq!(closed.map(|it| it.person), Some(nora.person));
    assert_eq!(name_of(&caller).await, None);
    assert_eq!(people::close(&house.portal, &email).await, Ok(None), "it is closed already");
}

#[tokio::test]
async fn another_password_signs_out_everywhere() {
    on_each_engine(async |house| {
        with_nora(house).await;
        let visitor = house.signed_out();
        let nora = holding(&visitor, &sign_in(&visitor, EMAIL, PASSWORD).await);
        people::renew_password(&house.portal, EMAIL, "battery staple".into()).await.unwrap();
        assert_eq!(name_of(&nora).await, None);
        assert_eq!(sign_in(&visitor, EMAIL, PASSWORD).await.status, 403);
        assert_eq!(sign_in(&visitor, EMAIL, "battery staple").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn housekeeping_removes_what_has_ended() {
    let house = House::open().await;
    let kept = people::add_organization(
        &house.portal,
        OrganizationKind::FulfillmentPartner,
        "New",
        Default::default(),
    );
    let organization = kept.await.unwrap();
    let person = house.person(&organization, Role::ReadOnly).await;
    let caller = house.signed_in(&person).await;
    house.turn(TimeDelta::days(8));
    reelgate::workers::tidy(&house.portal).await;
    let digest = {
        use sha2::Digest;
        sha2::Sha256::digest(caller.token.unwrap().as_bytes()).into()
    };
    let mut conn = house.portal.read().await.unwrap();
    assert_eq!(storage::session::find(&mut conn, &digest).await.unwrap(), None);
}

#[tokio::test]
async fn a_password_that_was_replaced_while_it_was_looked_at_opens_nothing() {
    on_each_engine(async |house| {
        with_nora(house).await;
        let (portal, origin) = (&house.portal, Origin::default());
        let known = session::know(portal, EMAIL, PASSWORD, &origin).await.unwrap();
        people::renew_password(portal, EMAIL, "battery staple".into()).await.unwrap();
        let late = session::let_in(portal, &known, &origin, None).await;
        assert_eq!(late, Err(Refusal::WrongCredentials.into()));

        let known = session::know(portal, EMAIL, "battery staple", &origin).await.unwrap();
        assert!(session::let_in(portal, &known, &origin, None).await.is_ok());
        people::close(portal, EMAIL).await.unwrap();
        let late = session::let_in(portal, &known, &origin, None).await;
        assert_eq!(late, Err(Refusal::WrongCredentials.into()), "the account is closed");
    })
    .await;
}

#[tokio::test]
async fn who_comes_in_beside_a_new_password_is_out_with_the_rest() {
    on_each_engine(async |house| {
        with_nora(house).await;
        let (portal, origin) = (&house.portal, Origin::default());
        let known = session::know(portal, EMAIL, PASSWORD, &origin).await.unwrap();
        let entering = (0..8).map(|_| session::let_in(portal, &known, &origin, None));
        let (opened, renewed) = futures::future::join(
            futures::future::join_all(entering),
            people::renew_password(portal, EMAIL, "battery staple".into()),
        )
        .await;
        renewed.unwrap();
        for opened in opened.into_iter().flatten() {
            assert_eq!(session::recognize(portal, &opened.token).await, Ok(None));
        }
    })
    .await;
}
