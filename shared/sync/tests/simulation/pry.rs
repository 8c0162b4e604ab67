//! A device that reaches for what it may not see.

use super::document;
use super::verdict;
use super::world::World;
use automerge::sync::{ChunkList, Message as SyncMessage, MessageVersion};
use sync::wire::Message;
use sync::{About, Heads};

impl World {
    /// Reaches for a document of another team with everything an account could know or invent.
    pub(super) fn pry(&mut self, n: usize) {
        let Some(number) = self.wire_of(n) else {
            return;
        };
        let device = &mut self.devices[n];
        let team = 1 - device.team;
        let document = document::of_team(team, self.documents)[self.dice.below(self.documents)];
        let heads = self.server.durable.get(&document).map(|r| r.heads()).unwrap_or_default();
        let heads = if self.dice.percent(50) { heads } else { Vec::new() };
        let about = About { kind: "record".into(), team: team.to_string(), ..About::default() };
        let mut forged = device.fresh();
        document::write(&mut forged, verdict::FORGED, 0);
        let changes = forged.get_changes(&[]).iter().map(|change| change.raw_bytes().to_vec()).collect();
        let (sender, request) = (device.peer(), self.dice.percent(50));
        let sync = |data| {
            let (sender, target) = (sender.clone(), "server".into());
            Message::Sync { sender, target, document, data, request }
        };
        let frames = [
            Message::Want { documents: vec![(document, heads.clone())] },
            // An answer would tell that the document exists, or what is in it.
            sync(sync_message(heads, Vec::new())),
            Message::Create { document, about },
            sync(sync_message(forged.get_heads(), changes)),
        ];
        let wire = self.wires.get_mut(&number);
        if let Some(wire) = wire {
            wire.up.extend(frames.map(Message::encode));
        }
        self.report.pries += 1;
        self.tell(format!("device {n} reaches for {document}"));
    }
}

fn sync_message(heads: Heads, changes: Vec<Vec<u8>>) -> Vec<u8> {
    let changes = ChunkList::from(changes);
    let (need, have, flags, version) = (Vec::new(), Vec::new(), None, MessageVersion::V1);
    SyncMessage { heads, need, have, changes, flags, version }.encode()
}
