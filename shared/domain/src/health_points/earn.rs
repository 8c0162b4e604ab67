//! What deeds earn, entry by entry.

use std::collections::BTreeMap;

use serde::Serialize;

use super::dispute::answer_to;
use super::rules::in_force;
use super::{Answer, Deed, DeedKind, EntryDispute, HealthItem, HealthRules, Outcome, Papers, TakenBack};
use crate::base::{Date, EntryId, HealthPoints, ItemId, Order, Period};
use crate::rules::{Caps, RuleRef, Shelf, Span, Used, VersionHash};

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// It counts by the rules.
    Counted,
    /// It counts with the figure of an answer to a dispute.
    Corrected,
    /// What showed it was taken out of the record: earned and taken back.
    Reversed,
}

/// Something earned, which explains its own figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HealthEntry {
    /// The id, the same on every device.
    pub id: EntryId,
    /// The item of the rules; empty for what an answer entered because it was missing.
    pub item: ItemId,
    /// The name of the item.
    pub title: String,
    /// What was done; nothing for what an answer entered.
    pub deed: Option<DeedKind>,
    /// The day that counts.
    pub on: Date,
    /// The entries of the records that show it.
    pub evidence: Vec<String>,
    /// What kind of evidence the rules ask for, in words.
    pub evidence_words: String,
    /// So many days make it once; zero where each deed does.
    pub days: u32,
    /// Points by the item.
    pub base: HealthPoints,
    /// Points before caps: those of the item, or of an answer.
    pub before_caps: HealthPoints,
    /// Points after caps.
    pub points: HealthPoints,
    /// The cap that cut it.
    pub capped_by: Option<(Span, HealthPoints)>,
    /// Where it stands.
    pub state: EntryState,
    /// Why what showed it was taken out of the record.
    pub taken_out: Option<TakenBack>,
    /// The latest dispute of it that was not taken back.
    pub dispute: Option<EntryDispute>,
    /// The answer that counts.
    pub answer: Option<Answer>,
    /// The rule; nothing for what an answer entered.
    pub rule: Option<RuleRef>,
}

impl HealthEntry {
    /// Tells whether its points are in the balance.
    #[must_use]
    pub const fn counts(&self) -> bool {
        !matches!(self.state, EntryState::Reversed)
    }

    /// Tells whether a dispute of it waits for the team.
    #[must_use]
    pub fn waits(&self, answers: &[Answer]) -> bool {
        self.dispute.as_ref().is_some_and(|dispute| super::waiting(dispute, answers))
    }
}

/// An entry with the item whose caps it uses.
struct Found<'a> {
    entry: HealthEntry,
    item: Option<&'a HealthItem>,
}

/// Returns what was earned by the day, then by id. What was taken back uses up no cap: it came and went with what the item gives.
pub(super) fn earned(papers: &Papers<'_>, versions: &Shelf<HealthRules>, today: Date) -> Vec<HealthEntry> {
    let mut found = by_rules(papers, versions, today);
    found.extend(by_answer(papers));
    for found in &mut found {
        judge(&mut found.entry, papers);
    }
    found.order_by(|a, b| (a.entry.on, &a.entry.id).cmp(&(b.entry.on, &b.entry.id)));
    let mut used = Used::default();
    for Found { entry, item } in found.iter_mut().filter(|found| found.entry.counts()) {
        let Some(item) = item else { continue };
        let of = |cap: Option<HealthPoints>| cap.map(|cap| cap.0);
        let (day, month, year) = (of(item.cap_day), of(item.cap_month), of(item.cap_year));
        let caps = Caps { entry: None, day, month, year };
        let (points, cut_by) = used.take(item.id.as_str(), entry.on, entry.before_caps.0, caps);
        entry.points = HealthPoints(points);
        entry.capped_by = cut_by.map(|(span, cap)| (span, HealthPoints(cap)));
    }
    found.into_iter().map(|found| found.entry).collect()
}

/// Days on which something was done, in one month under one version, and what shows each.
type Days<'a> = BTreeMap<Date, Vec<&'a Deed>>;

fn by_rules<'a>(papers: &Papers<'_>, versions: &'a Shelf<HealthRules>, today: Date) -> Vec<Found<'a>> {
    let mut deeds: Vec<&Deed> = papers.deeds.iter().filter(|deed| deed.on <= today).collect();
    deeds.order_by(|a, b| (a.on, &a.evidence, &a.of).cmp(&(b.on, &b.evidence, &b.of)));
    deeds.dedup();
    let mut found = Vec::new();
    let mut series: BTreeMap<(&VersionHash, usize, Date), Days<'_>> = BTreeMap::new();
    for deed in deeds {
        // Before the first version nobody was promised anything.
        let Some((hash, rules)) = in_force(versions, deed.on) else { continue };
        let earns =
            |item: &HealthItem| item.deed == deed.kind && (item.of.is_empty() || item.of.contains(&deed.of));
        for (place, item) in rules.items.iter().enumerate().filter(|(_, item)| earns(item)) {
            if item.days == 0 {
                let id = EntryId::new(format!("{}:{}", item.id, deed.evidence));
                found.push(entry(id, (hash, rules, item), &[deed]));
            } else if deed.taken_out.is_none() {
                let month = series.entry((hash, place, Period::month_of(deed.on).from)).or_default();
                month.entry(deed.on).or_default().push(deed);
            }
        }
    }
    for ((hash, place, month), days) in series {
        let Ok(rules) = versions.get(hash) else { continue };
        let Some(item) = rules.items.get(place) else { continue };
        found.extend(full(&days, item.days).enumerate().map(|(nth, deeds)| {
            let id = EntryId::new(format!("{}:{month}:{}", item.id, nth + 1));
            entry(id, (hash, rules, item), &deeds)
        }));
    }
    found
}

/// Returns the deeds of each full series of `length` days.
fn full<'a>(days: &Days<'a>, length: u32) -> impl Iterator<Item = Vec<&'a Deed>> {
    let length = usize::try_from(length).unwrap_or(usize::MAX).max(1);
    let days: Vec<Vec<&Deed>> = days.values().cloned().collect();
    let series: Vec<Vec<&Deed>> = days.chunks_exact(length).map(<[Vec<&Deed>]>::concat).collect();
    series.into_iter()
}

fn entry<'a>(
    id: EntryId,
    (hash, rules, item): (&VersionHash, &HealthRules, &'a HealthItem),
    deeds: &[&Deed],
) -> Found<'a> {
    let entry = HealthEntry {
        id,
        item: item.id.clone(),
        title: item.title.clone(),
        deed: Some(item.deed.clone()),
        // A series is earned on the day that completes it.
        on: deeds.iter().map(|deed| deed.on).max().unwrap_or(rules.from),
        evidence: deeds.iter().map(|deed| deed.evidence.clone()).collect(),
        evidence_words: item.evidence.clone(),
        days: item.days,
        base: item.points,
        before_caps: item.points,
        points: item.points,
        capped_by: None,
        state: EntryState::Counted,
        taken_out: deeds.iter().find_map(|deed| deed.taken_out.clone()),
        dispute: None,
        answer: None,
        rule: Some(rules.cite(&item.id, &item.source, hash)),
    };
    Found { entry, item: Some(item) }
}

/// Returns what answers entered because a resident missed it. A person decided the figure: there is no item to cap it by.
fn by_answer(papers: &Papers<'_>) -> Vec<Found<'static>> {
    let mut seen: BTreeMap<&EntryId, Found<'static>> = BTreeMap::new();
    for dispute in papers.disputes.iter().filter(|dispute| dispute.entry.is_none()) {
        let Some(answer) = answer_to(papers.answers, &dispute.id) else { continue };
        let Outcome::Corrected { points } = answer.outcome else { continue };
        let entry = HealthEntry {
            id: dispute.id.clone(),
            item: ItemId::default(),
            title: String::new(),
            deed: None,
            on: dispute.at.date(),
            evidence: Vec::new(),
            evidence_words: String::new(),
            days: 0,
            base: points,
            before_caps: points,
            points,
            capped_by: None,
            state: EntryState::Corrected,
            taken_out: None,
            dispute: Some(dispute.clone()),
            answer: Some(answer.clone()),
            rule: None,
        };
        seen.insert(&dispute.id, Found { entry, item: None });
    }
    seen.into_values().collect()
}

/// Puts beside an entry its dispute and the answer that counts, and decides where it stands.
fn judge(entry: &mut HealthEntry, papers: &Papers<'_>) {
    if entry.item.is_empty() {
        return;
    }
    let own = || papers.disputes.iter().filter(|dispute| dispute.entry.as_ref() == Some(&entry.id));
    let answers = own().filter_map(|dispute| answer_to(papers.answers, &dispute.id));
    let answer = answers.max_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id))).cloned();
    let standing = own().filter(|dispute| dispute.withdrawn.is_none());
    let dispute = standing.max_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id))).cloned();
    // Of an answer and the removal of what the entry rests on, the later counts.
    let stands = |answer: &&Answer| entry.taken_out.as_ref().is_none_or(|out| answer.at >= out.at);
    let corrected = answer.as_ref().filter(stands).and_then(|answer| match answer.outcome {
        Outcome::Corrected { points } => Some(points),
        _ => None,
    });
    match corrected {
        Some(points) => {
            entry.before_caps = points;
            entry.state = EntryState::Corrected;
        }
        None if entry.taken_out.is_some() => entry.state = EntryState::Reversed,
        None => {}
    }
    entry.dispute = dispute;
    entry.answer = answer;
}
