//! A claim of work that the app could not see: what can be claimed, what is typed, what it would bring.

use super::Entry;
use super::view_model::entry_of;
use crate::replica::files::StaffYear;
use documents::Catalog;
use domain::{
    base::{ClaimId, Date, InstitutionId, ItemId, StaffId, Timestamp},
    rules::{Shelf, VersionHash},
    work_points::{Circumstance, Claim, Item, PointsRules, Post, in_force},
};

/// The kinds of work that a visit or a contract claims by itself.
const BY_ITSELF: [&str; 2] = ["follow_up", "contract"];

/// What was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed<'a> {
    /// The day of work.
    pub on: &'a str,
    /// The kind of work.
    pub item: &'a str,
    /// How many units.
    pub quantity: &'a str,
    /// What was done, and where the evidence is.
    pub note: &'a str,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is no date, or one to come.
    Date,
    /// No rules were in force on that day.
    NoRules,
    /// No kind of work is chosen.
    Item,
    /// It is no number of units.
    Quantity,
    /// Nothing is said about it.
    Note,
}

/// What can be claimed on a day by somebody of `group`: the items of the version in force, without those that claim by
/// themselves; nothing where no version was.
#[must_use]
pub fn offered<'a>(shelf: &'a Shelf<PointsRules>, on: Date, group: &str) -> Vec<&'a Item> {
    let Some((_, rules)) = in_force(shelf, on) else { return Vec::new() };
    let own = |item: &&Item| item.groups.is_empty() || item.groups.iter().any(|own| own == group);
    let items = rules.items.iter().filter(own);
    items.filter(|item| !BY_ITSELF.contains(&item.id.as_str())).collect()
}

/// What was read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    on: Date,
    version: VersionHash,
    item: ItemId,
    quantity: u32,
    note: String,
}

impl Typed<'_> {
    /// Reads what was typed by somebody of `group`.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the page.
    pub fn read(self, shelf: &Shelf<PointsRules>, group: &str, today: Date) -> Result<Work, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let on = self.on.trim().parse::<Date>().ok().filter(|on| *on <= today);
        let version = on.and_then(|on| in_force(shelf, on)).map(|(version, _)| version.clone());
        match (on, &version) {
            (None, _) => wrong.push(Wrong::Date),
            (Some(_), None) => wrong.push(Wrong::NoRules),
            _ => {}
        }
        let item = ItemId::new(self.item);
        let is_offered = on.is_some_and(|on| offered(shelf, on, group).iter().any(|own| own.id == item));
        if version.is_some() && !is_offered {
            wrong.push(Wrong::Item);
        }
        let quantity = self.quantity.trim().parse::<u32>().ok().filter(|quantity| *quantity > 0);
        if quantity.is_none() {
            wrong.push(Wrong::Quantity);
        }
        let note = self.note.trim().to_owned();
        if note.is_empty() {
            wrong.push(Wrong::Note);
        }
        match (on, version, quantity) {
            (Some(on), Some(version), Some(quantity)) if wrong.is_empty() => {
                Ok(Work { on, version, item, quantity, note })
            }
            _ => Err(wrong),
        }
    }
}

impl Work {
    /// Makes the claim of `staff` for work at `place`.
    #[must_use]
    pub fn claim(
        self,
        id: ClaimId,
        staff: &StaffId,
        place: &InstitutionId,
        catalog: &Catalog,
        now: Timestamp,
    ) -> Claim {
        let remote = catalog.institutions.get(place).is_some_and(|place| place.remote);
        let shortage = catalog.staff.get(staff).is_some_and(|staff| staff.shortage);
        let held = [remote.then_some(Circumstance::Remote), shortage.then_some(Circumstance::Shortage)];
        Claim {
            id,
            staff: staff.clone(),
            item: self.item,
            on: self.on,
            quantity: self.quantity,
            institution: place.clone(),
            circumstances: held.into_iter().flatten().collect(),
            rules: self.version,
            visit: None,
            resident: None,
            note: self.note,
            recorded_at: now,
            withdrawn: None,
        }
    }
}

/// Returns the line that `claim` would be among those of `year`, with the caps they leave.
#[must_use]
pub fn preview(year: &StaffYear, shelf: &Shelf<PointsRules>, post: Post<'_>, claim: Claim) -> Option<Entry> {
    let mut year = year.clone();
    let id = claim.id.clone();
    year.activity.claims.push(claim);
    entry_of(&year, shelf, post, &id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        base::WorkPoints,
        people::Institution,
        rules::Published,
        work_points::{Cap, LineState, points_templates},
    };

    fn shelf() -> Shelf<PointsRules> {
        [Published::freeze(points_templates().unwrap().rules.rules[0].clone()).unwrap()].into_iter().collect()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    const TYPED: Typed<'_> =
        Typed { on: "2026-10-31", item: "clinic_session", quantity: "2", note: "门诊日志第 12 页" };

    #[track_caller]
    fn check(typed: Typed<'_>, wrong: &[Wrong]) {
        let read = typed.read(&shelf(), "village_doctor", day("2026-11-23"));
        assert_eq!(read.err().unwrap_or_default(), wrong);
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        check(TYPED, &[]);
        check(Typed { on: "2026-11-23", ..TYPED }, &[]);
        check(Typed { on: "2026-11-24", ..TYPED }, &[Wrong::Date]);
        check(Typed { on: "2024-12-31", ..TYPED }, &[Wrong::NoRules]);
        check(
            Typed { item: "", quantity: "0", note: " ", ..TYPED },
            &[Wrong::Item, Wrong::Quantity, Wrong::Note],
        );
        check(Typed { quantity: "1.5", ..TYPED }, &[Wrong::Quantity]);
        check(Typed { on: "", ..TYPED }, &[Wrong::Date]);
    }

    #[test]
    fn what_a_visit_claims_by_itself_is_not_offered() {
        let (shelf, on) = (shelf(), day("2026-11-01"));
        let ids: Vec<&str> = offered(&shelf, on, "nurse").iter().map(|item| item.id.as_str()).collect();
        assert!(ids.contains(&"clinic_session") && !ids.contains(&"follow_up") && !ids.contains(&"contract"));
        assert!(offered(&shelf, day("2024-12-31"), "nurse").is_empty());
        check(Typed { item: "follow_up", ..TYPED }, &[Wrong::Item]);
    }

    #[test]
    fn work_at_a_remote_place_says_so_and_the_preview_knows_what_the_month_leaves() {
        let mut catalog = Catalog::default();
        let place = InstitutionId::new("deshi");
        let remote = Institution { id: place.clone(), remote: true, ..Institution::default() };
        catalog.institutions.insert(place.clone(), remote);
        let (shelf, staff) = (shelf(), StaffId::new("li"));
        let claim = |id: &str, quantity: &str| {
            let typed = Typed { quantity, ..TYPED };
            let work = typed.read(&shelf, "village_doctor", day("2026-11-23")).unwrap();
            work.claim(id.into(), &staff, &place, &catalog, Timestamp::of(day("2026-11-23"), 9, 0))
        };
        assert_eq!(claim("a", "1").circumstances, [Circumstance::Remote]);
        let mut year = StaffYear::of(staff.clone());
        year.activity.claims.push(claim("a", "5"));
        let post = Post { institution: &place, name: "", group: "village_doctor" };
        let entry = preview(&year, &shelf, post, claim("b", "2")).unwrap();
        assert_eq!((entry.line.state, entry.line.before_caps), (LineState::Pending, WorkPoints(520)));
        assert_eq!(entry.line.points, WorkPoints(300), "16 a month, of which 13 are claimed");
        assert_eq!(entry.line.capped_by, Some(Cap::Month(WorkPoints(1600))));
    }
}
