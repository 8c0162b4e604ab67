//! Reads the data as `cargo xtask` does.

use decision::advise::{Advisor, Case};
use decision::knowledge::{Knowledge, Measure, read};
use decision::model::{Person, Sex};
use std::path::{Path, PathBuf};
use std::{fs, sync::LazyLock};

static ADVISOR: LazyLock<Advisor> = LazyLock::new(|| Advisor::new(knowledge()).unwrap());

pub fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

pub fn knowledge() -> Knowledge {
    let mut files = Vec::new();
    collect(&data(), &mut files);
    files.sort();
    read(files.iter().map(|(path, text)| (path.as_str(), text.as_str()))).unwrap()
}

fn collect(dir: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.strip_prefix(data()).unwrap().to_string_lossy().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

pub fn advisor() -> &'static Advisor {
    &ADVISOR
}

/// A line of a file of cases, as far as the tests need it.
pub struct Line {
    pub id: String,
    pub level: String,
    /// Names and codes of what it is.
    pub gold: Vec<String>,
    pub case: Case,
}

/// Reads cases of a file of JSON lines.
pub fn lines(file: &str) -> Vec<Line> {
    let text = fs::read_to_string(data().join("cases").join(file)).unwrap();
    text.lines().map(line).collect()
}

/// Reads one case.
pub fn line(text: &str) -> Line {
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    let number = |name: &str| value.get(name).and_then(serde_json::Value::as_f64);
    let word =
        |name: &str| value.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let months = number("age_months").or(number("age_years").map(|years| years * 12.0));
    let sex = if word("sex") == "male" { Sex::Male } else { Sex::Female };
    let weeks = number("pregnant_weeks").map(|weeks| weeks as u32);
    let mut case = Case {
        person: Person {
            age_months: months.map(|months| months as u32),
            sex: Some(sex),
            pregnant: weeks.map(|_| true),
            month: None,
        },
        pregnant_weeks: weeks,
        ..Case::default()
    };
    let measures = [
        ("sbp", Measure::Sbp),
        ("dbp", Measure::Dbp),
        ("pulse", Measure::Pulse),
        ("temperature", Measure::Temperature),
        ("respiration", Measure::Respiration),
        ("spo2", Measure::Spo2),
        ("glucose", Measure::Glucose),
    ];
    for (name, measure) in measures {
        if let Some(figure) =
            value.get("vitals").and_then(|vitals| vitals.get(name)).and_then(|one| one.as_f64())
        {
            case.vitals.fill(measure, figure);
        }
    }
    case.add(advisor().knowledge(), &advisor().read(&word("text")));
    let gold = value.get("gold").and_then(serde_json::Value::as_array).into_iter().flatten();
    let gold = gold.filter_map(serde_json::Value::as_str).map(str::to_owned).collect();
    Line { id: word("id"), level: word("triage"), gold, case }
}
