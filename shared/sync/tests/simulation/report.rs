//! What happened under one seed, or under many.

use super::Fault;
use std::fmt;

/// Counts of what happened.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    pub seeds: usize,
    pub steps: usize,
    pub device_kills: usize,
    pub server_kills: usize,
    pub cuts: usize,
    pub partitions: usize,
    pub frames: usize,
    pub lost: usize,
    pub doubled: usize,
    pub swapped: usize,
    /// Writes and commits that a kill took before they were synced; nobody was told that they were safe.
    pub unsynced: usize,
    pub saved: usize,
    /// Saved writes that the server had acknowledged before the last fault.
    pub in_the_storm: usize,
    pub acknowledged: usize,
    pub pries: usize,
    /// Of every frame that arrived, so that two runs of a seed can be compared.
    pub digest: u64,
}

impl Report {
    pub fn add(&mut self, other: &Self) {
        self.seeds += other.seeds;
        self.steps += other.steps;
        self.device_kills += other.device_kills;
        self.server_kills += other.server_kills;
        self.cuts += other.cuts;
        self.partitions += other.partitions;
        self.frames += other.frames;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.swapped += other.swapped;
        self.unsynced += other.unsynced;
        self.saved += other.saved;
        self.in_the_storm += other.in_the_storm;
        self.acknowledged += other.acknowledged;
        self.pries += other.pries;
        self.digest ^= other.digest;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} seeds, {} steps", self.seeds, self.steps)?;
        writeln!(f, "kills: {} of devices, {} of the server", self.device_kills, self.server_kills)?;
        writeln!(f, "network: {} connections cut, {} partitions", self.cuts, self.partitions)?;
        writeln!(
            f,
            "frames: {} delivered, {} lost, {} doubled, {} swapped",
            self.frames, self.lost, self.doubled, self.swapped
        )?;
        writeln!(f, "forgotten before they were synced: {} writes and commits", self.unsynced)?;
        writeln!(f, "attempts at denied documents: {}, 0 seen", self.pries)?;
        writeln!(
            f,
            "changes: {} saved on a device, {} acknowledged ({} of them amid the faults), 0 lost",
            self.saved, self.acknowledged, self.in_the_storm
        )?;
        write!(f, "digest: {:016x}", self.digest)
    }
}

/// How much of the story a failure shows.
const SHOWN: usize = 10;

/// Says under which seed and why a world broke, and how it got there.
#[derive(Debug)]
pub struct Failure {
    pub seed: u64,
    pub fault: Fault,
    pub step: usize,
    pub wrong: String,
    /// Everything that happened; only the end is shown.
    pub story: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {} fails after step {}: {}", self.seed, self.step, self.wrong)?;
        for line in self.story.iter().skip(self.story.len().saturating_sub(SHOWN)) {
            writeln!(f, "  {line}")?;
        }
        write!(f, "again: cargo run -p sync --example simulation -- --seed {}", self.seed)?;
        match self.fault {
            Fault::None => Ok(()),
            fault => write!(f, " --fault {fault}"),
        }
    }
}
