use domain::{delivery::TransferStatus, request::SourceType};
use storage::{
    delivery::{self, Product},
    vault::Key,
};

use crate::support::{Scene, at, on_each_engine};

fn product(name: &str, digit: char) -> Product {
    let key = Key::parse(&digit.to_string().repeat(64)).unwrap();
    Product { name: name.to_owned(), recipe: 1, key, size: 9 }
}

#[tokio::test]
async fn what_counts_is_what_was_made_last_of_the_primary_that_succeeded_last() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let subtitle = scene.request(&mut work, SourceType::Subtitle).await?;
        let primary = scene.request(&mut work, SourceType::AvMuxed).await?;
        for (request, status, seconds, digit) in [
            (&subtitle, TransferStatus::Succeeded, 1, 'a'),
            (&primary, TransferStatus::Succeeded, 2, 'b'),
            (&primary, TransferStatus::Succeeded, 3, 'c'),
            (&primary, TransferStatus::FailedInspection, 4, 'd'),
        ] {
            let file = scene.transfer(&mut work, request, status, seconds).await?.files[0].id;
            let both = [product("envelope.bin", digit), product("proxy.mp4", digit)];
            delivery::save_products(&mut work, file, &both, at(5)).await?;
            if digit == 'c' {
                let again = [product("envelope.bin", 'e')];
                delivery::save_products(&mut work, file, &again, at(6)).await?;
            }
        }
        let package = subtitle.package;
        let found = delivery::product_of_primary(&mut work, package, "envelope.bin").await?;
        assert_eq!(found, Some(product("envelope.bin", 'e')));
        let older = delivery::product_of_primary(&mut work, package, "proxy.mp4").await?;
        assert_eq!(older, Some(product("proxy.mp4", 'b')), "the newest has none any more");
        let none = delivery::product_of_primary(&mut work, package, "peaks-1.bin").await?;
        assert_eq!(none, None);
        Ok(())
    })
    .await;
}
