use super::device::{Device, values};
use super::dice::Dice;
use super::server::Server;
use std::collections::VecDeque;
use sync::{DocumentId, Event, Heads};

/// What goes wrong, in percent of the steps.
#[derive(Clone, Copy, Default)]
pub struct Faults {
    pub cut: u64,
    pub kill_device: u64,
    pub crash_server: u64,
    pub drop: u64,
    pub double: u64,
    pub swap: u64,
}

#[derive(Default)]
struct Wire {
    open: bool,
    up: VecDeque<Vec<u8>>,
    down: VecDeque<Vec<u8>>,
}

pub struct World {
    dice: Dice,
    seed: u64,
    faults: Faults,
    server: Server,
    devices: Vec<Device>,
    wires: Vec<Wire>,
    written: u64,
}

const DOCUMENTS: usize = 12;

impl World {
    pub fn new(seed: u64, faults: Faults) -> Self {
        let devices: Vec<Device> =
            (0..4).map(|n| Device::new(n, if n == 3 { "other" } else { "team" })).collect();
        Self {
            dice: Dice::new(seed),
            seed,
            faults,
            server: Server::default(),
            wires: devices.iter().map(|_| Wire::default()).collect(),
            devices,
            written: 0,
        }
    }

    /// The documents of a device's team.
    fn documents(team: &str) -> Vec<DocumentId> {
        let first = if team == "other" { 100 } else { 0 };
        (first..first + DOCUMENTS).map(|n| DocumentId::new([n as u8 + 1; 16])).collect()
    }

    pub fn run(&mut self, steps: usize) {
        for _ in 0..steps {
            let n = self.dice.below(self.devices.len());
            let f = self.faults;
            if self.dice.percent(f.cut) {
                self.close(n);
            }
            if self.dice.percent(f.kill_device) {
                self.close(n);
                self.devices[n].start();
            }
            if self.dice.percent(f.crash_server) {
                self.server.crash();
                (0..self.devices.len()).for_each(|n| self.close(n));
            }
            match self.dice.below(6) {
                0 => self.open(n),
                1 => self.write(n),
                2 => {
                    let effects = self.devices[n].flush_one();
                    self.perform(n, effects);
                }
                3 => {
                    self.server.sync_disk();
                    self.spread();
                }
                4 => self.deliver(n, true),
                _ => self.deliver(n, false),
            }
        }
    }

    /// Stops every fault, connects everyone and lets everything arrive.
    pub fn heal(&mut self) {
        self.faults = Faults::default();
        for n in 0..self.devices.len() {
            self.close(n);
            self.devices[n].start();
            self.devices[n].caught_up = false;
            self.open(n);
        }
        for _ in 0..20_000 {
            let mut quiet = true;
            for n in 0..self.devices.len() {
                quiet &= self.wires[n].up.is_empty() && self.wires[n].down.is_empty();
                quiet &= self.devices[n].unwritten.is_empty();
                if !self.wires[n].open {
                    self.open(n);
                }
                self.deliver(n, true);
                self.deliver(n, false);
                let effects = self.devices[n].flush_one();
                self.perform(n, effects);
            }
            self.server.sync_disk();
            self.spread();
            if quiet && self.wires.iter().all(|w| w.up.is_empty() && w.down.is_empty()) {
                return;
            }
        }
        panic!("seed {} never comes to rest", self.seed);
    }

    fn open(&mut self, n: usize) {
        if self.wires[n].open {
            return;
        }
        self.wires[n] = Wire { open: true, ..Wire::default() };
        let device = &self.devices[n];
        self.server.connect(n, device.author(), &device.team);
        let effects = self.devices[n].client.handle(Event::Opened);
        self.perform(n, effects);
    }

    fn close(&mut self, n: usize) {
        self.wires[n] = Wire::default();
        self.server.disconnect(n);
        let effects = self.devices[n].client.handle(Event::Closed);
        self.perform(n, effects);
    }

    fn write(&mut self, n: usize) {
        let documents = Self::documents(&self.devices[n].team);
        let id = documents[self.dice.below(DOCUMENTS)];
        self.written += 1;
        let effects = self.devices[n].write(id, self.written);
        self.perform(n, effects);
    }

    fn perform(&mut self, n: usize, effects: Vec<sync::Effect>) {
        let before = self.devices[n].acknowledged.len();
        let (frames, close) = self.devices[n].perform(effects);
        for acknowledged in &self.devices[n].acknowledged[before..] {
            self.assert_safe(acknowledged);
        }
        if self.wires[n].open {
            self.wires[n].up.extend(frames);
        }
        if close {
            self.close(n);
        }
    }

    /// What was just acknowledged is on the server's disk at this very moment.
    #[track_caller]
    fn assert_safe(&self, (id, heads): &(DocumentId, Heads)) {
        let document = self.server.durable.get(id).map(|replica| &replica.document);
        for head in heads {
            let safe = document.is_some_and(|d| d.get_change_meta_by_hash(head).is_some());
            assert!(safe, "seed {} lost {head:?} of {id}", self.seed);
        }
    }

    fn deliver(&mut self, n: usize, up: bool) {
        let queue = if up { &mut self.wires[n].up } else { &mut self.wires[n].down };
        if queue.len() > 1 && self.dice.percent(self.faults.swap) {
            queue.swap(0, 1);
        }
        let Some(frame) = queue.pop_front() else {
            return;
        };
        if self.dice.percent(self.faults.drop) {
            return;
        }
        if self.dice.percent(self.faults.double) {
            queue.push_front(frame.clone());
        }
        if up {
            self.server.frame(n, &frame);
            self.spread();
        } else {
            let effects = self.devices[n].client.handle(Event::Frame(&frame));
            self.perform(n, effects);
        }
    }

    fn spread(&mut self) {
        let (frames, closed) = self.server.take();
        for (n, frame) in frames {
            if self.wires[n].open {
                self.wires[n].down.push_back(frame);
            }
        }
        for n in closed {
            self.close(n);
        }
    }

    #[track_caller]
    pub fn assert_converged(&self) {
        for device in &self.devices {
            let who = format!("seed {} device {}", self.seed, device.number);
            assert!(device.caught_up, "{who} never caught up");
            assert_eq!(device.client.pending().count(), 0, "{who} has an outbox");
            assert!(device.disk.outbox.is_empty(), "{who} has an outbox on disk");
            for id in Self::documents(&device.team) {
                let server = self.server.durable.get(&id);
                let server = server.map(|r| values(&r.document)).unwrap_or_default();
                assert_eq!(device.values(id), server, "{who} {id}");
            }
        }
        let total: usize = self.server.durable.values().map(|r| values(&r.document).len()).sum();
        assert_eq!(total as u64, self.written, "seed {}", self.seed);
    }

    #[track_caller]
    pub fn assert_nothing_acknowledged_is_lost(&self) {
        for acknowledged in self.devices.iter().flat_map(|device| &device.acknowledged) {
            self.assert_safe(acknowledged);
        }
    }
}
