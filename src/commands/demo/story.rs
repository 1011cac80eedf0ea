//! What has happened in the demo: requests in every status, transfers in every status, each by the way it
//! really comes about.

use std::path::PathBuf;

use chrono::TimeDelta;
use domain::{
    delivery::{Explained, OverrideReason},
    id::{OrganizationId, RequestId},
    inspection::ErrorCode,
    people::Actor,
    request::{
        DateReason, EstimatedDate, MaterialStatus, Moment, RequestStatus, ServiceType,
        SourceRequest, SourceType, Zone,
    },
    title::Package,
};

use super::{
    cast::{Cast, language},
    courier::{Courier, Parcel, Share},
    reel::Reel,
};
use crate::{
    error::AppError,
    portal::Portal,
    services::{
        delivery, inspection,
        request::{self, Edits, NewRequest, Upgrade},
    },
    workers,
};

/// Tells the story of the demo.
pub struct Story<'a> {
    pub portal: &'a Portal,
    pub cast: &'a Cast,
    pub reel: &'a Reel,
    pub nora: Courier,
    pub kenji: Courier,
}

const SURROUND: &[(&str, &str)] = &[("channel_layout", "5.1"), ("dub_style", "lip_sync")];
const MASTER: &[(&str, &str)] = &[("language", "en-GB"), ("channel_layout", "5.1")];
const SUBTITLE: &[(&str, &str)] =
    &[("time_base", "media"), ("frame_rate", "24"), ("text_type", "subtitle")];
const SDH: &[(&str, &str)] = &[("time_base", "media"), ("frame_rate", "24"), ("text_type", "sdh")];
const SDH_BY_MISTAKE: &[(&str, &str)] =
    &[("time_base", "smpte"), ("frame_rate", "24"), ("text_type", "sdh")];

impl Story<'_> {
    /// The film: its primary is there, and most of the rest.
    pub async fn the_long_tide(&self, package: &Package) -> anyhow::Result<()> {
        use SourceType as T;
        let nord = self.cast.nora.organization.id;
        let master = self.asks(package, T::AvMuxed, Some("*"), Some(nord), -12).await?;
        self.passes(&master, "tide_en_master.mov", "master.mov", MASTER).await?;

        self.french_dub(package).await?;
        self.german_dub(package).await?;
        self.text_of_the_film(package).await?;
        self.sound_of_the_film(package).await?;

        let proxy = self.asks(package, T::ProductionLockedProxy, None, Some(nord), -20).await?;
        self.passes(
            &proxy,
            "tide_locked_r3.mp4",
            "proxy.mp4",
            &[("frame_rate", "24"), ("revision", "Reel 3")],
        )
        .await?;
        let script = self.asks(package, T::FinalScript, Some("en-GB"), Some(nord), 9).await?;
        self.passes(
            &script,
            "tide_final_script.pdf",
            "script.pdf",
            &[("script_type", "dialogue_list")],
        )
        .await?;
        let card = self.asks(package, T::DubCardImage, Some("fr-FR"), Some(nord), 14).await?;
        request::cancel(
            self.portal,
            &self.cast.nora,
            card.id,
            "The studio makes the cards.".into(),
        )
        .await?;
        self.asks(package, T::TextlessImf, None, Some(nord), 60).await?;
        Ok(())
    }

    /// Superseded, succeeded, asked for again, and failed for a length that may be meant.
    async fn french_dub(&self, package: &Package) -> anyhow::Result<()> {
        let nord = self.cast.nora.organization.id;
        let dub =
            self.asks(package, SourceType::SecondaryAudio, Some("fr-FR"), Some(nord), 20).await?;
        let first = self.parcel(
            "tide_fr_20.wav",
            "stereo_10.wav",
            &[("channel_layout", "stereo"), ("dub_style", "lip_sync")],
        );
        self.nora.deliver(dub.id, first.lend(), Share::Half).await?;
        self.passes(&dub, "tide_fr_51.wav", "surround_10.wav", SURROUND).await?;
        request::set_status(
            self.portal,
            &self.cast.paula,
            dub.id,
            RequestStatus::RedeliveryRequested,
            "",
        )
        .await?;
        self.passes(&dub, "tide_fr_51_v2.wav", "surround_18.wav", SURROUND).await?;
        let estimated = EstimatedDate {
            at: dub.due.at - TimeDelta::days(2),
            zone: dub.due.zone.clone(),
            reason: Some(DateReason::QcFixes),
            comment: None,
        };
        request::edit_dates(self.portal, &self.cast.nora, dub.id, estimated).await?;
        Ok(self.talk_about_the_dub(dub.id).await?)
    }

    /// The same, and the partner has said that the new length is meant.
    async fn german_dub(&self, package: &Package) -> anyhow::Result<()> {
        let kestrel = self.cast.kenji.organization.id;
        let dub =
            self.asks(package, SourceType::SecondaryAudio, Some("de-DE"), Some(kestrel), 3).await?;
        let first = self.parcel("tide_de_51.wav", "surround_10.wav", SURROUND);
        self.kenji.deliver(dub.id, first.lend(), Share::All).await?;
        self.work_off().await?;
        request::set_status(
            self.portal,
            &self.cast.paula,
            dub.id,
            RequestStatus::RedeliveryRequested,
            "",
        )
        .await?;
        let second = self.parcel("tide_de_51_v2.wav", "surround_18.wav", SURROUND);
        let failed = self.kenji.deliver(dub.id, second.lend(), Share::All).await?;
        self.work_off().await?;
        let explained = Explained {
            code: ErrorCode::SourceDuration,
            reason: OverrideReason::AnotherVersion,
            comment: "the end credits were replaced by the longer German ones".into(),
        };
        let explained = vec![explained];
        delivery::override_errors(self.portal, &self.cast.kenji, failed.id, explained).await?;
        Ok(())
    }

    async fn text_of_the_film(&self, package: &Package) -> anyhow::Result<()> {
        use SourceType as T;
        let nord = self.cast.nora.organization.id;
        let sdh = self.asks(package, T::SdhCc, Some("fr-FR"), Some(nord), 20).await?;
        self.passes(&sdh, "tide_fr_sdh.ttml", "media.ttml", SDH_BY_MISTAKE).await?;
        let portuguese = self.asks(package, T::Subtitle, Some("pt-BR"), Some(nord), 1).await?;
        self.passes(&portuguese, "tide_ptbr_sub.ttml", "portuguese.ttml", SUBTITLE).await?;
        let english = self.asks(package, T::Subtitle, Some("en-GB"), Some(nord), -9).await?;
        self.passes(&english, "tide_en_sub.ttml", "english.ttml", SUBTITLE).await?;
        request::set_status(self.portal, &self.cast.paula, english.id, RequestStatus::Accepted, "")
            .await?;
        let german = self.asks(package, T::Subtitle, Some("de-DE"), Some(nord), -40).await?;
        self.passes(&german, "tide_de_sub.srt", "german.srt", SUBTITLE).await?;
        let upgrade = Upgrade {
            partner: Some(nord),
            due: self.due(30),
            comment: "TTML instead of SRT".into(),
        };
        let better = request::upgrade(self.portal, &self.cast.paula, german.id, upgrade).await?;
        let accepted =
            Edits { material_status: Some(MaterialStatus::Accepted), ..Edits::default() };
        request::edit(self.portal, &self.cast.nora, better.id, accepted).await?;
        self.asks(package, T::ForcedSub, Some("ja"), Some(nord), 20).await?;
        Ok(())
    }

    async fn sound_of_the_film(&self, package: &Package) -> anyhow::Result<()> {
        use SourceType as T;
        let (nord, kestrel) = (self.cast.nora.organization.id, self.cast.kenji.organization.id);
        let effects = self.asks(package, T::AudioMe, None, Some(kestrel), 7).await?;
        let parcel = self.parcel("tide_me_51.wav", "surround_10.wav", &[("channel_layout", "5.1")]);
        self.kenji.deliver(effects.id, parcel.lend(), Share::All).await?;
        self.work_off().await?;
        self.asks(package, T::AudioDescription, Some("en-GB"), Some(nord), -2).await?;
        // Taken out of account by the platform: the request waits for a file again.
        let print = self.asks(package, T::AudioPrintMaster, Some("en-GB"), Some(nord), 11).await?;
        let parcel =
            self.parcel("tide_en_pm_temp.wav", "surround_10.wav", &[("channel_layout", "5.1")]);
        let ignored = self.nora.deliver(print.id, parcel.lend(), Share::All).await?;
        self.work_off().await?;
        delivery::ignore(self.portal, &self.cast.paula, ignored.id).await?;
        Ok(())
    }

    /// The episode: its primary has failed, so everything else waits.
    pub async fn harbour_lights(&self, package: &Package) -> anyhow::Result<()> {
        use SourceType as T;
        let nord = self.cast.nora.organization.id;
        let master = self.asks(package, T::AvMuxed, Some("*"), Some(nord), 2).await?;
        let tags = [("language", "nb"), ("channel_layout", "stereo")];
        self.passes(&master, "lights_s01e03_master.mov", "stereo_10.wav", &tags).await?;

        let dub = self.asks(package, T::SecondaryAudio, Some("ja"), Some(nord), 15).await?;
        let parcel = self.parcel("lights_ja_51.wav", "surround_18.wav", SURROUND);
        self.nora.deliver(dub.id, parcel.lend(), Share::Half).await?;

        let sdh = self.asks(package, T::SdhCc, Some("nb"), Some(nord), 4).await?;
        self.passes(&sdh, "lights_nb_sdh.ttml", "norwegian.ttml", SDH).await?;
        let cards = self.asks(package, T::DubCardImage, Some("nb"), Some(nord), 21).await?;
        self.passes(&cards, "lights_nb_dubcard_1.png", "card.png", &[]).await?;
        self.mishaps(package).await?;

        let hungry = self.order(T::AudioDescription, Some("nb"), Some(nord), 25)?;
        let hungry = NewRequest { material_status: None, ..hungry };
        request::create(self.portal, &self.cast.paula, package.id, hungry).await?;
        self.asks(package, T::SecondaryAudio, Some("it"), None, 33).await?;
        self.asks(package, T::MusicCueSheet, None, Some(nord), 40).await?;
        Ok(())
    }

    /// What goes wrong on either side: a delivery that was stopped, and an inspection that broke.
    async fn mishaps(&self, package: &Package) -> anyhow::Result<()> {
        use SourceType as T;
        let nord = self.cast.nora.organization.id;
        let forced = self.asks(package, T::FinalScript, Some("nb"), Some(nord), 12).await?;
        let parcel =
            self.parcel("lights_script.pdf", "script.pdf", &[("script_type", "continuity")]);
        let stopped = self.nora.deliver(forced.id, parcel.lend(), Share::Half).await?;
        delivery::abandon(self.portal, &self.nora.actor, stopped.id).await?;

        let script = self.asks(package, T::DubbingScript, Some("sv"), Some(nord), 18).await?;
        let parcel = self.parcel("lights_sv_dubbing_script.pdf", "script.pdf", &[]);
        let broken = self.nora.deliver(script.id, parcel.lend(), Share::All).await?;
        inspection::give_up(self.portal, broken.id, &crate::portal::new_reference()).await?;
        Ok(())
    }

    /// A delivery that nobody has inspected yet: whoever opens the portal sees it come to its end.
    pub async fn last_delivery(&self, package: &Package) -> anyhow::Result<()> {
        let kestrel = self.cast.kenji.organization.id;
        let dub = self
            .asks(package, SourceType::SecondaryAudio, Some("es-419"), Some(kestrel), 17)
            .await?;
        let parcel = self.parcel("tide_es419_51.wav", "surround_10.wav", SURROUND);
        self.kenji.deliver(dub.id, parcel.lend(), Share::All).await?;
        Ok(())
    }

    /// Studio Nord has handed work on, and the file has come back to it: it may be released, or sent back.
    pub async fn handed_in(&self, package: &Package) -> anyhow::Result<()> {
        let (nord, kestrel) = (self.cast.nora.organization.id, self.cast.kenji.organization.id);
        let danish = self.asks(package, SourceType::Subtitle, Some("da"), Some(nord), 10).await?;
        let note = "Please until Friday";
        request::subassign(self.portal, &self.cast.nora, danish.id, kestrel, note).await?;
        let parcel = self.parcel("tide_da_sub.srt", "german.srt", SUBTITLE);
        self.kenji.hand_in(danish.id, parcel.lend()).await
    }

    /// A request of the platform, due so many days from today.
    async fn asks(
        &self,
        package: &Package,
        source_type: SourceType,
        tag: Option<&str>,
        partner: Option<OrganizationId>,
        due_in: i64,
    ) -> Result<SourceRequest, AppError> {
        let order = self.order(source_type, tag, partner, due_in)?;
        request::create(self.portal, &self.cast.paula, package.id, order).await
    }

    fn order(
        &self,
        source_type: SourceType,
        tag: Option<&str>,
        partner: Option<OrganizationId>,
        due_in: i64,
    ) -> Result<NewRequest, AppError> {
        Ok(NewRequest {
            source_type,
            language: tag.map(language).transpose()?,
            content_partner: self.cast.felix.organization.id,
            partner,
            due: self.due(due_in),
            service_type: source_type.has_service_type().then_some(ServiceType::Create),
            material_status: source_type.has_material_status().then_some(MaterialStatus::Accepted),
        })
    }

    fn due(&self, in_days: i64) -> Moment {
        let at = self.portal.now() + TimeDelta::days(in_days);
        Moment { at, zone: Zone::trusted("Europe/Oslo") }
    }

    /// Nora delivers a file, and it is inspected.
    async fn passes(
        &self,
        request: &SourceRequest,
        name: &str,
        file: &str,
        metadata: &[(&str, &str)],
    ) -> anyhow::Result<RequestId> {
        self.nora.deliver(request.id, self.parcel(name, file, metadata).lend(), Share::All).await?;
        self.work_off().await?;
        Ok(request.id)
    }

    fn parcel<'b>(
        &self,
        name: &'b str,
        file: &str,
        metadata: &'b [(&'b str, &'b str)],
    ) -> Packed<'b> {
        Packed { name, file: self.reel.path(file), metadata }
    }

    async fn work_off(&self) -> Result<(), AppError> {
        while workers::work_off(self.portal, crate::portal::new_id()).await? > 0 {}
        Ok(())
    }
}

/// A parcel that owns the path of its file.
struct Packed<'a> {
    name: &'a str,
    file: PathBuf,
    metadata: &'a [(&'a str, &'a str)],
}

impl Packed<'_> {
    fn lend(&self) -> Parcel<'_> {
        Parcel { name: self.name, file: &self.file, metadata: self.metadata }
    }
}

/// Whoever delivers in the story.
pub async fn couriers(portal: &Portal, cast: &Cast) -> anyhow::Result<(Courier, Courier)> {
    let sign_in = async |actor: &Actor, email| Courier::sign_in(portal, actor, email).await;
    Ok((
        sign_in(&cast.nora, "nora@studionord.example").await?,
        sign_in(&cast.kenji, "kenji@kestrel.example").await?,
    ))
}
