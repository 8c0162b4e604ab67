//! A forest of extremely randomised trees (Geurts 2006) that tells which labels a case has, for measuring only.
//!
//! Deterministic: the dice of a tree depend on its number alone.

use std::thread;

/// How a forest is grown.
pub struct Options {
    pub trees: usize,
    /// Which share of the features that differ is tried at each split, 0 to 1.
    pub tried: f64,
}

/// A grown forest.
pub struct Forest {
    trees: Vec<Vec<Node>>,
    labels: usize,
    weights: Vec<f64>,
}

enum Node {
    Split {
        feature: usize,
        threshold: f32,
        below: usize,
        above: usize,
    },
    /// Labels and the share of cases that have them.
    Leaf(Vec<(usize, f64)>),
}

impl Forest {
    /// Grows trees on cases given by their features, all equally many, and their labels, below `labels`.
    pub fn grow(cases: &[Vec<f32>], has: &[Vec<usize>], labels: usize, options: &Options) -> Self {
        let width = cases.first().map_or(0, Vec::len);
        let column =
            |feature| cases.iter().map(|case| case.get(feature).copied().unwrap_or_default()).collect();
        let table = Table { columns: (0..width).map(column).collect(), has, labels };
        let table = &table;
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let mut trees: Vec<(usize, Tree)> = thread::scope(|scope| {
            let workers: Vec<_> = (0..threads)
                .map(|worker| {
                    scope.spawn(move || {
                        (worker..options.trees)
                            .step_by(threads)
                            .map(|number| (number, grow(table, options.tried, number)))
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
        });
        trees.sort_by_key(|(number, _)| *number);
        let mut weights = vec![0.0; width];
        for (feature, gain) in trees.iter().flat_map(|(_, tree)| &tree.gains) {
            if let Some(weight) = weights.get_mut(*feature) {
                *weight += gain;
            }
        }
        Self { trees: trees.into_iter().map(|(_, tree)| tree.nodes).collect(), labels, weights }
    }

    /// Returns how much each feature helped to tell labels apart; only proportions matter.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Returns for each label how likely the case has it, 0 to 1.
    pub fn probabilities(&self, case: &[f32]) -> Vec<f64> {
        let mut sums = vec![0.0; self.labels];
        for tree in &self.trees {
            let mut place = 0;
            loop {
                match tree.get(place) {
                    Some(Node::Split { feature, threshold, below, above }) => {
                        let value = case.get(*feature).copied().unwrap_or_default();
                        place = if value <= *threshold { *below } else { *above };
                    }
                    Some(Node::Leaf(shares)) => {
                        for (label, share) in shares {
                            if let Some(sum) = sums.get_mut(*label) {
                                *sum += share;
                            }
                        }
                        break;
                    }
                    None => break,
                }
            }
        }
        let trees = self.trees.len().max(1) as f64;
        sums.into_iter().map(|sum| sum / trees).collect()
    }
}

/// Dice: SplitMix64 (Steele 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }
}

/// A grown tree, and what each split gained.
struct Tree {
    nodes: Vec<Node>,
    gains: Vec<(usize, f64)>,
}

/// Features by column, so that one feature of many cases lies together.
struct Table<'a> {
    columns: Vec<Vec<f32>>,
    has: &'a [Vec<usize>],
    labels: usize,
}

impl Table<'_> {
    fn value(column: &[f32], case: usize) -> f32 {
        column.get(case).copied().unwrap_or_default()
    }

    /// Adds up into `counts` how many of the members have each label, and returns how many members there are.
    fn count(&self, members: impl Iterator<Item = usize>, counts: &mut [f64]) -> f64 {
        counts.fill(0.0);
        let mut size = 0.0;
        for case in members {
            size += 1.0;
            for label in self.has.get(case).into_iter().flatten() {
                if let Some(count) = counts.get_mut(*label) {
                    *count += 1.0;
                }
            }
        }
        size
    }
}

fn grow(table: &Table<'_>, tried: f64, number: usize) -> Tree {
    let mut dice = Dice(number as u64);
    let differ = |column: &Vec<f32>| column.iter().any(|value| Some(value) != column.first());
    let numbered = table.columns.iter().enumerate();
    let features: Vec<usize> = numbered.filter(|(_, column)| differ(column)).map(|(n, _)| n).collect();
    let most = ((features.len() as f64 * tried) as usize).max(1);
    let all: Vec<usize> = (0..table.has.len()).collect();
    let mut nodes = vec![Node::Leaf(Vec::new())];
    let mut gains = Vec::new();
    let mut open = vec![(0, all, features)];
    let (mut counts, mut part) = (vec![0.0; table.labels], vec![0.0; table.labels]);
    while let Some((place, members, mut features)) = open.pop() {
        let size = table.count(members.iter().copied(), &mut counts);
        let pure = counts.iter().all(|count| *count == 0.0 || *count == size);
        let mut best: Option<(f64, usize, f32)> = None;
        let mut draws = 0;
        // Drawn features are moved behind `left`; those that do not differ here are dropped and never come back below.
        let mut left = features.len();
        while !pure && left > 0 && draws < most {
            let drawn = dice.below(left);
            left -= 1;
            features.swap(drawn, left);
            let Some((feature, column)) = features.get(left).and_then(|n| Some((*n, table.columns.get(*n)?)))
            else {
                break;
            };
            let (low, high) = members.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), case| {
                let value = Table::value(column, *case);
                (low.min(value), high.max(value))
            });
            if low >= high {
                features.swap_remove(left);
                continue;
            }
            draws += 1;
            let threshold = (low + dice.share() * (high - low)).min(high - (high - low) * 1e-4);
            let below = members.iter().copied().filter(|case| Table::value(column, *case) <= threshold);
            let n = table.count(below, &mut part);
            let gain: f64 = part
                .iter()
                .zip(&counts)
                .map(|(part, all)| part * part / n + (all - part) * (all - part) / (size - n))
                .sum();
            if n > 0.0 && n < size && best.is_none_or(|(highest, _, _)| gain > highest) {
                best = Some((gain, feature, threshold));
            }
        }
        let node = match best.and_then(|(gain, feature, threshold)| {
            Some((gain, feature, threshold, table.columns.get(feature)?))
        }) {
            Some((gain, feature, threshold, column)) => {
                gains.push((feature, gain - counts.iter().map(|count| count * count / size).sum::<f64>()));
                let (below, above): (Vec<usize>, Vec<usize>) =
                    members.iter().partition(|case| Table::value(column, **case) <= threshold);
                let first = nodes.len();
                nodes.extend([Node::Leaf(Vec::new()), Node::Leaf(Vec::new())]);
                open.push((first, below, features.clone()));
                open.push((first + 1, above, features));
                Node::Split { feature, threshold, below: first, above: first + 1 }
            }
            None => {
                let shares = counts.iter().enumerate().filter(|(_, count)| **count > 0.0);
                Node::Leaf(shares.map(|(label, count)| (label, count / size)).collect())
            }
        };
        if let Some(of) = nodes.get_mut(place) {
            *of = node;
        }
    }
    Tree { nodes, gains }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forest_learns_a_rule_of_two_features_and_grows_the_same_twice() {
        let cases: Vec<Vec<f32>> =
            (0..64).map(|n| (0..6).map(|bit| ((n >> bit) & 1) as f32).collect()).collect();
        let has: Vec<Vec<usize>> = cases
            .iter()
            .map(|case| if case[0] == 1.0 && case[3] == 1.0 { vec![1] } else { vec![0] })
            .collect();
        let options = Options { trees: 20, tried: 0.5 };
        let forest = Forest::grow(&cases, &has, 2, &options);
        for (case, has) in cases.iter().zip(&has) {
            let p = forest.probabilities(case);
            assert!((p[has[0]] - 1.0).abs() < 1e-9);
        }
        let again = Forest::grow(&cases, &has, 2, &options);
        let unseen = [0.5; 6];
        assert_eq!(forest.probabilities(&unseen), again.probabilities(&unseen));
    }
}
