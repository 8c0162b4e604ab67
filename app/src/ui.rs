//! Accessible components without domain words. Every text comes in as a prop, already translated; a text prop
//! takes `"…"`, a `String`, a signal or a closure. The looks are in `style/`.
//!
//! A page is `<main class="page">` (`narrow` for flows) beside one [`TabBar`]; from 1100 px the tabs stand at the
//! side and `.split` puts list and detail side by side. No `style="…"` anywhere: the security policy forbids it.

mod advice;
mod answers;
mod button;
mod chart_scale;
mod chips;
mod choices;
mod dialog;
mod dots;
mod empty;
mod error_summary;
mod gauge;
mod icon;
mod keyed;
mod keypad;
mod line_chart;
mod meter;
mod notice;
mod person_bar;
mod pin;
mod pressure_keys;
mod progress;
mod qr;
mod search_box;
mod select_field;
mod show;
mod signature;
mod signature_pad;
mod step_bar;
mod sync_pill;
mod tab_bar;
mod tag;
mod text_field;
mod tone;
mod touch_chip;
mod undo;
mod why;

pub use advice::Advice;
pub use answers::{Answer, Answers};
pub use button::{Button, ButtonLink, Kind};
pub use chips::{Chip, Chips, Segments};
pub use choices::{Choice, Choices};
pub use dialog::Dialog;
pub use dots::Dots;
pub use empty::Empty;
pub use error_summary::ErrorSummary;
pub use gauge::Gauge;
pub use icon::{Glyph, Icon};
pub use keyed::{KeyedRow, keyed_rows};
pub use keypad::{Key, Keypad};
pub use line_chart::{ChartPoint, LineChart};
pub use meter::Meter;
pub use notice::Notice;
pub use person_bar::PersonBar;
pub use pin::{PinDots, PinPad};
pub use pressure_keys::{PressureKeys, PressurePart};
pub use progress::Progress;
pub use qr::Qr;
pub use search_box::SearchBox;
pub use select_field::SelectField;
pub use show::Show;
pub use signature::{Stroke, stroke_path};
pub use signature_pad::{Signature, SignaturePad};
pub use step_bar::StepBar;
pub use sync_pill::{SyncKind, SyncPill};
pub use tab_bar::{Tab, TabBar};
pub use tag::Tag;
pub use text_field::TextField;
pub use tone::Tone;
pub use touch_chip::{Stand, TouchChip, TouchChips};
pub use undo::Undo;
pub use why::Why;
