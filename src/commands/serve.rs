//! One router of all doors and pages; workers beside it; an end in good order.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context, Result};
use axum::{Router, middleware::from_fn_with_state, serve::ListenerExt};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    task::JoinHandle,
};

use super::{
    bare::{Style, led_back},
    invitations, leaves, letters, pages, paper, sheets, start,
};
use crate::{
    portal::Portal,
    settings::Settings,
    web::{self, site::Site},
    workers,
};

/// After the signal to stop, requests in hand may take so long to end.
const GRACE: Duration = Duration::from_secs(25);

/// Everything that answers over HTTP.
pub fn router(portal: &Portal, site: Option<Site>) -> Result<Router> {
    let style = Style(site.as_ref().map_or("", |it| it.style.as_str()).into());
    let downloads = web::downloads().layer(from_fn_with_state(style.clone(), led_back));
    let inner = web::routes()
        .merge(downloads)
        .merge(pages::calls(portal))
        .merge(pages::pages(portal, site.as_ref()))
        .merge(sheets::routes(&style))
        .merge(leaves::routes(&style))
        .merge(paper::routes(&style))
        .merge(invitations::routes(&style))
        .merge(letters::routes(&style))
        .fallback_service(pages::missing(portal, site.as_ref()))
        .with_state(portal.clone())
        .merge(web::upload::routes(portal.clone()));
    web::guarded(inner, portal)
}

/// `reelgate serve`
pub async fn serve(settings: Settings) -> Result<()> {
    start::warn_of_transport(&settings);
    let site = Site::load();
    if site.is_none() {
        tracing::warn!(
            "The site was never built, so pages come without style and without life: run cargo xtask build."
        );
    }
    let (listen, at_once) = (settings.listen, settings.workers);
    let portal = start::open(settings).await?;
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("Nothing can listen at {listen} (REELGATE_LISTEN)"))?;
    // Small answers, such as the words of the change stream, are not to wait for more.
    let listener = listener.tap_io(|line| {
        if let Err(error) = line.set_nodelay(true) {
            tracing::debug!(%error, "a connection was gone at once");
        }
    });
    let router = router(&portal, site)?.into_make_service_with_connect_info::<SocketAddr>();
    let beside = beside(&portal, at_once);
    tracing::info!("Reelgate answers at http://{listen}");

    let stop = portal.stop.clone();
    let serving =
        axum::serve(listener, router).with_graceful_shutdown(async move { stop.cancelled().await });
    tokio::select! {
        ended = serving.into_future() => ended.context("the server broke off")?,
        () = overdue(&portal) => tracing::warn!("requests were still running at the stop and are cut off"),
    }
    end(portal, beside).await
}

/// `reelgate worker`
pub async fn work(settings: Settings) -> Result<()> {
    let at_once = settings.workers.max(1);
    let portal = start::open(settings).await?;
    tracing::info!(at_once, "Reelgate works on what is to be done");
    let beside = beside(&portal, at_once);
    portal.stop.cancelled().await;
    end(portal, beside).await
}

/// What runs beside the doors: signals, the bell of other processes, and the workers. Without any of them the
/// house is kept all the same: what grows and what was fetched lies on this very machine.
fn beside(portal: &Portal, at_once: usize) -> Vec<JoinHandle<()>> {
    tokio::spawn(stop_on_signal(portal.clone()));
    let hearing = tokio::spawn(portal.clone().hear_others());
    vec![hearing, tokio::spawn(workers::run(portal.clone(), at_once))]
}

async fn end(portal: Portal, beside: Vec<JoinHandle<()>>) -> Result<()> {
    portal.stop.cancel();
    for task in beside {
        task.await.context("a part of the portal broke off")?;
    }
    portal.tasks.close();
    portal.tasks.wait().await;
    portal.db.close().await;
    tracing::info!("Reelgate has stopped");
    Ok(())
}

async fn overdue(portal: &Portal) {
    portal.stop.cancelled().await;
    tokio::time::sleep(GRACE).await;
}

async fn stop_on_signal(portal: Portal) {
    let mut asked = match signal(SignalKind::terminate()) {
        Ok(asked) => asked,
        Err(error) => return tracing::error!(%error, "the signal to stop cannot be heard"),
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = asked.recv() => {}
    }
    tracing::info!("Reelgate stops");
    portal.stop.cancel();
}
