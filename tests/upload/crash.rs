//! The real program, killed at any byte.

use std::{
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use axum::http::StatusCode;
use domain::delivery::TransferStatus;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use uuid::Uuid;

use crate::film::film;
use crate::support::{World, on_each_engine_for_real, until};

/// A running program; killed when dropped, as by a power cut.
struct Server {
    child: Child,
    at: SocketAddr,
}

impl Server {
    async fn start(world: &World) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_reelgate"))
            .arg("serve")
            .env("REELGATE_DATA", world.folder.path())
            .env("REELGATE_DATABASE_URL", &world.url)
            .env("REELGATE_LISTEN", free.to_string())
            .env("REELGATE_WORKERS", "0")
            .env("REELGATE_DISK_RESERVE", "1")
            .env("REELGATE_LOG", "warn")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        until(async || TcpStream::connect(free).await.ok()).await;
        Self { child, at: free }
    }

    /// Asks over a line of its own.
    async fn ask(
        &self,
        world: &World,
        method: &str,
        place: &str,
        headers: &str,
        body: &[u8],
    ) -> (u16, Option<u64>) {
        let mut line = self.begin(world, method, place, headers).await;
        line.write_all(body).await.unwrap();
        let mut said = Vec::new();
        let _closed = line.read_to_end(&mut said).await;
        let said = String::from_utf8_lossy(&said).to_lowercase();
        let offset =
            said.lines().find_map(|it| it.strip_prefix("upload-offset: ")?.trim().parse().ok());
        (said[9..12].parse().unwrap(), offset)
    }

    async fn begin(&self, world: &World, method: &str, place: &str, headers: &str) -> TcpStream {
        let cookie = world.cookie(&world.nora).await;
        let head = format!(
            "{method} {place} HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\ntus-resumable: 1.0.0\r\nconnection: close\r\n{headers}\r\n",
            self.at
        );
        let mut line = TcpStream::connect(self.at).await.unwrap();
        line.write_all(head.as_bytes()).await.unwrap();
        line
    }

    async fn offset(&self, world: &World, place: &str) -> u64 {
        let (status, offset) = self.ask(world, "HEAD", place, "", b"").await;
        assert_eq!(status, 200);
        offset.expect("no offset")
    }

    async fn patch(&self, world: &World, place: &str, offset: u64, bytes: &[u8]) {
        let headers = piece(offset, bytes.len());
        // The lease of the killed program runs out within seconds.
        let answer = until(async || {
            let (status, offset) = self.ask(world, "PATCH", place, &headers, bytes).await;
            (status != StatusCode::LOCKED.as_u16()).then_some((status, offset))
        });
        assert_eq!(answer.await, (204, Some(offset + bytes.len() as u64)));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn piece(offset: u64, length: usize) -> String {
    format!(
        "upload-offset: {offset}\r\ncontent-type: application/offset+octet-stream\r\ncontent-length: {length}\r\n"
    )
}

#[tokio::test]
async fn killed_at_any_byte_nothing_that_was_acknowledged_is_lost() {
    on_each_engine_for_real(async |world| {
        let bytes = film(6_000_000);
        let file = world.begin(bytes.len() as u64).await;
        let place = world.create(&file).await;
        let mut acknowledged = 0;
        for _ in 0..2 {
            let server = Server::start(&world).await;
            let at = server.offset(&world, &place).await;
            assert!(at >= acknowledged, "{at} is less than the {acknowledged} acknowledged");
            server.patch(&world, &place, at, &bytes[at as usize..at as usize + 1_000_000]).await;
            acknowledged = at + 1_000_000;

            let rest = &bytes[acknowledged as usize..];
            let mut line =
                server.begin(&world, "PATCH", &place, &piece(acknowledged, rest.len())).await;
            let sent = Uuid::new_v4().as_u128() as usize % 1_500_000;
            line.write_all(&rest[..sent]).await.unwrap();
            drop(server);
            assert!(world.head(&place).await.offset() <= acknowledged + sent as u64);
        }
        let server = Server::start(&world).await;
        let at = server.offset(&world, &place).await;
        assert!(at >= acknowledged);
        server.patch(&world, &place, at, &bytes[at as usize..]).await;
        until(async || {
            let transfer = world.transfer_of(&file).await;
            (transfer.status == TransferStatus::Processing).then_some(())
        })
        .await;
        let digests = world.transfer_of(&file).await.files[0].digests.clone().unwrap();
        assert_eq!(digests.xxh3, format!("{:032x}", xxhash_rust::xxh3::xxh3_128(&bytes)));
        assert_eq!(world.stored(&file).await, Some(bytes));
    })
    .await;
}
