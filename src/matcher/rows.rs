//! A sparse matrix by rows, laid out in one piece: what each dimension has.

/// The items of each dimension.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows<T> {
    /// Where the row of each dimension starts; one more at the end.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Default> Rows<T> {
    /// Lays out items with their dimension, of which there are `dimensions`. `items` yields
    /// the same ones each time it is called; within a row they keep their order.
    pub(super) fn new<I>(items: impl Fn() -> I, dimensions: usize) -> Self
    where
        I: Iterator<Item = (u32, T)>,
    {
        let mut starts = vec![0_u32; dimensions + 1];
        for (dimension, _) in items() {
            if let Some(count) = starts.get_mut(dimension as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut free = starts.clone();
        let mut laid = vec![T::default(); sum as usize];
        for (dimension, item) in items() {
            let Some(at) = free.get_mut(dimension as usize) else {
                continue;
            };
            if let Some(place) = laid.get_mut(*at as usize) {
                *place = item;
            }
            *at += 1;
        }
        Self {
            starts,
            items: laid,
        }
    }

    /// The row of a dimension; empty where there is no such dimension.
    pub(super) fn row(&self, dimension: u32) -> &[T] {
        let at = dimension as usize;
        let (Some(&start), Some(&end)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return &[];
        };
        let row = self.items.get(start as usize..end as usize);
        row.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_in_their_rows_in_the_order_they_came() {
        let items = [(2, 'a'), (0, 'b'), (2, 'c')];
        let rows = Rows::new(|| items.into_iter(), 3);
        for (dimension, row) in [(0, "b"), (1, ""), (2, "ac"), (3, "")] {
            let found: String = rows.row(dimension).iter().collect();
            assert_eq!(found, row, "{dimension}");
        }
    }
}
