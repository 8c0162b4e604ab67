//! The domain on Automerge documents.
//!
//! Eleven [`Kind`]s; each begins with frozen genesis bytes ([`open`]) so that documents made apart merge.
//! Reading never fails as a whole and returns problems beside what it read; writing goes through named verbs.
//!
//! | kind | read | verbs (methods of [`Tx`]) |
//! | --- | --- | --- |
//! | person | [`read_person`] | `create_person`, `update_contact`, `set_key_group`, `set_team` |
//! | record | [`read_record`] | `record_visit`, `void_visit`, `sign_contract`, `terminate_contract`, `add_condition`, `add_allergy`, `add_medication`, `end_medication`, `attach`, `void_attachment`, `add_body_fact`, `void_body_fact` |
//! | diary | [`read_diary`] | `record_reading`, `request_reward`, `dispute_entry`, `withdraw_entry` |
//! | rewards | [`read_rewards`] | `attend`, `hand_out`, `take_back`, `answer` |
//! | activity | [`read_activity`] | `claim`, `withdraw_claim`, `dispute`, `withdraw_dispute` |
//! | rulings | [`read_rulings`] | `rule` |
//! | prescriptions | [`read_prescriptions`] | `submit_prescription`, `withdraw_prescription`, `mark_review_read` |
//! | reviews | [`read_reviews`] | `review` |
//! | close | [`read_close`] | `close_month` |
//! | catalog | [`read_catalog`] | `set_institution`, `set_team_entry`, `set_staff`, `publish_package`, `publish_health_rules` |
//! | rules | [`read_rules`] | `set_county_key`, `publish_points_rules`, `save_draft_rules`, `discard_draft_rules` |
//!
//! ```
//! use documents::{Kind, author, open, read_record, write};
//! # use documents::Allergy;
//! # use domain::base::Timestamp;
//! let mut doc = open(Kind::Record)?;
//! let allergy = Allergy { id: "a1".into(), substance: "青霉素".into(), ..Allergy::default() };
//! write(&mut doc, &author("zhang.wei"), Timestamp(1_795_000_000_000), |tx| tx.add_allergy(&allergy))?;
//! let (record, problems) = read_record(&doc);
//! assert_eq!((record.allergies, problems.len()), (vec![allergy], 0));
//! # Ok::<(), documents::WriteError>(())
//! ```
//!
//! **Shape.** An entry is a map under its id; a field is a scalar, or, where it has structure, one frozen value
//! (JSON in bytes) that is replaced whole: a pressure's two figures can never come from two people. Nothing is
//! stored that a rule can compute, except the result of a follow-up as it was computed then.
//!
//! **Ids.** [`document_id`], [`diary_id`], [`rewards_id`], [`subject`], [`author`], [`year_key`] derive the same on every device.
//!
//! **Lists** show [`Summary`] rows, made by [`summarise`] from documents; [`SUMMARY_VERSION`] tags them.

pub mod activity;
pub mod catalog;
pub mod closing;
pub mod county_rules;
pub mod diary;
pub mod genesis;
pub mod identity;
pub mod kind;
pub mod participation;
pub mod person;
pub mod prescriptions;
pub mod problem;
mod read;
pub mod record;
pub mod reviews;
pub mod rewards;
pub mod rulings;
pub mod summary;
pub mod visit;
pub mod write;

pub use activity::{Activity, read_activity};
pub use catalog::{Catalog, read_catalog};
pub use closing::{Closed, month_key, read_close};
pub use county_rules::{CountyRules, RulesDraft, read_rules};
pub use diary::{Diary, Reading, read_diary};
pub use genesis::{load, make_room, open};
pub use identity::{CountyKey, author, diary_id, document_id, rewards_id, subject, year_key};
pub use kind::Kind;
pub use participation::{deeds, rewards_of};
pub use person::read_person;
pub use prescriptions::{PrescriptionCase, Prescriptions, ReviewRead, read_prescriptions};
pub use problem::{ConflictingValue, Problem, ProblemKind};
pub use record::{
    Allergy, Attachment, AttachmentKind, Condition, Medication, Record, SignedContract, read_record,
};
pub use reviews::{Review, ReviewVerdict, read_reviews};
pub use rewards::{Attendance, AttendanceKind, Rewards, read_rewards};
pub use rulings::read_rulings;
pub use summary::{ContractRow, HomeRow, ResidentDocuments, SUMMARY_VERSION, Summary, summarise};
pub use visit::{
    Adherence, Assessment, Diagnosis, FindingSeen, FindingState, MedicineTaken, Plan, Prescribed,
    Prescription, Salt, ServiceUsed, Shown, Visit, VisitPlace, Voided, Warning, WarningLevel,
};
pub use write::{Tx, WriteError, Written, begin, write};
