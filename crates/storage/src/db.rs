//! The database, whichever it is: opened, brought up to date, read and changed.

use std::{str::FromStr, time::Duration};

use futures::{StreamExt, stream, stream::BoxStream};
use sqlx::{
    ConnectOptions, PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    error::{Result, StorageError},
    event,
    history::chain,
    title,
};

/// The database. Cheap to clone; all clones share their connections.
#[derive(Clone, Debug)]
pub struct Db {
    pools: Pools,
}

/// Readers beside writers: SQLite takes one writer at a time, and a reader that writes is a mistake on both.
#[derive(Clone, Debug)]
enum Pools {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Pg { writers: PgPool, readers: PgPool },
}

/// How many connections a process keeps.
#[derive(Clone, Debug)]
pub struct Options {
    /// Connections that read.
    pub readers: u32,
    /// Connections that change something; PostgreSQL only, SQLite has one.
    pub writers: u32,
    /// How long to wait for a free connection, or for another writer.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { readers: 8, writers: 8, patience: Duration::from_secs(10) }
    }
}

/// One open connection: to read, or inside a transaction that changes something.
pub struct Conn {
    pub(crate) face: Face,
    /// Requests that changed in this transaction: told to the watchers when it is committed.
    pub(crate) told: Vec<event::Told>,
    /// Entries of history written in this transaction: linked to the chain when it is committed.
    pub(crate) written: Vec<chain::Written>,
    pub(crate) bell: Bell,
}

/// Whether other servers are woken when the transaction is committed, and who of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bell {
    Quiet,
    /// The workers: a job waits.
    Calls,
    /// Everybody: something has changed.
    Rings,
}

/// What wakes another server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WakeUp {
    /// A job may wait.
    Job,
    /// Anything may have happened.
    Anything,
}

/// Which engine a connection speaks to, and whether it is inside a transaction.
pub(crate) enum Face {
    Sqlite(PoolConnection<Sqlite>),
    Pg(PoolConnection<Postgres>),
    SqliteWork(Transaction<'static, Sqlite>),
    PgWork(Transaction<'static, Postgres>),
}

/// Runs the same expression on whichever engine it is. Every arm is type-checked.
macro_rules! on {
    ($conn:expr, |$c:ident| $run:expr) => {
        match &mut $conn.face {
            $crate::db::Face::Sqlite(it) => {
                let $c = &mut **it;
                $run
            }
            $crate::db::Face::Pg(it) => {
                let $c = &mut **it;
                $run
            }
            $crate::db::Face::SqliteWork(it) => {
                let $c = &mut **it;
                $run
            }
            $crate::db::Face::PgWork(it) => {
                let $c = &mut **it;
                $run
            }
        }
    };
}

/// Reads one row; one that cannot be read is reported with its table, id and column.
macro_rules! read {
    ($table:literal, $row:expr) => {
        sqlx::FromRow::from_row($row).map_err(|error| {
            $crate::StorageError::unreadable($table, sqlx::Row::try_get($row, "id").ok(), error)
        })
    };
}

/// The row that a query finds, if it finds one.
macro_rules! find {
    ($conn:expr, $table:literal, $sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::db::on!($conn, |c| match sqlx::query($sql)$(.bind($bind))*.fetch_optional(c).await {
            Ok(row) => row.as_ref().map(|row| $crate::db::read!($table, row)).transpose(),
            Err(error) => Err($crate::StorageError::from(error)),
        })
    };
}

/// Every row that a query finds.
macro_rules! list {
    ($conn:expr, $table:literal, $sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::db::on!($conn, |c| match sqlx::query($sql)$(.bind($bind))*.fetch_all(c).await {
            Ok(rows) => rows.iter().map(|row| $crate::db::read!($table, row)).collect::<$crate::Result<Vec<_>>>(),
            Err(error) => Err($crate::StorageError::from(error)),
        })
    };
}

/// How many rows a change has changed.
macro_rules! change {
    ($conn:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::db::on!($conn, |c| sqlx::query($sql)$(.bind($bind))*.execute(c).await
            .map(|done| done.rows_affected())
            .map_err($crate::StorageError::from))
    };
}

/// Every row of a query put together for so many ids; its places are `$1` and on.
macro_rules! list_among {
    ($conn:expr, $table:literal, $sql:expr, $ids:expr) => {
        $crate::db::on!($conn, |c| {
            let query = $ids
                .iter()
                .fold(sqlx::query(sqlx::AssertSqlSafe($sql)), |query, id| query.bind(Col(*id)));
            match query.fetch_all(c).await {
                Ok(rows) => rows
                    .iter()
                    .map(|row| $crate::db::read!($table, row))
                    .collect::<$crate::Result<Vec<_>>>(),
                Err(error) => Err($crate::StorageError::from(error)),
            }
        })
    };
}

pub(crate) use {change, find, list, list_among, on, read};

/// `$1, $2, …`: so many places for values.
pub(crate) fn places(count: usize) -> String {
    (1..=count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

/// Whether exactly the row that was expected has changed.
pub(crate) fn ensure_changed(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(StorageError::MovedOn) }
}

impl Db {
    /// Opens `sqlite:PATH` (made if it is not there) or `postgres://…`.
    pub async fn open(url: &str, options: &Options) -> Result<Self> {
        let pools = match url.split_once(':') {
            Some(("sqlite", _)) => open_sqlite(url, options).await?,
            Some(("postgres" | "postgresql", _)) => open_pg(url, options).await?,
            Some(_) | None => {
                return Err(StorageError::Setting(
                    "The database URL begins with sqlite: or postgres:".into(),
                ));
            }
        };
        Ok(Self { pools })
    }

    /// Brings the schema up to date, and what stands in it.
    pub async fn migrate(&self) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => {
                sqlx::migrate!("../../migrations/sqlite").run(writer).await?
            }
            Pools::Pg { writers, .. } => {
                sqlx::migrate!("../../migrations/postgres").run(writers).await?
            }
        }
        chain::begin(self).await?;
        title::begin(self).await
    }

    /// A connection that reads, and is refused when it writes.
    pub async fn read(&self) -> Result<Conn> {
        Ok(Conn::new(match &self.pools {
            Pools::Sqlite { readers, .. } => Face::Sqlite(readers.acquire().await?),
            Pools::Pg { readers, .. } => Face::Pg(readers.acquire().await?),
        }))
    }

    /// A transaction that changes something: all of it by [`Conn::commit`], nothing when dropped.
    pub async fn begin(&self) -> Result<Conn> {
        Ok(Conn::new(match &self.pools {
            // Without IMMEDIATE, a reader that turns writer fails at once when another wrote meanwhile.
            Pools::Sqlite { writer, .. } => {
                Face::SqliteWork(writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            Pools::Pg { writers, .. } => Face::PgWork(writers.begin().await?),
        }))
    }

    /// Whether several servers may share this database.
    pub fn is_postgres(&self) -> bool {
        match &self.pools {
            Pools::Sqlite { .. } => false,
            Pools::Pg { .. } => true,
        }
    }

    /// Wake-ups by other servers on the same database; `None` on SQLite, where nobody is woken.
    /// A wake-up says that something may have happened: look into the tables. Some come without a cause.
    pub async fn listen(&self) -> Result<Option<BoxStream<'static, WakeUp>>> {
        let Pools::Pg { readers, .. } = &self.pools else { return Ok(None) };
        let mut listener = PgListener::connect_with(readers).await?;
        listener.listen_all([event::CHANNEL, event::CALLS]).await?;
        Ok(Some(stream::unfold(listener, heard).boxed()))
    }

    /// Finishes what is running and closes all connections.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Pg { writers, readers } => {
                readers.close().await;
                writers.close().await;
            }
        }
    }
}

/// How long to wait before the connection that listens is tried again.
const RECONNECT: Duration = Duration::from_secs(1);

async fn heard(mut listener: PgListener) -> Option<(WakeUp, PgListener)> {
    let wake_up = match listener.try_recv().await {
        Ok(Some(said)) if said.channel() == event::CALLS => WakeUp::Job,
        // `None` means that the connection was lost, and wake-ups perhaps with it: that is a wake-up too.
        Ok(_) => WakeUp::Anything,
        Err(error) => {
            tracing::warn!(%error, "The connection that listens for changes of other servers is lost.");
            tokio::time::sleep(RECONNECT).await;
            WakeUp::Anything
        }
    };
    Some((wake_up, listener))
}

async fn open_sqlite(url: &str, options: &Options) -> Result<Pools> {
    let connect = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .busy_timeout(options.patience)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL, not NORMAL: both survive a killed process, but only FULL also keeps what was acknowledged
        // when the power fails. It costs one fsync per transaction, beside which an upload does its own.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("cache_size", "-65536")
        .pragma("mmap_size", "1073741824")
        .pragma("temp_store", "memory")
        .statement_cache_capacity(256)
        .disable_statement_logging();
    let pool =
        |most| SqlitePoolOptions::new().max_connections(most).acquire_timeout(options.patience);
    // The writer first: it makes the file that the readers open.
    let writer = pool(1).connect_with(connect.clone().optimize_on_close(true, None)).await?;
    let readers = pool(options.readers).connect_with(connect.read_only(true)).await?;
    Ok(Pools::Sqlite { writer, readers })
}

async fn open_pg(url: &str, options: &Options) -> Result<Pools> {
    let connect = PgConnectOptions::from_str(url)?
        .application_name("reelgate")
        // Compiling a query takes longer than any of ours runs.
        .options([("jit", "off")])
        .disable_statement_logging();
    let read_only = connect.clone().options([("default_transaction_read_only", "on")]);
    let pool = |most| PgPoolOptions::new().max_connections(most).acquire_timeout(options.patience);
    let writers = pool(options.writers).connect_with(connect).await?;
    let readers = pool(options.readers).connect_with(read_only).await?;
    Ok(Pools::Pg { writers, readers })
}

impl Conn {
    fn new(face: Face) -> Self {
        Self { face, told: Vec::new(), written: Vec::new(), bell: Bell::Quiet }
    }

    /// Which engine this is.
    pub(crate) fn is_postgres(&self) -> bool {
        match self.face {
            Face::Sqlite(_) | Face::SqliteWork(_) => false,
            Face::Pg(_) | Face::PgWork(_) => true,
        }
    }

    /// Keeps all that was changed, tells the watchers of the changed requests, wakes the other servers, and
    /// links the new history to the old.
    pub async fn commit(mut self) -> Result<()> {
        event::write_told(&mut self).await?;
        chain::link_written(&mut self).await?;
        match self.face {
            Face::SqliteWork(work) => work.commit().await?,
            Face::PgWork(work) => work.commit().await?,
            Face::Sqlite(_) | Face::Pg(_) => {}
        }
        Ok(())
    }
}
