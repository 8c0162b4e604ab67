//! Devices, a server, and what is between them.

use super::Fault;
use super::device::Device;
use super::dice::Dice;
use super::report::Report;
use super::server::Server;
use super::verdict;
use super::wire::{Weather, Wire};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher};

/// Frames that are delivered at once, at most; news that a socket hears at once.
const BURST: usize = 4;

pub struct World {
    pub(super) dice: Dice,
    pub(super) weather: Weather,
    pub server: Server,
    pub devices: Vec<Device>,
    /// By the number of the connection. One that a device left stays until the server notices.
    pub(super) wires: BTreeMap<u64, Wire>,
    pub(super) connections: u64,
    /// Devices without a line: nothing arrives, nothing is lost, nobody is told.
    pub(super) parted: Vec<bool>,
    /// How many documents each team has.
    pub documents: usize,
    pub(super) written: i64,
    pub(super) digest: DefaultHasher,
    pub report: Report,
    pub story: Vec<String>,
}

impl World {
    pub fn new(seed: u64, fault: Fault) -> Self {
        let mut dice = Dice::new(seed);
        let weather = Weather::draw(&mut dice);
        let team = 1 + dice.below(3);
        let others = 1 + dice.below(2);
        let number = |n| Device::new(n, usize::from(n >= team), fault);
        Self {
            weather,
            server: Server::new(fault),
            devices: (0..team + others).map(number).collect(),
            wires: BTreeMap::new(),
            connections: 0,
            parted: vec![false; team + others],
            documents: 1 + dice.below(6),
            written: 0,
            digest: DefaultHasher::new(),
            report: Report { seeds: 1, ..Report::default() },
            story: vec![format!("{team} devices and {others} of another team; {weather:?}")],
            dice,
        }
    }

    /// Lets everything go wrong, then heals it and judges.
    pub fn live(&mut self) -> Result<(), String> {
        let steps = 100 + self.dice.below(300);
        for _ in 0..steps {
            self.report.steps += 1;
            self.misfortune()?;
            self.step()?;
        }
        self.report.in_the_storm = verdict::acknowledged(self);
        self.heal()?;
        verdict::judge(self)?;
        self.report.saved = self.devices.iter().map(|device| device.saved.len()).sum();
        self.report.acknowledged = verdict::acknowledged(self);
        self.report.digest = self.digest.finish();
        Ok(())
    }

    fn misfortune(&mut self) -> Result<(), String> {
        let n = self.dice.below(self.devices.len());
        if self.dice.mille(self.weather.cut) {
            self.cut(n)?;
        }
        if self.dice.mille(self.weather.kill_device) {
            self.kill_device(n);
        }
        if self.dice.mille(self.weather.kill_server) {
            self.kill_server();
        }
        if self.dice.mille(self.weather.part) {
            // Any set of devices loses its line, often all: then it is the server's.
            let all = self.dice.percent(30);
            self.parted = self.parted.iter().map(|_| all || self.dice.percent(40)).collect();
            self.report.partitions += 1;
            self.tell(format!("without a line: {:?}", self.parted));
        } else if self.dice.percent(15) {
            self.parted.fill(false);
        }
        Ok(())
    }

    /// One thing happens, each in its own time: nobody waits for anybody.
    fn step(&mut self) -> Result<(), String> {
        let n = self.dice.below(self.devices.len());
        let burst = 1 + self.dice.below(BURST);
        match self.dice.below(100) {
            0..15 => self.open(n),
            15..25 => {
                self.write(n);
                Ok(())
            }
            25..38 => (0..burst).try_for_each(|_| self.sync_device(n)),
            38..48 => {
                self.server.sync_disk();
                Ok(())
            }
            48..60 => {
                if let Some(socket) = self.dice.one_of(self.server.listening()) {
                    (0..burst).for_each(|_| self.server.hear(socket));
                    self.spread();
                }
                Ok(())
            }
            60..98 => {
                let up = self.dice.percent(50);
                let live =
                    self.wires.iter().filter(|(_, wire)| wire.is_live(up) && !self.parted[wire.device]);
                let numbers = live.map(|(number, _)| *number).collect();
                let number = self.dice.one_of(numbers);
                number.map_or(Ok(()), |number| (0..burst).try_for_each(|_| self.deliver(number, up)))
            }
            _ => {
                self.pry(n);
                Ok(())
            }
        }
    }

    /// Stops every fault, connects everyone and lets everything arrive.
    fn heal(&mut self) -> Result<(), String> {
        self.tell("everything heals".into());
        self.weather = Weather::default();
        self.parted.fill(false);
        for n in 0..self.devices.len() {
            if self.dice.percent(50) {
                self.kill_device(n);
            } else {
                self.cut(n)?;
            }
            self.devices[n].caught_up = false;
        }
        for _ in 0..1_000 {
            let mut quiet = true;
            for n in 0..self.devices.len() {
                self.open(n)?;
                quiet &= self.devices[n].is_idle();
                self.sync_device(n)?;
            }
            for number in self.wires.keys().copied().collect::<Vec<_>>() {
                let wire = &self.wires[&number];
                quiet &= !wire.is_live(true) && !wire.is_live(false);
                self.deliver(number, true)?;
                self.deliver(number, false)?;
            }
            quiet &= self.server.is_idle();
            self.server.sync_disk();
            self.server.listening().into_iter().for_each(|socket| self.server.hear(socket));
            self.spread();
            if quiet {
                return Ok(());
            }
        }
        Err("it never comes to rest".into())
    }
}
