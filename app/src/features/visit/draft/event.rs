//! What a person does to a draft, and what keeps them from going on.

use super::{Field, Place, Reaction, Step, Taking};
use crate::features::visit::{
    asking::AskingEvent,
    prescribing::{Lack, PrescribingEvent},
};
use crate::ui::{Key, Stroke};
use domain::{
    base::{Date, SignId},
    measurements::Vital,
};

/// What the person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Went to a step.
    Go(Step),
    /// Chose a figure.
    Choose(Field),
    /// Pressed a key of the pad.
    Key(Key),
    /// Wanted the further figures.
    More,
    /// Said whether the glucose was measured after a night without food.
    Fasting(bool),
    /// Toggled a danger sign.
    Danger(SignId),
    /// Said that there is none.
    NoDanger,
    /// Toggled a symptom.
    Symptom(SignId),
    /// Said how medication is taken.
    Taking(Taking),
    /// Said whether it causes trouble.
    Reaction(Reaction),
    /// Said whether there is a new or worse complication.
    Complication(bool),
    /// Something about the complaint.
    Asking(AskingEvent),
    /// Something about the prescription.
    Prescribing(Box<PrescribingEvent>),
    /// Said where it takes place.
    Place(Place),
    /// Agreed a date, or took it back.
    Agree(Option<Date>),
    /// Wrote a note.
    Note(String),
    /// Drew.
    Strokes(Vec<Stroke>),
}

/// Why a step cannot be left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No pressure, or half of one.
    Pressure,
    /// A pressure nobody can have.
    Impossible,
    /// A glucose nobody can have.
    ImpossibleGlucose,
    /// A vital sign nobody can have.
    ImpossibleVital(Vital),
    /// Nobody said whether the glucose is a fasting one.
    Fasting,
    /// Nobody asked for danger signs.
    DangerSigns,
    /// Less is done than a red flag asks for, and nobody wrote why.
    OverrideReason,
    /// Nothing was measured, complained of or prescribed.
    Nothing,
    /// Something about the prescription.
    Prescription(Lack),
    /// Not signed.
    Signature,
}
