//! Long runs of zeroes in bytes that come in pieces.

/// Fewer zeroes are not told: writers have their oddities.
pub const LEAST: u64 = 64;

/// So many zeroes are nowhere in a stream of units, be it between them.
pub const BLOCKS: u64 = 8192;

/// Bytes between two words that are looked at: one of them is in every long run.
const STEP: usize = 32;

/// Finds runs of [`LEAST`] zeroes and more.
#[derive(Default)]
pub struct Runs {
    /// How many zeroes what came so far ends with.
    open: u64,
}

impl Runs {
    /// Takes the next bytes, and gives the runs that another byte ended in
    /// them: where behind the first of `piece`, and how many zeroes.
    pub fn update(&mut self, piece: &[u8]) -> Vec<(u64, u64)> {
        let mut runs = Vec::new();
        let mut ended = |end: usize, zeroes: u64| {
            if zeroes >= LEAST {
                runs.push((end as u64, zeroes));
            }
        };
        let leading = zeroes(piece);
        let open = self.open + leading as u64;
        if leading == piece.len() {
            self.open = open;
            return runs;
        }
        ended(leading, open);
        let trailing = piece.iter().rev().take_while(|b| **b == 0).count();
        self.open = trailing as u64;
        let inner = piece.get(..piece.len() - trailing).unwrap_or_default();
        let mut at = leading;
        while let Some(word) = inner.get(at..at + 8) {
            if word != [0; 8] {
                at += STEP;
                continue;
            }
            let (before, behind) = inner.split_at(at);
            let before = before.iter().rev().take_while(|b| **b == 0).count();
            let behind = zeroes(behind);
            at += behind;
            ended(at, (before + behind) as u64);
        }
        runs
    }
}

fn zeroes(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| **b == 0).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_in_any_pieces() {
        let mut bytes = vec![7; 1000];
        for (from, to) in [(0, 64), (100, 163), (200, 264), (300, 700), (900, 1000)] {
            bytes[from..to].fill(0);
        }
        for size in [1, 7, 31, 64, 333, 1000] {
            let mut runs = Runs::default();
            let mut found = Vec::new();
            for (n, piece) in bytes.chunks(size).enumerate() {
                let behind = |(end, zeroes)| (end + (n * size) as u64, zeroes);
                found.extend(runs.update(piece).into_iter().map(behind));
            }
            assert_eq!(found, [(64, 64), (264, 64), (700, 400)], "{size}");
        }
    }
}
