//! Turns the rule packs of `data/*.toml` into JSON, so that the app carries one parser instead of two.
//!
//! A pack's version is the hash of its TOML text, the file that people read and review.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=data");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    for entry in fs::read_dir("data")? {
        let path = entry?.path();
        let Some(name) = path.file_stem().and_then(|name| name.to_str()) else { continue };
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(&path)?;
            let table: toml::Table = text.parse()?;
            let version = hex::encode(Sha256::digest(text.as_bytes()));
            let pack = json!({ "version": version, "rules": value(toml::Value::Table(table)) });
            fs::write(out.join(format!("{name}.json")), pack.to_string())?;
        }
    }
    Ok(())
}

/// Says in JSON what was said in TOML; dates become texts.
fn value(toml: toml::Value) -> Value {
    match toml {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(list) => list.into_iter().map(value).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, entry)| (key, value(entry))).collect::<Map<_, _>>().into()
        }
    }
}
