//! Prints how long answers take, in milliseconds: the median and the longest over the cases of decision support.
//!
//! `cargo run -p guide --features engine --example pace`

#![expect(clippy::expect_used, reason = "a measurement that cannot be made should say so")]

use guide::{Case, Guide, Line, Patient, Request, Sex};
use std::time::Instant;

#[path = "../tests/engine/pack.rs"]
mod pack;

fn main() {
    let knowledge = pack::knowledge();
    let begun = Instant::now();
    let guide = Guide::new(&knowledge, medicines::Medicines::pack()).expect("a guide of the shipped packs");
    println!("new      {:8.2} ms", begun.elapsed().as_secs_f64() * 1000.0);
    let cases: Vec<Case> = pack::texts("vignettes.jsonl").into_iter().map(case).collect();
    let advise: Vec<Request> = cases.iter().cloned().map(Request::Advise).collect();
    measure("advise", &guide, &advise);
    let conditions: Vec<Request> =
        cases.into_iter().map(|case| Request::Condition { id: "cystitis".to_owned(), case }).collect();
    measure("condition", &guide, &conditions);
    let texts = ["咳", "ks", "发热", "头"]
        .map(|text| Request::Findings { text: text.to_owned(), case: Case::default() });
    measure("findings", &guide, &texts);
    let lines = ["华法林", "阿司匹林", "阿莫西林", "布洛芬", "二甲双胍"].map(line);
    let check = Request::Check { patient: patient(), lines: lines.into() };
    measure("check", &guide, &vec![check; 50]);
}

fn case(text: String) -> Case {
    Case { age_months: Some(480), sex: Some(Sex::Female), texts: vec![text], ..Case::default() }
}

fn patient() -> Patient {
    Patient { age_days: 24_000, conditions: vec!["高血压".to_owned()], ..Patient::default() }
}

fn line(medicine: &str) -> Line {
    Line { medicine: medicine.to_owned(), dose: Some(1.0), unit: "片".to_owned(), ..Line::default() }
}

fn measure(name: &str, guide: &Guide, requests: &[Request]) {
    let mut taken: Vec<f64> = requests
        .iter()
        .map(|request| {
            let begun = Instant::now();
            std::hint::black_box(guide.answer(request));
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    let median = taken.get(taken.len() / 2).copied().unwrap_or_default();
    let longest = taken.last().copied().unwrap_or_default();
    println!("{name:9}{median:8.2} ms, at most {longest:.2} ms, of {}", taken.len());
}
