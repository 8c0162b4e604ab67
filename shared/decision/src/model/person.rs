//! Whom a prior or a finding concerns.

/// The sex as far as it bears on what is likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// What is known of the person beside findings; what is not known is `None` and excludes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Person {
    /// The age in completed months.
    pub age_months: Option<u32>,
    /// The sex.
    pub sex: Option<Sex>,
    /// Whether she is pregnant.
    pub pregnant: Option<bool>,
    /// The month of the year, 1 to 12.
    pub month: Option<u8>,
}

/// Whom something concerns; the default is everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Applies {
    /// The lowest age in completed months.
    pub from_months: Option<u32>,
    /// The highest age in completed months, itself included.
    pub to_months: Option<u32>,
    /// The only sex.
    pub sex: Option<Sex>,
    /// Only the pregnant, or only those who are not.
    pub pregnant: Option<bool>,
    /// The months of the year: bit 0 is January. `None` is the whole year.
    pub months: Option<u16>,
}

impl Applies {
    /// Tells whether it concerns the person; what is not known of the person does not exclude, except pregnancy and the
    /// season, which are not assumed.
    #[must_use]
    pub fn to(&self, person: &Person) -> bool {
        let age = person.age_months;
        let old_enough = self.from_months.zip(age).is_none_or(|(from, age)| age >= from);
        let young_enough = self.to_months.zip(age).is_none_or(|(to, age)| age <= to);
        let sex = self.sex.zip(person.sex).is_none_or(|(only, sex)| only == sex);
        let pregnant = self.pregnant.is_none_or(|only| only == person.pregnant.unwrap_or(false));
        let season = self.months.is_none_or(|months| {
            let bit = |month: u8| months.checked_shr(u32::from(month.saturating_sub(1)));
            person.month.and_then(bit).is_some_and(|bits| bits & 1 == 1)
        });
        old_enough && young_enough && sex && pregnant && season
    }
}

/// How often a condition comes, for some.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Prior {
    /// For whom.
    pub applies: Applies,
    /// The weight against all other conditions, at least 0; only proportions matter.
    pub weight: f64,
}
