//! What the app's WebAssembly weighs by crate.
//!
//! The parts of the site are made once more with the names of their functions, which the site drops. Each function
//! counts for the crate in which it was written; one that was written for any type, and compiled for one of ours, is also
//! counted as ours to cause. Bytes are those before compression: brotli does not say which bytes it saved.

mod origin;
mod table;

use super::record::{Record, Row};
use crate::{paths, site};
use anyhow::{Context, Result};
use origin::Origin;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use wasmparser::{KnownCustom, Name, NameSectionReader, Parser, Payload, TypeRef};

/// What the code of one crate weighs, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Code {
    all: u64,
    for_ours: u64,
}

/// What WebAssembly weighs, in bytes, without the names of its functions.
#[derive(Debug, Default, PartialEq, Eq)]
struct Weight {
    crates: BTreeMap<String, Code>,
    data: u64,
    rest: u64,
}

/// Weighs the release app that was linked last, prints a table with the run before beside it, and keeps the figures.
pub fn run() -> Result<()> {
    let ours = members()?;
    let mut weight = Weight::default();
    for part in site::named_parts()? {
        let wasm = fs::read(&part).with_context(|| format!("could not read {}", part.display()))?;
        weight.add(&wasm, &ours).with_context(|| format!("could not weigh {}", part.display()))?;
    }
    let mut record = Record::read("bench-app")?;
    table::print(&weight, &record);
    record.keep(weight.rows());
    record.write("bench-app")
}

/// Returns the names of the crates of this workspace.
fn members() -> Result<Vec<String>> {
    let manifest: toml::Table = fs::read_to_string(paths::root().join("Cargo.toml"))?.parse()?;
    let members = manifest.get("workspace").and_then(|workspace| workspace.get("members"));
    let members = members.and_then(toml::Value::as_array).context("a workspace has members")?;
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    Ok(members.iter().filter_map(toml::Value::as_str).map(name).collect())
}

impl Weight {
    /// Adds a module that carries the names of its functions.
    fn add(&mut self, wasm: &[u8], ours: &[String]) -> Result<()> {
        let (mut bodies, mut names, mut next) = (Vec::new(), HashMap::new(), 0_u32);
        let (mut code, mut data, mut labels) = (0, 0, 0);
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        next += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    let range = body.range();
                    code += range.end - range.start;
                    bodies.push((next, range.end - range.start));
                    next += 1;
                }
                Payload::DataSection(segments) => {
                    for segment in segments {
                        data += u64::try_from(segment?.data.len())?;
                    }
                }
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(reader) = section.as_known() {
                        labels += u64::try_from(section.data().len())?;
                        read_names(reader, &mut names)?;
                    }
                }
                _ => {}
            }
        }
        for (index, bytes) in bodies {
            let origin = names.get(&index).map_or_else(Origin::unknown, |name| Origin::of(name, ours));
            let entry = self.crates.entry(origin.written_in).or_default();
            entry.all += bytes;
            entry.for_ours += if origin.for_ours { bytes } else { 0 };
        }
        self.data += data;
        self.rest += u64::try_from(wasm.len())? - code - data - labels;
        Ok(())
    }

    fn total(&self) -> u64 {
        self.crates.values().map(|code| code.all).sum::<u64>() + self.data + self.rest
    }

    /// Returns the crates, the heaviest first.
    fn heaviest(&self) -> Vec<(&str, Code)> {
        let mut crates: Vec<(&str, Code)> =
            self.crates.iter().map(|(name, code)| (name.as_str(), *code)).collect();
        crates.sort_by_key(|(name, code)| (std::cmp::Reverse(code.all), *name));
        crates
    }

    /// Returns what is not code of a crate, and the sum of everything.
    fn besides(&self) -> [(&'static str, u64); 3] {
        [("data", self.data), ("the rest", self.rest), ("everything", self.total())]
    }

    fn rows(&self) -> Vec<Row> {
        let crates = self.crates.iter().map(|(name, code)| Row::kilobytes(&key(name), code.all));
        let others = self.besides().map(|(what, bytes)| Row::kilobytes(&key(what), bytes));
        crates.chain(others).collect()
    }
}

/// Reads the names of functions into `names`, by index.
fn read_names<'a>(section: NameSectionReader<'a>, names: &mut HashMap<u32, &'a str>) -> Result<()> {
    for name in section {
        let Name::Function(map) = name? else { continue };
        for naming in map {
            let naming = naming?;
            names.insert(naming.index, naming.name);
        }
    }
    Ok(())
}

/// Returns the name under which a weight is kept among the other figures.
fn key(what: &str) -> String {
    format!("wasm before compression: {what}")
}

#[cfg(test)]
mod tests;
