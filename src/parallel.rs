//! Work shared among the cores of the machine, with the same results on any number of them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{ScopedJoinHandle, available_parallelism};

/// How many threads the machine runs at once.
fn threads() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// One part of some items for each thread.
pub(crate) fn one_each<T>(items: &[T]) -> Vec<&[T]> {
    items
        .chunks(items.len().div_ceil(threads()).max(1))
        .collect()
}

/// The results of two pieces of work, done side by side.
pub(crate) fn both<A: Send, B>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (joined(one), other)
    })
}

/// Results of `work` over `items`, in their order, on as many threads as the machine
/// runs at once. Threads take the next item as they come free.
pub(crate) fn in_parallel<T: Copy + Sync, R: Send>(
    items: &[T],
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    in_parallel_with(items, || (), |(), item| work(item))
}

/// The same, where each thread works with a tool of its own.
pub(crate) fn in_parallel_with<T: Copy + Sync, W, R: Send>(
    items: &[T],
    tool: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let threads = threads().min(items.len());
    let take = |tool: &mut W| {
        let at = next.fetch_add(1, Ordering::Relaxed);
        items.get(at).map(|&item| (at, work(tool, item)))
    };
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let worker = || {
            let mut tool = tool();
            std::iter::from_fn(|| take(&mut tool)).collect::<Vec<_>>()
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(joined).collect()
    });
    results.sort_by_key(|&(at, _)| at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// What a thread gives; where it panicked, so does this one.
fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    let result = thread.join();
    result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        let counted = in_parallel_with(
            &items,
            || 0,
            |done, item| {
                *done += 1;
                (item, *done)
            },
        );
        assert!(counted.iter().map(|(item, _)| *item).eq(0..100));
        assert!(counted.iter().all(|(_, done)| (1..=100).contains(done)));
        assert!(in_parallel(&[0_u8; 0], |item| item).is_empty());
        assert_eq!(both(|| 1, || "two"), (1, "two"));
    }
}
