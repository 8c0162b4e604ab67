use domain::base::{Date, IdNumber, IdNumberError, Sex};
use serde::Deserialize;

use super::{check_all, same};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    error: Option<String>,
    birth_date: Option<Date>,
    sex: Option<Sex>,
}

#[test]
fn identity_numbers_are_checked_by_weights_region_and_date() {
    let text = include_str!("../../data/cases/id_numbers.toml");
    check_all(text, |today, input: String, expected: Expected| match IdNumber::parse(&input, today) {
        Ok(number) => {
            assert_eq!(expected.error, None);
            same(number.birth_date().unwrap(), expected.birth_date, "birth date");
            same(number.sex(), expected.sex, "sex");
        }
        Err(error) => {
            let error = match error {
                IdNumberError::Shape => "shape",
                IdNumberError::Region => "region",
                IdNumberError::BirthDate => "birth_date",
                IdNumberError::CheckDigit(_) => "check_digit",
            };
            assert_eq!(Some(error.to_owned()), expected.error);
        }
    });
}
