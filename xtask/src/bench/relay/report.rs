//! What was measured at either server, and the figures made of it.

use super::Options;
use super::figures::{Figure, Target, median};
use super::first::Rates;
use super::idle::{Back, Memory};
use super::load::Times;

/// What was measured at one server; the short parts several times.
#[derive(Debug, Default)]
pub struct Side {
    /// First syncs.
    pub rates: Vec<Rates>,
    /// Edits between plain clients.
    pub edits: Vec<Times>,
    /// Edits between devices.
    pub edits_extended: Vec<Times>,
    /// Plain clients that came back.
    pub back: Vec<Back>,
    /// Devices that came back.
    pub back_extended: Vec<Back>,
    /// Memory.
    pub memory: Option<Memory>,
    /// Edits among many plain clients.
    pub crowd: Option<Times>,
    /// Edits among many devices.
    pub crowd_extended: Option<Times>,
}

/// Both.
#[derive(Debug, Default)]
pub struct Report {
    ours: Side,
    theirs: Side,
}

impl Report {
    /// Returns one side, to add to it.
    pub fn side(&mut self, ours: bool) -> &mut Side {
        if ours { &mut self.ours } else { &mut self.theirs }
    }

    /// Returns the figures of what was measured at our server.
    pub fn figures(&self, options: &Options) -> Vec<Figure> {
        let mut table = Table(Vec::new());
        let Options { clients, documents, unchanged, idle, connections, .. } = *options;
        let (ours, theirs) = (&self.ours, &self.theirs);
        let per_second = "documents/s";

        let rates = |side: &Side, of: fn(&Rates) -> f64| middle(&side.rates, |one| Some(of(one)));
        let (brought, fetched) = (rates(theirs, |r| r.brought), rates(theirs, |r| r.fetched));
        let first = format!("first sync of {clients} × {documents}");
        let own = rates(ours, |r| r.brought);
        table.add(format!("{first}, plain, brought"), per_second, brought, own, Target::Times(3.0));
        let own = rates(ours, |r| r.fetched);
        table.add(format!("{first}, plain, fetched"), per_second, fetched, own, Target::None);
        // Its documents a second are those of its first sync, which brings them and writes them down; what it gives out
        // again comes from its memory.
        let own = middle(&ours.rates, |r| r.extended.map(|(_, bundles)| bundles));
        table.add(format!("{first}, bundles; theirs brought"), per_second, brought, own, Target::Times(20.0));
        table.add(format!("{first}, bundles, fetched"), per_second, fetched, own, Target::None);
        let own = middle(&ours.rates, |r| r.extended.map(|(durable, _)| durable));
        table.add(format!("{first}, extensions, brought"), per_second, brought, own, Target::None);

        for (name, own) in [("plain", &ours.edits), ("extensions", &ours.edits_extended)] {
            for (percent, of) in TIMES {
                let what = format!("edit relayed, {name}, {percent}");
                let of = |times: &Vec<Times>| middle(times, |one| Some(of(one)));
                let target = if percent == "p99" { Target::NoWorse } else { Target::None };
                table.add(what, "ms", of(&theirs.edits), of(own), target);
            }
        }

        let back = format!("reconnect, {unchanged} unchanged");
        let messages = |side: &Vec<Back>| middle(side, |one| Some(one.count.messages as f64));
        let bytes = |side: &Vec<Back>| middle(side, |one| Some(one.count.bytes as f64));
        let time = |side: &Vec<Back>| middle(side, |one| Some(one.took.as_secs_f64() * 1000.0));
        let (plain, own) = (&ours.back, &ours.back_extended);
        table.add(
            format!("{back}, plain"),
            "messages",
            messages(&theirs.back),
            messages(plain),
            Target::None,
        );
        table.add(format!("{back}, plain, time"), "ms", time(&theirs.back), time(plain), Target::None);
        table.add(back.clone(), "messages", messages(&theirs.back), messages(own), Target::AtMost(4.0));
        table.add(format!("{back}, size"), "bytes", bytes(&theirs.back), bytes(own), Target::AtMost(2_000.0));
        table.add(format!("{back}, time"), "ms", time(&theirs.back), time(own), Target::None);

        let memory = |side: &Side, of: fn(&Memory) -> f64| side.memory.as_ref().map(of);
        for (what, of, target) in MEMORY {
            let what = what.replace("{}", &idle.to_string());
            table.add(what, "MB", memory(theirs, of), memory(ours, of), target);
        }

        for (name, own) in [("plain", &ours.crowd), ("extensions", &ours.crowd_extended)] {
            for (percent, of) in TIMES {
                let what = format!("edit relayed, {connections} connections, {name}, {percent}");
                let target = if percent == "p99" { Target::AtMost(100.0) } else { Target::None };
                table.add(what, "ms", theirs.crowd.as_ref().map(of), own.as_ref().map(of), target);
            }
        }
        table.0
    }
}

type Of<T> = fn(&T) -> f64;

const TIMES: [(&str, Of<Times>); 2] = [("p50", |times| times.p50), ("p99", |times| times.p99)];

const MEMORY: [(&str, Of<Memory>, Target); 3] = [
    ("memory when empty", |memory| memory.empty, Target::None),
    ("memory after {} documents were stored", |memory| memory.stored, Target::AtMost(80.0)),
    ("memory with {} documents, started again", |memory| memory.restarted, Target::AtMost(80.0)),
];

struct Table(Vec<Figure>);

impl Table {
    /// Adds a line, if it was measured at our server.
    fn add(
        &mut self,
        what: String,
        unit: &'static str,
        theirs: Option<f64>,
        ours: Option<f64>,
        target: Target,
    ) {
        self.0.extend(ours.map(|ours| Figure { what, unit, theirs, ours, target }));
    }
}

fn middle<T>(all: &[T], of: impl Fn(&T) -> Option<f64>) -> Option<f64> {
    median(all.iter().filter_map(of).collect())
}
