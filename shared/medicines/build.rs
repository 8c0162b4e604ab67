//! Joins `data/*.toml` and `data/medicines/*.toml` into one JSON pack and gives every medicine its pinyin initials.

use serde_json::{Map, Value};
use std::{env, error::Error, fs, path::Path, path::PathBuf};

/// The readings of characters live with the domain; one table serves both.
const PINYIN: &str = "../domain/data/pinyin.txt";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed={PINYIN}");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let mut pack = Map::new();
    for file in files(Path::new("data"))?.into_iter().chain(files(Path::new("data/medicines"))?) {
        let table: toml::Table =
            fs::read_to_string(&file)?.parse().map_err(|error| format!("{}: {error}", file.display()))?;
        for (key, entry) in table {
            let entry = serde_json::to_value(entry)?;
            match (pack.get_mut(&key), entry) {
                (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
                (Some(_), _) => return Err(format!("{}: {key} is said twice", file.display()).into()),
                (None, entry) => _ = pack.insert(key, entry),
            }
        }
    }
    let table = fs::read_to_string(PINYIN)?;
    for medicine in pack.get_mut("medicine").and_then(Value::as_array_mut).into_iter().flatten() {
        let name = medicine.get("name").and_then(Value::as_str).unwrap_or_default();
        let initials = initials(name, &table);
        if let Some(medicine) = medicine.as_object_mut() {
            medicine.insert("initials".into(), initials.into());
        }
    }
    fs::write(out.join("medicines.json"), Value::Object(pack).to_string())?;
    Ok(())
}

/// Returns the TOML files of a directory in the order of their names.
fn files(dir: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    Ok(files)
}

/// Returns the first letters of a name's characters; a character without a reading gives none.
fn initials(name: &str, table: &str) -> String {
    let reading = |character: char| {
        let lines = table.lines().filter_map(|line| line.split_once('\t'));
        lines.filter(|(key, _)| key.len() == 1).find(|(_, all)| all.contains(character)).map(|(key, _)| key)
    };
    name.chars()
        .filter_map(|character| match character {
            ascii if ascii.is_ascii_alphanumeric() => Some(ascii.to_ascii_lowercase().to_string()),
            other => reading(other).map(str::to_owned),
        })
        .collect()
}
