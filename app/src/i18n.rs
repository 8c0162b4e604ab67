//! Interface texts, generated at build time from `locales/`.

include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
