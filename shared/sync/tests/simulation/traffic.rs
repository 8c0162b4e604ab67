//! Connections that open, break and carry frames.

use super::device::Outcome;
use super::document;
use super::wire::Wire;
use super::world::World;
use std::hash::Hasher;
use sync::wire::Message;
use sync::{DocumentId, Event};

impl World {
    pub(super) fn wire_of(&self, n: usize) -> Option<u64> {
        let mut mine = self.wires.iter().filter(|(_, wire)| wire.device == n && wire.device_end);
        mine.next().map(|(number, _)| *number)
    }

    pub(super) fn open(&mut self, n: usize) -> Result<(), String> {
        if self.wire_of(n).is_some() || self.parted[n] {
            return Ok(());
        }
        self.connections += 1;
        self.wires.insert(self.connections, Wire::new(n));
        let device = &mut self.devices[n];
        self.server.connect(self.connections, device.author(), device.team.to_string());
        let effects = device.client.handle(Event::Opened);
        let outcome = device.perform(effects);
        self.tell(format!("device {n} opens connection {}", self.connections));
        self.settle(n, outcome)
    }

    /// The device's end breaks; the server does not know it yet.
    pub(super) fn cut(&mut self, n: usize) -> Result<(), String> {
        let Some(number) = self.wire_of(n) else {
            return Ok(());
        };
        self.leave(number);
        self.report.cuts += 1;
        self.tell(format!("connection {number} of device {n} breaks"));
        self.closed(n)
    }

    pub(super) fn leave(&mut self, number: u64) {
        if let Some(wire) = self.wires.get_mut(&number) {
            wire.leave(&mut self.dice, &mut self.report);
            if !wire.server_end {
                self.wires.remove(&number);
            }
        }
    }

    pub(super) fn kill_device(&mut self, n: usize) {
        if let Some(number) = self.wire_of(n) {
            self.leave(number);
        }
        let lost = self.devices[n].restart();
        self.report.unsynced += lost;
        self.report.device_kills += 1;
        self.tell(format!("device {n} is killed; {lost} unsynced writes are gone"));
    }

    pub(super) fn kill_server(&mut self) {
        let lost = self.server.kill();
        self.report.unsynced += lost;
        self.report.server_kills += 1;
        for wire in self.wires.values_mut() {
            wire.hang_up(&mut self.dice, &mut self.report);
        }
        self.wires.retain(|_, wire| wire.device_end);
        self.tell(format!("the server is killed; {lost} unsynced commits are gone"));
    }

    pub(super) fn write(&mut self, n: usize) {
        let documents = document::of_team(self.devices[n].team, self.documents);
        let id = documents[self.dice.below(documents.len())];
        self.written += 1;
        self.devices[n].write(id, self.written, self.dice.below(1_000));
        self.tell(format!("device {n} writes {} into {id}", self.written));
    }

    pub(super) fn sync_device(&mut self, n: usize) -> Result<(), String> {
        let outcome = self.devices[n].sync_one();
        self.settle(n, outcome)
    }

    /// Lets one frame arrive, or lets an end notice that the other is gone.
    pub(super) fn deliver(&mut self, number: u64, up: bool) -> Result<(), String> {
        let Some(wire) = self.wires.get_mut(&number) else {
            return Ok(());
        };
        let n = wire.device;
        if self.parted[n] || !wire.is_live(up) {
            return Ok(());
        }
        if (if up { &wire.up } else { &wire.down }).is_empty() {
            self.wires.remove(&number);
            if up {
                self.server.disconnect(number);
                return Ok(());
            }
            return self.closed(n);
        }
        let Some(frame) = wire.next(up, self.weather, &mut self.dice, &mut self.report) else {
            return Ok(());
        };
        self.digest.write(&frame);
        if up {
            self.server.frame(number, &frame);
            self.spread();
            return Ok(());
        }
        self.check_seen(n, &frame)?;
        let effects = self.devices[n].client.handle(Event::Frame(&frame));
        let outcome = self.devices[n].perform(effects);
        self.settle(n, outcome)
    }

    fn closed(&mut self, n: usize) -> Result<(), String> {
        let effects = self.devices[n].client.handle(Event::Closed);
        let outcome = self.devices[n].perform(effects);
        self.settle(n, outcome)
    }

    /// Puts what the server sends on the wires.
    pub(super) fn spread(&mut self) {
        let (frames, closed) = self.server.take();
        for (number, frame) in frames {
            match self.wires.get_mut(&number) {
                Some(wire) if wire.device_end => wire.down.push_back(frame),
                _ => self.report.lost += 1,
            }
        }
        for number in closed {
            if let Some(wire) = self.wires.get_mut(&number) {
                wire.server_end = false;
                wire.up.clear();
                if !wire.device_end {
                    self.wires.remove(&number);
                }
            }
        }
    }

    /// Sends what a device wants to send, and looks at what it was told.
    fn settle(&mut self, n: usize, outcome: Outcome) -> Result<(), String> {
        if let Some(wrong) = outcome.wrong {
            return Err(format!("device {n}: {wrong}"));
        }
        // What is acknowledged is on the server's disk at this very moment.
        for saved in outcome.acknowledged {
            self.tell(format!("device {n} is told that {} is safe", saved.number));
            let replica = self.server.durable.get(&saved.id);
            if replica.and_then(|r| r.document.get_change_meta_by_hash(&saved.hash)).is_none() {
                return Err(format!("{} was acknowledged and is not on the server's disk", saved.number));
            }
        }
        let number = self.wire_of(n);
        if let Some(wire) = number.and_then(|number| self.wires.get_mut(&number)) {
            wire.up.extend(outcome.frames);
        }
        if outcome.close {
            number.into_iter().for_each(|number| self.leave(number));
            return self.closed(n);
        }
        Ok(())
    }

    /// No frame names or holds a document to a device that may not see it.
    fn check_seen(&self, n: usize, frame: &[u8]) -> Result<(), String> {
        let named: Vec<DocumentId> = match Message::decode(frame) {
            Ok(Message::Changed(changed)) => changed.entries.iter().map(|entry| entry.document).collect(),
            Ok(Message::Bundle { pieces }) => pieces.iter().map(|piece| piece.document).collect(),
            Ok(Message::Sync { document, .. }) => vec![document],
            Ok(Message::Durable(durable)) => vec![durable.document],
            _ => Vec::new(),
        };
        match named.into_iter().find(|id| document::team_of(*id) != self.devices[n].team) {
            Some(id) => Err(format!("device {n} was sent the denied document {id}")),
            None => Ok(()),
        }
    }

    pub(super) fn tell(&mut self, what: String) {
        self.story.push(format!("step {}: {what}", self.report.steps));
    }
}
