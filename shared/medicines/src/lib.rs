//! Medicines and the safety of a prescription.
