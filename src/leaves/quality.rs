//! The tab Quality Control.

use domain::id::RequestId;
use leptos::prelude::*;

use super::Visit;
use crate::{
    error::AppError,
    services::request,
    ui::{context::ServedLeaf, kit::Empty},
};

pub async fn show(visit: &Visit, id: RequestId) -> Result<ServedLeaf, AppError> {
    request::find(&visit.portal, visit.actor()?, id).await?;
    Ok(visit.leaf("Quality Control", || {
        view! {
            <Empty icon="scan-search" title="Quality control is not part of this version"
                text="Findings of people who have watched and listened will stand here, one card per round, with timecodes. What automated inspection finds stands on the card of the delivery."/>
        }
    }))
}
