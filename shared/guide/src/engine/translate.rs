//! From the words of decision support to those of the guide.

use crate::{Level, Sex, State, Stop};
use decision::{knowledge, model, question};

pub(super) fn level(of: knowledge::Level) -> Level {
    match of {
        knowledge::Level::SelfCare => Level::SelfCare,
        knowledge::Level::Appointment => Level::Appointment,
        knowledge::Level::Day => Level::Day,
        knowledge::Level::Emergency => Level::Emergency,
        knowledge::Level::Ambulance => Level::Ambulance,
    }
}

pub(super) fn state(of: model::State) -> State {
    match of {
        model::State::Unknown => State::Unknown,
        model::State::Present => State::Present,
        model::State::Absent => State::Absent,
    }
}

pub(super) fn sex(of: Sex) -> model::Sex {
    match of {
        Sex::Female => model::Sex::Female,
        Sex::Male => model::Sex::Male,
    }
}

pub(super) fn stop(of: question::Stop) -> Stop {
    match of {
        question::Stop::Confident => Stop::Confident,
        question::Stop::NothingToAsk => Stop::NothingToAsk,
        question::Stop::Enough => Stop::Enough,
    }
}

/// Returns a probability in thousandths.
pub(super) fn permille(probability: f64) -> u16 {
    whole(probability * 1000.0)
}

/// Rounds to a whole number that a `u16` holds.
pub(super) fn whole(figure: f64) -> u16 {
    figure.round().clamp(0.0, f64::from(u16::MAX)) as u16
}
