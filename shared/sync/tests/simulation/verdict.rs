//! What must hold once everything has arrived.

use super::device::Device;
use super::document::{self, holds, values};
use super::world::World;

/// What a device writes where it may not; no document ever holds it.
pub const FORGED: i64 = -1;

/// How many saved writes were acknowledged so far.
pub fn acknowledged(world: &World) -> usize {
    let saved = world.devices.iter().flat_map(|device| &device.saved);
    saved.filter(|saved| saved.acknowledged).count()
}

/// Judges a world that has come to rest.
pub fn judge(world: &mut World) -> Result<(), String> {
    // What is gone comes first: it says more than that a device still waits for an answer.
    world.devices.iter().try_for_each(|device| everything_arrived(world, device))?;
    for n in 0..world.devices.len() {
        came_to_rest(&world.devices[n])?;
        nothing_denied_is_held(&world.devices[n])?;
        values_agree(world, n)?;
    }
    nothing_was_invented(world)
}

fn everything_arrived(world: &World, device: &Device) -> Result<(), String> {
    let who = format!("device {}", device.number);
    for saved in &device.saved {
        let document = world.server.durable.get(&saved.id).map(|replica| &replica.document);
        let arrived = document.is_some_and(|document| {
            document.get_change_meta_by_hash(&saved.hash).is_some() && holds(document, saved.number)
        });
        if !arrived && saved.acknowledged {
            return Err(format!("{} of {who} was acknowledged and is lost", saved.number));
        }
        if !arrived {
            return Err(format!("{} was saved on {who} and never arrived", saved.number));
        }
    }
    Ok(())
}

fn came_to_rest(device: &Device) -> Result<(), String> {
    let who = format!("device {}", device.number);
    if !device.caught_up {
        return Err(format!("{who} never caught up"));
    }
    if device.client.pending().count() + device.disk.outbox.len() > 0 {
        return Err(format!("{who} still has an outbox"));
    }
    Ok(())
}

fn nothing_denied_is_held(device: &Device) -> Result<(), String> {
    let mut held = device.disk.chunks.keys().chain(device.disk.held.keys());
    match held.find(|id| document::team_of(**id) != device.team) {
        Some(id) => Err(format!("device {} holds the denied document {id}", device.number)),
        None => Ok(()),
    }
}

/// Reads every document anew from the device's disk and compares what a person would see.
fn values_agree(world: &mut World, n: usize) -> Result<(), String> {
    for id in document::of_team(world.devices[n].team, world.documents) {
        let here = world.devices[n].read(id);
        let there = world.server.durable.get(&id).map(|replica| &replica.document);
        if here.as_ref().map(values) != there.map(values) {
            return Err(format!("device {n} and the server differ in {id}"));
        }
        let heads = |document: &automerge::Automerge| sync::sorted(document.get_heads());
        if here.as_ref().map(heads) != there.map(heads) {
            return Err(format!("device {n} and the server have other heads of {id}"));
        }
    }
    Ok(())
}

/// The server holds what was saved, under the team that may see it, and nothing else.
fn nothing_was_invented(world: &World) -> Result<(), String> {
    let mut found = 0;
    for (id, replica) in &world.server.durable {
        if replica.about.team != document::team_of(*id).to_string() {
            return Err(format!("{id} belongs to a foreign team"));
        }
        if holds(&replica.document, FORGED) {
            return Err(format!("a forged change is in {id}"));
        }
        found += document::count(&replica.document);
    }
    let saved: usize = world.devices.iter().map(|device| device.saved.len()).sum();
    if found == saved { Ok(()) } else { Err(format!("{saved} writes were saved, the server holds {found}")) }
}
