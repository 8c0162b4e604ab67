//! Invented residents, from newborns to the very old.

use super::dice::Dice;
use super::places::{County, Share};
use anyhow::{Context, Result};
use domain::base::id_number::check_character;
use domain::base::{Date, IdNumber, Sex};
use std::collections::HashSet;

/// An invented resident.
pub struct Person {
    pub number: IdNumber,
    pub name: String,
    pub sex: Sex,
    pub birth: Date,
    pub phone: Option<String>,
    pub village: String,
    pub group: i64,
    pub hypertension: bool,
    pub diabetes: bool,
}

/// How many in a hundred are how old: an ageing countryside. Example figures.
const AGES: [(i64, i64, i64); 6] =
    [(6, 0, 6), (12, 7, 17), (16, 18, 34), (26, 35, 54), (20, 55, 64), (20, 65, 92)];

/// Invents `count` residents of these villages; `first` keeps the numbers of two teams apart.
pub fn invent(
    county: &County,
    villages: &[String],
    count: usize,
    first: usize,
    today: Date,
) -> Result<Vec<Person>> {
    let mut dice = Dice::new(0x7869_616e_6779_6900 + first as u64);
    let mut taken = HashSet::new();
    (first..first + count)
        .map(|at| {
            let mut person = person(county, villages, at, today, &mut dice)?;
            // A day holds 499 numbers for each sex and place; a county is larger.
            while !taken.insert(person.number.as_str().to_owned()) {
                person.birth = person.birth.add_days(-1);
                person.number = number(&county.region, person.birth, &person.sex, at, today)?;
            }
            Ok(person)
        })
        .collect()
}

/// Returns the resident of the tour; `at` is a number no other resident has.
pub fn of_the_tour(county: &County, at: usize, today: Date) -> Result<Person> {
    let tour = &county.tour;
    Ok(Person {
        number: number(&county.region, tour.birth, &tour.sex, at, today)?,
        name: tour.name.clone(),
        sex: tour.sex.clone(),
        birth: tour.birth,
        phone: Some(format!("{}{at:08}", county.phone_prefix)),
        village: tour.village.clone(),
        group: 1,
        hypertension: true,
        diabetes: false,
    })
}

fn person(county: &County, villages: &[String], at: usize, today: Date, dice: &mut Dice) -> Result<Person> {
    let age = age(dice);
    let birth = today.add_months(i32::try_from(-12 * age).unwrap_or(0)).add_days(-dice.between(1, 360));
    let sex = if dice.chance(51) { Sex::Female } else { Sex::Male };
    let age = today.age_of(birth);
    let share = |shares: &[Share]| {
        shares.iter().rev().find(|share| share.from_age <= age).map_or(0, |share| share.percent)
    };
    let (hypertension, diabetes) = (share(&county.shares.hypertension), share(&county.shares.diabetes));
    Ok(Person {
        number: number(&county.region, birth, &sex, at, today)?,
        name: name(county, &sex, dice),
        birth,
        phone: (age >= 16 && dice.chance(88)).then(|| format!("{}{:08}", county.phone_prefix, at + 1000)),
        village: dice.pick(villages).cloned().unwrap_or_default(),
        group: dice.between(1, 8),
        hypertension: hypertension > 0 && dice.chance(hypertension),
        // Dice of their own: who has diabetes changes nothing else of the county.
        diabetes: Dice::new(at as u64).chance(diabetes),
        sex,
    })
}

fn age(dice: &mut Dice) -> i64 {
    let mut roll = dice.between(1, 100);
    for (weight, low, high) in AGES {
        if roll <= weight {
            return dice.between(low, high);
        }
        roll -= weight;
    }
    40
}

/// Forms a number that passes the check but belongs to nobody; `at` keeps two people of one birthday apart.
fn number(region: &str, birth: Date, sex: &Sex, at: usize, today: Date) -> Result<IdNumber> {
    // Digits 15 to 17 count the people of one day and place; the last of them is odd for men.
    let order = (at % 499) * 2 + usize::from(*sex == Sex::Male);
    let digits = format!("{region}{:04}{:02}{:02}{order:03}", birth.year(), birth.month(), birth.day());
    let check = check_character(&digits).context("an identity number of seventeen digits")?;
    Ok(IdNumber::parse(&format!("{digits}{check}"), today)?)
}

fn name(county: &County, sex: &Sex, dice: &mut Dice) -> String {
    let surnames: Vec<char> = county.names.surnames.chars().collect();
    let given = if *sex == Sex::Male { &county.names.male } else { &county.names.female };
    let given: Vec<char> = given.chars().collect();
    // The first surnames of the list are the most common ones.
    let common = surnames.get(..20).unwrap_or(&surnames);
    let surname = if dice.chance(55) { dice.pick(common) } else { dice.pick(&surnames) };
    let mut name: String = surname.into_iter().collect();
    name.extend(dice.pick(&given));
    if dice.chance(78) {
        name.extend(dice.pick(&given));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    #[test]
    fn nobody_shares_a_number_in_a_large_county() {
        let county = places::county().unwrap();
        let today = Date::new(2026, 11, 22).unwrap();
        let people = invent(&county, &["a".to_owned()], 20_000, 0, today).unwrap();
        let numbers: HashSet<&str> = people.iter().map(|person| person.number.as_str()).collect();
        assert_eq!(numbers.len(), people.len());
    }

    #[test]
    fn two_thousand_people_have_two_thousand_numbers_and_some_have_hypertension() {
        let county = places::county().unwrap();
        let today = Date::new(2026, 11, 22).unwrap();
        let people = invent(&county, &["a".to_owned()], 2000, 0, today).unwrap();
        let numbers: HashSet<&str> = people.iter().map(|person| person.number.as_str()).collect();
        assert_eq!(numbers.len(), 2000);
        let affected = people.iter().filter(|person| person.hypertension).count();
        assert!((300..=420).contains(&affected), "{affected}");
        let both = people.iter().filter(|person| person.hypertension && person.diabetes).count();
        let affected = people.iter().filter(|person| person.diabetes).count();
        assert!((120..=220).contains(&affected) && both > 20, "{affected}, {both} of them with both");
        assert!(people.iter().all(|person| person.number.sex() == person.sex));
        assert!(numbers.iter().all(|number| number.starts_with("519999")));
    }
}
