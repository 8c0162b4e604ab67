//! Every word and what it may be, found by the longest match; terms may have fill words inside.

use super::normal::Normal;
use super::words::{Named, Variants};
use crate::knowledge::Knowledge;
use std::collections::BTreeMap;

/// What a working word does; a word may do several things.
pub(super) mod flag {
    pub const FAR: u32 = 1;
    pub const NEAR: u32 = 1 << 1;
    pub const AFTER: u32 = 1 << 2;
    pub const NEUTRAL: u32 = 1 << 3;
    pub const ENDER: u32 = 1 << 4;
    pub const LIST: u32 = 1 << 5;
    pub const LIKELY: u32 = 1 << 6;
    pub const UNKNOWN: u32 = 1 << 7;
    pub const PAST: u32 = 1 << 8;
    pub const NOW: u32 = 1 << 9;
    pub const ONGOING: u32 = 1 << 10;
    pub const KIN: u32 = 1 << 11;
    pub const TELLING: u32 = 1 << 12;
    pub const FILL: u32 = 1 << 13;
    pub const SEVERE: u32 = 1 << 14;
    pub const MILD: u32 = 1 << 15;
    pub const ONE_SIDE: u32 = 1 << 16;
    pub const BOTH_SIDES: u32 = 1 << 17;
    pub const PREGNANCY: u32 = 1 << 18;
    pub const HAVING: u32 = 1 << 19;
    pub const TODAY: u32 = 1 << 20;
}

/// What a word may be.
#[derive(Debug, Clone, Default)]
pub(super) struct Roles {
    pub flags: u32,
    /// Findings by index.
    pub findings: Vec<usize>,
    /// Parts and complaints by their place in the words.
    pub parts: Vec<usize>,
    pub complaints: Vec<usize>,
    pub wells: Vec<usize>,
    pub measure: Option<usize>,
}

#[derive(Debug, Clone, Default)]
struct Node {
    next: BTreeMap<char, usize>,
    roles: Option<usize>,
}

/// A match: where it ends and what it may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub end: usize,
    pub roles: usize,
    /// How many characters of the word itself.
    pub matched: usize,
}

/// A row of what complaints of parts mean, by places.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Empty: any part.
    pub parts: Vec<usize>,
    pub complaints: Vec<usize>,
    pub side: bool,
    pub alone: bool,
    pub findings: Vec<usize>,
}

/// The words.
#[derive(Debug, Clone)]
pub(super) struct Lexicon {
    nodes: Vec<Node>,
    roles: Vec<Roles>,
    fill: Vec<Vec<char>>,
    pub rows: Vec<Row>,
    /// Findings that each "well" word denies.
    pub wells: Vec<Vec<usize>>,
    /// Words that make a finding together, wherever they stand in a clause or sentence.
    pub together: Vec<Together>,
    /// Complaints of one character that need no part.
    pub alone: Vec<char>,
}

/// One word of each list in a clause or sentence makes findings.
#[derive(Debug, Clone)]
pub(super) struct Together {
    pub lists: Vec<Vec<Vec<char>>>,
    pub findings: Vec<usize>,
    /// Also across the commas of a sentence.
    pub across: bool,
    /// Whether a word of the lists negates by itself, and the characters that do.
    pub negates: bool,
    pub negators: Vec<char>,
}

impl Lexicon {
    /// How many fill words may stand inside a term.
    const MOST_FILL: usize = 2;

    pub fn new(knowledge: &Knowledge) -> Self {
        let words = &knowledge.words;
        let variants = &words.normal;
        let index: BTreeMap<&str, usize> =
            knowledge.findings.iter().enumerate().map(|(place, of)| (of.id.as_str(), place)).collect();
        let ids = |ids: &[String]| ids.iter().filter_map(|id| index.get(id.as_str()).copied()).collect();
        let places = |named: &[Named], ids: &[String]| -> Vec<usize> {
            ids.iter().filter_map(|id| named.iter().position(|of| of.id == *id)).collect()
        };
        // Single characters that negate.
        let negators: Vec<char> = words
            .negation
            .near
            .iter()
            .filter(|word| word.chars().count() == 1)
            .flat_map(|word| word.chars())
            .collect();
        let rows = words.composes.iter().map(|row| Row {
            parts: places(&words.parts, &row.part),
            complaints: places(&words.complaints, &row.complaint),
            side: row.side,
            alone: row.alone,
            findings: ids(&row.finding),
        });
        let mut lexicon = Self {
            nodes: vec![Node::default()],
            roles: Vec::new(),
            fill: words.fill.words.iter().map(|word| word.chars().collect()).collect(),
            rows: rows.collect(),
            wells: words.wells.iter().map(|well| ids(&well.absent)).collect(),
            alone: variants.alone.chars().collect(),
            together: words
                .together
                .iter()
                .map(|of| Together {
                    lists: of
                        .words
                        .iter()
                        .map(|list| list.iter().map(|word| Normal::new(word, variants).chars).collect())
                        .collect(),
                    findings: ids(&of.finding),
                    across: of.across,
                    negates: of
                        .words
                        .iter()
                        .flatten()
                        .any(|word| word.chars().any(|sign| negators.contains(&sign))),
                    negators: negators.clone(),
                })
                .collect(),
        };
        for (place, finding) in knowledge.findings.iter().enumerate() {
            if knowledge.is_vital(place) {
                continue;
            }
            for word in finding.words() {
                lexicon.add(word, variants, |roles| roles.findings.push(place));
                // "Murphy positive" also answers to "Murphy", which another word may deny.
                if let Some(sign) = word.strip_suffix(words.figures.positive.as_str()) {
                    lexicon.add(sign, variants, |roles| roles.findings.push(place));
                }
            }
        }
        let flagged: [(&[String], u32); 21] = [
            (&words.negation.far, flag::FAR),
            (&words.negation.near, flag::NEAR),
            (&words.negation.after, flag::AFTER),
            (&words.negation.neutral, flag::NEUTRAL),
            (&words.negation.enders, flag::ENDER),
            (&words.negation.lists, flag::LIST),
            (&words.doubt.likely, flag::LIKELY),
            (&words.doubt.unknown, flag::UNKNOWN),
            (&words.time.past, flag::PAST),
            (&words.time.now, flag::NOW),
            (&words.time.ongoing, flag::ONGOING),
            (&words.time.today, flag::TODAY),
            (&words.family.kin, flag::KIN),
            (&words.family.telling, flag::TELLING),
            (&words.family.having, flag::HAVING),
            (&words.fill.words, flag::FILL),
            (&words.degree.severe, flag::SEVERE),
            (&words.degree.mild, flag::MILD),
            (&words.side.one, flag::ONE_SIDE),
            (&words.side.both, flag::BOTH_SIDES),
            (&words.pregnancy.words, flag::PREGNANCY),
        ];
        for (list, flag) in flagged {
            for word in list {
                lexicon.add(word, variants, |roles| roles.flags |= flag);
            }
        }
        for (place, part) in words.parts.iter().enumerate() {
            part.words.iter().for_each(|word| lexicon.add(word, variants, |roles| roles.parts.push(place)));
        }
        for (place, complaint) in words.complaints.iter().enumerate() {
            for word in &complaint.words {
                lexicon.add(word, variants, |roles| roles.complaints.push(place));
            }
        }
        for (place, well) in words.wells.iter().enumerate() {
            well.words.iter().for_each(|word| lexicon.add(word, variants, |roles| roles.wells.push(place)));
        }
        for (place, measure) in words.measures.iter().enumerate() {
            for word in &measure.words {
                lexicon.add(word, variants, |roles| roles.measure = Some(place));
            }
        }
        lexicon
    }

    pub fn roles(&self, place: usize) -> &Roles {
        static NONE: Roles = Roles {
            flags: 0,
            findings: Vec::new(),
            parts: Vec::new(),
            complaints: Vec::new(),
            wells: Vec::new(),
            measure: None,
        };
        self.roles.get(place).unwrap_or(&NONE)
    }

    fn add(&mut self, word: &str, variants: &Variants, change: impl FnOnce(&mut Roles)) {
        let normal = Normal::new(word, variants);
        let mut at = 0;
        for sign in normal.chars {
            let known = self.nodes.get(at).and_then(|node| node.next.get(&sign)).copied();
            at = known.unwrap_or_else(|| {
                let new = self.nodes.len();
                self.nodes.push(Node::default());
                if let Some(node) = self.nodes.get_mut(at) {
                    node.next.insert(sign, new);
                }
                new
            });
        }
        if at == 0 {
            return;
        }
        let new = self.roles.len();
        let Some(node) = self.nodes.get_mut(at) else { return };
        let place = *node.roles.get_or_insert(new);
        if place == new {
            self.roles.push(Roles::default());
        }
        if let Some(roles) = self.roles.get_mut(place) {
            change(roles);
        }
    }

    /// Returns every word from `start`, terms with fill words inside among them.
    pub fn words_at(&self, text: &Normal, start: usize) -> Vec<Found> {
        let mut found = Vec::new();
        self.walk(text, (0, start, 0), 0, &mut found);
        found
    }

    /// Returns the longest word from `start` without fill words.
    pub fn longest(&self, text: &Normal, start: usize) -> Option<Found> {
        let mut found = Vec::new();
        self.walk(text, (0, start, 0), Self::MOST_FILL, &mut found);
        found.into_iter().max_by_key(|found| found.end)
    }

    fn walk(
        &self,
        text: &Normal,
        (node, at, matched): (usize, usize, usize),
        skips: usize,
        found: &mut Vec<Found>,
    ) {
        let Some(of) = self.nodes.get(node) else { return };
        if let Some(roles) = of.roles
            && (skips == 0 || skips == Self::MOST_FILL || !self.roles(roles).findings.is_empty())
        {
            found.push(Found { end: at, roles, matched });
        }
        if let Some(next) = text.get(at).and_then(|sign| of.next.get(&sign)) {
            self.walk(text, (*next, at + 1, matched + 1), skips, found);
        }
        if matched > 0 && skips < Self::MOST_FILL && !of.next.is_empty() {
            for fill in &self.fill {
                let is_here =
                    fill.iter().enumerate().all(|(place, sign)| text.get(at + place) == Some(*sign));
                if is_here && text.get(at + fill.len()).is_some_and(|sign| of.next.contains_key(&sign)) {
                    self.walk(text, (node, at + fill.len(), matched), skips + 1, found);
                }
            }
        }
    }

    /// Returns what complaints of a part mean; `None` is no part.
    pub fn meaning(&self, part: Option<usize>, complaints: &[usize], one_side: bool) -> Option<&Row> {
        self.rows.iter().find(|row| {
            let part_fits = match part {
                Some(part) => row.parts.is_empty() || row.parts.contains(&part),
                None => row.alone,
            };
            part_fits && (!row.side || one_side) && row.complaints.iter().any(|one| complaints.contains(one))
        })
    }
}
