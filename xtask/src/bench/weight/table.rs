//! The table of weights.

use super::{Code, Weight, key};
use crate::bench::record::{Record, kilobytes};

/// How many crates have a line of their own.
const SHOWN: usize = 25;

/// Prints what each crate weighs, the heaviest first, with the run before beside it.
pub fn print(weight: &Weight, before: &Record) {
    println!("\nWebAssembly by crate, before compression:\n");
    println!("| crate | KB | share | of it for our types, KB | run before, KB |");
    println!("| --- | --- | --- | --- | --- |");
    for line in lines(weight, before) {
        println!("{line}");
    }
}

fn lines(weight: &Weight, before: &Record) -> Vec<String> {
    let total = weight.total();
    let crates = weight.heaviest();
    let (shown, others) = crates.split_at(crates.len().min(SHOWN));
    let earlier = |what: &str| before.value(&key(what));
    let mut lines: Vec<String> = shown
        .iter()
        .map(|(name, code)| line(name, code.all, total, Some(code.for_ours), earlier(name)))
        .collect();
    let sum = |of: fn(&Code) -> u64| others.iter().map(|(_, code)| of(code)).sum();
    let past = others.iter().filter_map(|(name, _)| earlier(name)).reduce(|sum, one| sum + one);
    let what = format!("{} other crates", others.len());
    lines.push(line(&what, sum(|code| code.all), total, Some(sum(|code| code.for_ours)), past));
    lines.extend(weight.besides().map(|(what, bytes)| line(what, bytes, total, None, earlier(what))));
    lines
}

fn line(what: &str, bytes: u64, total: u64, for_ours: Option<u64>, earlier: Option<f64>) -> String {
    let all = kilobytes(bytes);
    let share = 100.0 * all / kilobytes(total).max(f64::MIN_POSITIVE);
    let for_ours = for_ours.map_or_else(String::new, |bytes| format!("{:.1}", kilobytes(bytes)));
    let earlier = earlier.map_or_else(|| "—".to_owned(), |value| format!("{value:.1}"));
    format!("| {what} | {all:.1} | {share:.1}% | {for_ours} | {earlier} |")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_crates_share_a_line_and_the_run_before_stands_beside() {
        let code = |all| Code { all, for_ours: 0 };
        let crates = (0..30).map(|n| (format!("crate{n:02}"), code(30_000 - n * 1_000))).collect();
        let weight = Weight { crates, data: 500, rest: 0 };
        let mut before = Record::default();
        before.keep(vec![crate::bench::record::Row::kilobytes(&key("crate00"), 12_345)]);
        let lines = lines(&weight, &before);
        assert_eq!(lines[0], "| crate00 | 30.0 | 6.4% | 0.0 | 12.3 |");
        assert_eq!(lines[25], "| 5 other crates | 15.0 | 3.2% | 0.0 | — |");
        assert_eq!(lines[28], "| everything | 465.5 | 100.0% |  | — |");
    }
}
