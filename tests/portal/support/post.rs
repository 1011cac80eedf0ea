//! A small mail server: takes letters, or says why it does not.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What the server says to the next recipient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Manner {
    Takes,
    /// Not now: 451.
    Busy,
    /// Not for a portal that it does not know: 530.
    LocksOut,
    /// Never: 550.
    Refuses,
}

/// A mail server on this machine, and what it was handed.
#[derive(Clone)]
pub struct PostOffice {
    pub url: String,
    letters: Arc<Mutex<Vec<Mail>>>,
    manner: Arc<Mutex<Manner>>,
}

/// A letter as it went over the wire.
#[derive(Clone, Debug)]
pub struct Mail {
    pub to: String,
    /// Each header in one line.
    pub head: Vec<String>,
    /// What stands under the head, decoded.
    pub body: String,
}

impl PostOffice {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let office = Self {
            url: format!("smtp://{}", listener.local_addr().unwrap()),
            letters: Arc::default(),
            manner: Arc::new(Mutex::new(Manner::Takes)),
        };
        let counter = office.clone();
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                tokio::spawn(counter.clone().serve(line));
            }
        });
        office
    }

    /// The flags that make a portal send its letters here.
    pub fn flags(&self) -> Vec<&str> {
        let sender = "Reelgate <portal@meridian.example>";
        let public = "https://portal.example";
        vec!["--smtp-url", &self.url, "--smtp-from", sender, "--public-url", public]
    }

    pub fn be(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    /// The letters that have come since this was last asked.
    pub fn collect(&self) -> Vec<Mail> {
        std::mem::take(&mut *self.letters.lock().unwrap())
    }

    async fn serve(self, mut line: TcpStream) {
        let (read, mut write) = line.split();
        let mut lines = BufReader::new(read).lines();
        let mut to = String::new();
        write.write_all(b"220 post.example ESMTP\r\n").await.unwrap();
        while let Ok(Some(said)) = lines.next_line().await {
            let manner = *self.manner.lock().unwrap();
            let answer = match said.split([' ', ':']).next().unwrap() {
                "RCPT" if manner == Manner::Busy => "451 Later",
                "RCPT" if manner == Manner::LocksOut => "530 Authentication required",
                "RCPT" if manner == Manner::Refuses => "550 Nobody of that name",
                "RCPT" => {
                    to = said.split(['<', '>']).nth(1).unwrap().to_owned();
                    "250 Fine"
                }
                "DATA" => {
                    write.write_all(b"354 Go on\r\n").await.unwrap();
                    let mut text = Vec::new();
                    while let Ok(Some(piece)) = lines.next_line().await {
                        if piece == "." {
                            break;
                        }
                        text.push(piece.strip_prefix('.').unwrap_or(&piece).to_owned());
                    }
                    self.letters.lock().unwrap().push(Mail::read(&to, &text));
                    "250 Taken"
                }
                "QUIT" => "221 Bye",
                _ => "250 Fine",
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        }
    }
}

impl Mail {
    fn read(to: &str, text: &[String]) -> Self {
        let end = text.iter().position(String::is_empty).unwrap();
        let mut head: Vec<String> = Vec::new();
        for line in &text[..end] {
            match (line.strip_prefix(' '), head.last_mut()) {
                (Some(more), Some(last)) => *last = format!("{last} {more}"),
                (_, _) => head.push(line.clone()),
            }
        }
        Self { to: to.to_owned(), head, body: decoded(&text[end..].join("\n")) }
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.head.iter().find_map(|it| it.strip_prefix(name)?.strip_prefix(": "));
        value.unwrap_or_default()
    }

    /// The first address in it that begins like this.
    pub fn link(&self, beginning: &str) -> String {
        let at =
            self.body.find(beginning).unwrap_or_else(|| panic!("{beginning} in {}", self.body));
        let end = self.body[at..].find(|c: char| c.is_whitespace() || c == '"').unwrap();
        self.body[at..at + end].to_owned()
    }
}

/// Quoted-printable, as letters are wrapped for the way.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let escape = (*first == b'=').then(|| rest.split_at_checked(2)).flatten();
        let code = escape.and_then(|(code, _)| std::str::from_utf8(code).ok());
        match (code.and_then(|it| u8::from_str_radix(it, 16).ok()), *first, rest.first()) {
            (Some(byte), _, _) => {
                bytes.push(byte);
                rest = &rest[2..];
            }
            (None, b'=', Some(b'\n')) => rest = &rest[1..],
            (None, byte, _) => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap()
}
