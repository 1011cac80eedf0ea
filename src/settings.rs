//! What an operator can set: each with a default that works, and a reason to change it.

mod post;
mod size;

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use chrono::TimeDelta;
use clap::{Args, ValueEnum};
use domain::{Keyed, delivery::Limits, request::MaterialDemand};

pub use size::parse_size;

/// Every setting is a flag and an environment variable; the flag wins.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Settings")]
pub struct Settings {
    /// The folder that holds the portal's own things: the database and the vault, unless they are elsewhere.
    #[arg(
        long,
        env = "REELGATE_DATA",
        default_value = "data",
        global = true,
        value_name = "FOLDER"
    )]
    pub data: PathBuf,

    /// The database: `sqlite:PATH`, or `postgres://…` for more than one machine. Default: `reelgate.db` in the data folder.
    #[arg(
        long,
        env = "REELGATE_DATABASE_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    pub database_url: Option<String>,

    /// The address to listen at. Loopback by default: nobody else reaches a portal that was only tried out.
    #[arg(
        long,
        env = "REELGATE_LISTEN",
        default_value = "127.0.0.1:8620",
        global = true,
        value_name = "ADDRESS"
    )]
    pub listen: SocketAddr,

    /// The address by which people reach the portal, such as `https://portal.example`. Needed behind a proxy.
    #[arg(long, env = "REELGATE_PUBLIC_URL", global = true, value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,

    /// Open pages load themselves anew when another client was built: for working on the portal.
    #[arg(long, env = "REELGATE_RELOADS", global = true, hide = true)]
    pub reloads: bool,

    /// Proxies whose `X-Forwarded-For` is believed, so that slowed sign-in knows visitors apart.
    #[arg(
        long,
        env = "REELGATE_TRUSTED_PROXIES",
        global = true,
        value_name = "ADDRESSES",
        value_delimiter = ','
    )]
    pub trusted_proxies: Vec<IpAddr>,

    /// Where delivered files are kept: `disk:FOLDER` or `s3://BUCKET`. Default: `vault` in the data folder.
    #[arg(
        long,
        env = "REELGATE_VAULT",
        global = true,
        value_name = "PLACE",
        hide_env_values = true
    )]
    pub vault: Option<String>,

    /// Jobs worked on at the same time. 0 makes `serve` leave them all to `reelgate worker`.
    #[arg(
        long,
        env = "REELGATE_WORKERS",
        default_value_t = 2,
        global = true,
        value_name = "NUMBER"
    )]
    pub workers: usize,

    /// The largest file that is taken. Feature masters rarely pass a terabyte; a smaller disk wants a smaller limit.
    #[arg(long, env = "REELGATE_LARGEST_FILE", default_value = "2TB", global = true, value_name = "SIZE", value_parser = parse_size)]
    pub largest_file: u64,

    /// The most files of one delivery: image packages have hundreds of parts.
    #[arg(
        long,
        env = "REELGATE_MOST_FILES",
        default_value_t = 500,
        global = true,
        value_name = "NUMBER"
    )]
    pub most_files: usize,

    /// How the material must stand before a file is taken: `received`, or `accepted` where somebody is to look
    /// through it first.
    #[arg(long, env = "REELGATE_MATERIAL_DEMAND", default_value = "received", global = true, value_name = "STATUS",
        value_parser = material_demand)]
    pub material_demand: MaterialDemand,

    /// An upload that nobody goes on with is given up after so many hours; a weekend should not cost a delivery.
    #[arg(long, env = "REELGATE_UPLOAD_HOURS", default_value_t = 168, global = true, value_name = "HOURS",
        value_parser = clap::value_parser!(u32).range(1..=8760))]
    pub upload_hours: u32,

    /// A connection that brings no byte of an upload for so long is given up; what came is kept.
    #[arg(long, env = "REELGATE_UPLOAD_SILENCE", default_value_t = 60, global = true, value_name = "SECONDS",
        value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub upload_silence_seconds: u32,

    /// Uploads that one organization may send at the same moment, so that no one takes all of the line.
    #[arg(
        long,
        env = "REELGATE_UPLOADS_AT_ONCE",
        default_value_t = 64,
        global = true,
        value_name = "NUMBER"
    )]
    pub uploads_at_once: usize,

    /// Room that uploads leave on the disk: the database and the log need some too.
    #[arg(long, env = "REELGATE_DISK_RESERVE", default_value = "1GB", global = true, value_name = "SIZE", value_parser = parse_size)]
    pub disk_reserve: u64,

    /// Who does nothing for so many hours is signed out: a working day with its breaks.
    #[arg(long, env = "REELGATE_SESSION_IDLE_HOURS", default_value_t = 12, global = true, value_name = "HOURS",
        value_parser = clap::value_parser!(u32).range(1..=720))]
    pub session_idle_hours: u32,

    /// Everybody signs in again after so many hours, however busy: a week.
    #[arg(long, env = "REELGATE_SESSION_HOURS", default_value_t = 168, global = true, value_name = "HOURS",
        value_parser = clap::value_parser!(u32).range(1..=8760))]
    pub session_hours: u32,

    /// The mail server that letters go out by: `smtps://USER:PASSWORD@HOST`, or `smtp:` with STARTTLS. Without one,
    /// people are told in the portal only.
    #[arg(long, env = "REELGATE_SMTP_URL", global = true, value_name = "URL", hide_env_values = true,
        requires = "smtp_from", value_parser = post::mail_server)]
    pub smtp_url: Option<String>,

    /// Who letters come from: an address that the mail server lets the portal use.
    #[arg(long, env = "REELGATE_SMTP_FROM", global = true, value_name = "ADDRESS", value_parser = post::sender)]
    pub smtp_from: Option<String>,

    /// The mailbox of those who answer requests for help. Without one, they read them in the portal only.
    #[arg(long, env = "REELGATE_SUPPORT_EMAIL", global = true, value_name = "ADDRESS", value_parser = post::mailbox)]
    pub support_email: Option<String>,

    /// What is logged: a level, or levels by module as in `info,reelgate=debug`.
    #[arg(
        long,
        env = "REELGATE_LOG",
        default_value = "info",
        global = true,
        value_name = "FILTER"
    )]
    pub log: String,

    /// How the log is written: for people, or for programs that collect it.
    #[arg(long, env = "REELGATE_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text, global = true, value_name = "FORMAT")]
    pub log_format: LogFormat,
}

/// How letters go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post<'a> {
    /// The address of the mail server.
    pub server: &'a str,
    /// Who letters come from.
    pub from: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// Whether browsers keep cookies that are marked as secure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// By https, or on this very machine.
    Safe,
    /// By plain http over a network: everybody on the way can read along.
    Open,
}

impl Settings {
    pub fn database_url(&self) -> String {
        let own = || format!("sqlite:{}", self.data.join("reelgate.db").display());
        self.database_url.clone().unwrap_or_else(own)
    }

    pub fn vault(&self) -> String {
        self.vault.clone().unwrap_or_else(|| format!("disk:{}", self.data.join("vault").display()))
    }

    pub fn limits(&self) -> Limits {
        let (file_size, files) = (self.largest_file, self.most_files);
        Limits { file_size, files, material: self.material_demand }
    }

    pub fn transport(&self) -> Transport {
        let safe = match self.public_url.as_deref() {
            Some(url) => url.starts_with("https://") || is_loopback(host_of(url)),
            None => self.listen.ip().is_loopback(),
        };
        if safe { Transport::Safe } else { Transport::Open }
    }

    /// The origin from which the portal's own pages send, where it was set.
    pub fn origin(&self) -> Option<&str> {
        self.public_url.as_deref()
    }

    /// The address by which people reach the portal, as far as it is known.
    pub fn address(&self) -> String {
        self.origin().map_or_else(|| format!("http://{}", self.listen), str::to_owned)
    }

    /// How letters go out, where they do.
    pub fn post(&self) -> Option<Post<'_>> {
        let (server, from) = (self.smtp_url.as_deref()?, self.smtp_from.as_deref()?);
        Some(Post { server, from })
    }

    pub fn is_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|it| it.starts_with("https://"))
    }

    pub fn session_idle(&self) -> TimeDelta {
        TimeDelta::hours(self.session_idle_hours.into())
    }

    pub fn session_length(&self) -> TimeDelta {
        TimeDelta::hours(self.session_hours.into())
    }

    pub fn upload_silence(&self) -> Duration {
        Duration::from_secs(self.upload_silence_seconds.into())
    }

    pub fn upload_patience(&self) -> TimeDelta {
        TimeDelta::hours(self.upload_hours.into())
    }
}

fn material_demand(text: &str) -> Result<MaterialDemand, String> {
    MaterialDemand::from_key(text).ok_or_else(|| "it is received or accepted".into())
}

/// An origin as browsers send it: scheme, host, and the port where it is not the usual one; nothing behind.
fn public_url(text: &str) -> Result<String, String> {
    let url = text.trim_end_matches('/').to_ascii_lowercase();
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let Some(host) = rest.filter(|it| !it.is_empty()) else {
        return Err("it must begin with https:// or http:// and name a host, such as https://portal.example".into());
    };
    if host.contains(['/', '?', '#', '@']) || host.contains(char::is_whitespace) {
        return Err("it must be a host of its own, without a path: https://portal.example".into());
    }
    let usual = if url.starts_with("https://") { ":443" } else { ":80" };
    Ok(url.strip_suffix(usual).unwrap_or(&url).to_owned())
}

fn host_of(url: &str) -> &str {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    match host.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next().unwrap_or(bracketed),
        None => host.split(':').next().unwrap_or(host),
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        settings: Settings,
    }

    fn with(flags: &[&str]) -> Result<Settings, String> {
        let line = Line::try_parse_from(["reelgate"].iter().chain(flags));
        line.map(|it| it.settings).map_err(|it| it.to_string())
    }

    #[test]
    fn every_setting_has_a_default_that_works() {
        let settings = with(&["--data", "/srv/portal"]).unwrap();
        assert_eq!(settings.database_url(), "sqlite:/srv/portal/reelgate.db");
        assert_eq!(settings.vault(), "disk:/srv/portal/vault");
        assert_eq!(settings.limits().file_size, 2_000_000_000_000);
        assert_eq!(settings.limits().material, MaterialDemand::Received);
        let strict = with(&["--material-demand", "accepted"]).unwrap();
        assert_eq!(strict.limits().material, MaterialDemand::Accepted);
    }

    #[test]
    fn every_setting_is_explained_in_the_manual() {
        let manual = include_str!("../docs/running.md");
        let line = Line::command();
        let variables: Vec<_> =
            line.get_arguments().filter_map(|it| it.get_env()?.to_str()).collect();
        assert!(variables.len() > 10, "{variables:?}");
        for variable in variables {
            assert!(
                manual.contains(&format!("`{variable}`")),
                "docs/running.md says nothing of {variable}"
            );
        }
    }

    #[test]
    fn a_wrong_setting_is_named() {
        for (flag, value) in [
            ("--listen", "everywhere"),
            ("--public-url", "portal.example"),
            ("--public-url", "https://portal.example/sub/path"),
            ("--largest-file", "huge"),
            ("--session-hours", "0"),
            ("--workers", "-1"),
            ("--smtp-url", "mail.example"),
            ("--smtp-from", "nobody"),
            ("--support-email", "Help <help@example.org>"),
            ("--material-demand", "rejected"),
        ] {
            let said = with(&[&format!("{flag}={value}")]).unwrap_err();
            assert!(said.contains(flag) && said.contains(value), "{said}");
        }
    }

    #[test]
    fn letters_go_out_where_a_server_and_a_sender_are_set() {
        assert_eq!(with(&[]).unwrap().post(), None);
        assert!(with(&["--smtp-url", "smtps://mail.example"]).unwrap_err().contains("--smtp-from"));
        let both = ["--smtp-url", "smtps://mail.example", "--smtp-from", "portal@example.org"];
        let settings = with(&both).unwrap();
        let post = Post { server: "smtps://mail.example", from: "portal@example.org" };
        assert_eq!(settings.post(), Some(post));
        assert_eq!(settings.address(), "http://127.0.0.1:8620");
    }

    #[test]
    fn cookies_are_safe_by_https_and_on_this_machine_only() {
        for (flags, transport) in [
            (vec!["--listen", "127.0.0.1:1"], Transport::Safe),
            (vec!["--listen", "[::1]:1"], Transport::Safe),
            (vec!["--listen", "0.0.0.0:1"], Transport::Open),
            (
                vec!["--listen", "0.0.0.0:1", "--public-url", "https://portal.example"],
                Transport::Safe,
            ),
            (
                vec!["--listen", "127.0.0.1:1", "--public-url", "http://portal.example"],
                Transport::Open,
            ),
            (vec!["--public-url", "http://localhost:8620"], Transport::Safe),
            (vec!["--public-url", "http://[::1]:8620"], Transport::Safe),
        ] {
            assert_eq!(with(&flags).unwrap().transport(), transport, "{flags:?}");
        }
    }

    #[test]
    fn the_origin_is_written_as_browsers_send_it() {
        for (said, origin) in [
            ("https://Portal.Example/", "https://portal.example"),
            ("https://portal.example:443", "https://portal.example"),
            ("http://portal.example:8620", "http://portal.example:8620"),
        ] {
            assert_eq!(with(&["--public-url", said]).unwrap().origin(), Some(origin));
        }
    }
}
