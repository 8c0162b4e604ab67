/// Chance from a seed (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub fn percent(&mut self, p: usize) -> bool {
        self.below(100) < p
    }

    pub fn mille(&mut self, p: usize) -> bool {
        self.below(1_000) < p
    }

    pub fn one_of<T: Copy>(&mut self, choices: Vec<T>) -> Option<T> {
        choices.get(self.below(choices.len())).copied()
    }

    /// Cuts a queue somewhere, as a broken line does; returns how much of it is gone.
    pub fn cut<T>(&mut self, queue: &mut std::collections::VecDeque<T>) -> usize {
        let before = queue.len();
        queue.truncate(self.below(before + 1));
        before - queue.len()
    }
}
