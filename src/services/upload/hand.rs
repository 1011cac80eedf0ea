//! Work that is done in order, beside everything else.

use std::{
    io::{Error, Result},
    sync::LazyLock,
    thread::available_parallelism,
};

use tokio::{
    sync::{Semaphore, mpsc, oneshot},
    task::{JoinHandle, spawn_blocking},
};

/// So many hands work at once, in all uploads of this process. More than the processor has would only cost a
/// thread and its memory each.
static AT_WORK: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = available_parallelism().map_or(1, |it| it.get());
    Semaphore::new(cores.max(4))
});
/// So many orders wait for a hand; whoever gives another one waits as well.
const WAITING: usize = 2;

type Order<T> = Box<dyn FnOnce(&mut T) -> Result<()> + Send>;

/// Keeps something and changes it as it is ordered to, one order after the other, where blocking is allowed.
pub struct Hand<T> {
    orders: Option<mpsc::Sender<Order<T>>>,
    work: JoinHandle<Result<()>>,
}

impl<T: Clone + Send + 'static> Hand<T> {
    pub fn new(kept: T) -> Self {
        let (orders, waiting) = mpsc::channel(WAITING);
        Self { orders: Some(orders), work: tokio::spawn(work(kept, waiting)) }
    }

    /// Has `order` done after all before it. The error of an order before it comes out here.
    pub async fn order(
        &mut self,
        order: impl FnOnce(&mut T) -> Result<()> + Send + 'static,
    ) -> Result<()> {
        let Some(orders) = &self.orders else { return Err(Error::other("the hand is at rest")) };
        match orders.send(Box::new(order)).await {
            Ok(()) => Ok(()),
            Err(_closed) => Err(self.rest().await.err().unwrap_or_else(|| Error::other("no hand"))),
        }
    }

    /// What is kept, as it will be when everything ordered so far is done, `last` included.
    pub async fn show(
        &mut self,
        last: impl FnOnce(&mut T) -> Result<()> + Send + 'static,
    ) -> Result<oneshot::Receiver<T>> {
        let (shown, seen) = oneshot::channel();
        self.order(move |kept| {
            last(kept)?;
            // Whoever asked may have given up since.
            let _ = shown.send(kept.clone());
            Ok(())
        })
        .await?;
        Ok(seen)
    }

    /// Takes no more orders, and waits until those given are done or one has failed.
    pub async fn rest(&mut self) -> Result<()> {
        if self.orders.take().is_none() {
            return Ok(());
        }
        (&mut self.work).await?
    }
}

async fn work<T: Send + 'static>(mut kept: T, mut orders: mpsc::Receiver<Order<T>>) -> Result<()> {
    while let Some(order) = orders.recv().await {
        let _turn = AT_WORK.acquire().await.map_err(Error::other)?;
        kept = spawn_blocking(move || order(&mut kept).map(|()| kept)).await??;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn orders_are_carried_out_in_order() {
        let mut hand = Hand::new(Vec::new());
        for number in 0..10 {
            hand.order(move |kept| {
                kept.push(number);
                Ok(())
            })
            .await
            .unwrap();
        }
        let early = hand.show(|_| Ok(())).await.unwrap();
        hand.order(|kept| {
            kept.push(99);
            Ok(())
        })
        .await
        .unwrap();
        assert_eq!(early.await.unwrap(), (0..10).collect::<Vec<_>>());
        hand.rest().await.unwrap();
    }

    #[tokio::test]
    async fn after_a_failure_nothing_more_is_done_and_the_failure_is_told() {
        let mut hand = Hand::new(0);
        hand.order(|_| Err(Error::other("full"))).await.unwrap();
        let error = loop {
            // Taken as long as the failure is not known yet, and never done.
            let adding = hand.order(|kept| {
                *kept += 1;
                Ok(())
            });
            if let Err(error) = adding.await {
                break error;
            }
        };
        assert_eq!(error.to_string(), "full");
        assert!(hand.show(|_| Ok(())).await.is_err());
    }
}
