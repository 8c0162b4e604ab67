//! Turns the rule packs of `data/*.toml` into JSON, so that the app carries one parser instead of two, and the table
//! of pinyin into one by code point.
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
    let (common, surnames) = pinyin(&fs::read_to_string("data/pinyin.txt")?)?;
    fs::write(out.join("pinyin-common.txt"), common)?;
    fs::write(out.join("pinyin-surnames.txt"), surnames)?;
    Ok(())
}

/// Returns the letters of the characters from U+4E00 to U+9FFF in their order, a space where there is none, and the
/// surnames with another reading, each followed by its letter.
fn pinyin(table: &str) -> Result<(String, String), Box<dyn Error>> {
    let mut common = vec![' '; 0xa000 - 0x4e00];
    let mut surnames = String::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let Some((key, characters)) = line.split_once('\t') else { continue };
        let Some(letter) = key.chars().last() else { continue };
        for character in characters.chars() {
            if key.len() > 1 {
                surnames.extend([character, letter]);
            } else {
                let place = (character as usize).checked_sub(0x4e00).and_then(|place| common.get_mut(place));
                *place.ok_or_else(|| format!("pinyin.txt: {character} is outside the table"))? = letter;
            }
        }
    }
    Ok((common.into_iter().collect(), surnames))
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
