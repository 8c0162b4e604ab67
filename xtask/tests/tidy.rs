//! What the architecture promises and no compiler checks.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Returns every file under `dir` with this extension, relative to the root.
fn files(dir: &str, extension: &str) -> Vec<PathBuf> {
    let mut pending = vec![root().join(dir)];
    let mut found = Vec::new();
    while let Some(next) = pending.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "target" && name != "node_modules" {
                pending.push(path);
            } else if path.extension().is_some_and(|have| have == extension) {
                found.push(path.strip_prefix(root()).unwrap().to_path_buf());
            }
        }
    }
    found.sort();
    found
}

fn rust_files() -> Vec<PathBuf> {
    ["shared", "server", "app", "xtask"].iter().flat_map(|dir| files(dir, "rs")).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// Returns the names of the ordinary dependencies of a crate.
fn dependencies(dir: &str) -> Vec<String> {
    let manifest: toml::Table = read(&Path::new(dir).join("Cargo.toml")).parse().unwrap();
    let mut names: Vec<String> = manifest["dependencies"].as_table().unwrap().keys().cloned().collect();
    if let Some(targets) = manifest.get("target").and_then(|targets| targets.as_table()) {
        for target in targets.values() {
            names.extend(target["dependencies"].as_table().unwrap().keys().cloned());
        }
    }
    names
}

#[track_caller]
fn assert_without(dir: &str, unwanted: &[&str]) {
    for name in dependencies(dir) {
        assert!(!unwanted.contains(&name.as_str()), "{dir} must not depend on {name}");
    }
}

/// Whether a file holds tests only.
fn is_test(path: &Path) -> bool {
    let stem = path.file_stem().unwrap().to_string_lossy();
    stem.ends_with("tests") || path.components().any(|part| part.as_os_str() == "tests")
}

/// Returns the lines before the inline tests, numbered from one, without comments.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().enumerate().map(|(at, line)| {
        let comment = line.find("// ").or_else(|| line.find("///")).or_else(|| line.find("//!"));
        (at + 1, &line[..comment.unwrap_or(line.len())])
    })
}

fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

/// Returns the texts of a file of interface texts, each under its whole key.
fn texts(path: &Path) -> BTreeMap<String, String> {
    let mut pending = vec![(String::new(), serde_json::from_str(&read(path)).unwrap())];
    let mut found = BTreeMap::new();
    while let Some((key, value)) = pending.pop() {
        match value {
            serde_json::Value::Object(inner) => {
                pending.extend(inner.into_iter().map(|(name, value)| (format!("{key}.{name}"), value)));
            }
            text => drop(found.insert(key, text.as_str().unwrap().to_owned())),
        }
    }
    found
}

/// Returns the names of what is put into a text.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(name, _)| name.trim()).collect()
}

#[test]
fn the_domain_knows_no_clock_network_browser_or_automerge() {
    assert_without(
        "shared/domain",
        &[
            "automerge",
            "documents",
            "sync",
            "tokio",
            "rand",
            "getrandom",
            "js-sys",
            "web-sys",
            "chrono",
            "time",
        ],
    );
    for path in files("shared/domain/src", "rs") {
        for (line, code) in code_lines(&read(&path)) {
            for clock in ["SystemTime", "Instant::now", "std::env", "std::fs", "std::net"] {
                assert!(!code.contains(clock), "{}:{line} uses {clock}", path.display());
            }
        }
    }
}

#[test]
fn documents_know_no_network_and_sync_no_domain() {
    assert_without("shared/documents", &["sync", "tokio", "web-sys", "axum"]);
    assert_without("shared/sync", &["domain", "documents", "tokio", "web-sys", "axum"]);
}

#[test]
fn knowledge_knows_neither_documents_nor_the_other_knowledge() {
    let others = ["documents", "automerge", "sync", "domain", "decision", "medicines", "tokio"];
    assert_without("shared/decision", &others);
    assert_without("shared/medicines", &others);
}

#[test]
fn the_server_does_not_depend_on_the_domain() {
    assert_without("server", &["domain", "documents", "app"]);
}

#[test]
fn the_server_and_the_domain_name_the_same_roles() {
    let policy = read(Path::new("server/src/policy.rs"));
    let list = policy.split_once("pub const ROLES").unwrap().1.split_once("= [").unwrap().1;
    let named: Vec<&str> = list.split_once("];").unwrap().0.split('"').skip(1).step_by(2).collect();
    let known: Vec<&str> = domain::people::Role::KNOWN.iter().map(domain::people::Role::as_str).collect();
    assert_eq!(named, known);
}

#[test]
fn only_the_app_knows_leptos_and_the_browser() {
    let knowledge = ["shared/decision", "shared/medicines", "shared/guide"];
    for dir in
        knowledge.into_iter().chain(["shared/domain", "shared/documents", "shared/sync", "server", "xtask"])
    {
        assert_without(dir, &["leptos", "web-sys", "js-sys", "wasm-bindgen"]);
    }
}

#[test]
fn no_chinese_text_is_in_rust_outside_tests_and_comments() {
    let mut found = Vec::new();
    for path in rust_files().iter().filter(|path| !is_test(path)) {
        let text = read(path);
        let lines = code_lines(&text).filter(|(_, code)| code.chars().any(is_chinese));
        found.extend(lines.map(|(line, code)| format!("{}:{line}: {}", path.display(), code.trim())));
    }
    assert!(found.is_empty(), "Chinese text belongs into app/locales or data:\n{}", found.join("\n"));
}

#[test]
fn every_text_is_in_every_language() {
    let locales = Path::new("app/locales");
    let language = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let languages = fs::read_dir(root().join(locales)).unwrap().map(|entry| language(entry.unwrap()));
    let languages: BTreeMap<String, BTreeMap<PathBuf, _>> = languages
        .map(|language| {
            let dir = locales.join(&language);
            let name = |path: &PathBuf| path.strip_prefix(&dir).unwrap().to_path_buf();
            let files = files(&dir.to_string_lossy(), "json");
            let files = files.iter().map(|path| (name(path), texts(path))).collect();
            (language, files)
        })
        .collect();
    let first = &languages["zh-CN"];
    assert!(languages.contains_key("en") && !first.is_empty());
    let mut wrong = Vec::new();
    for (language, files) in &languages {
        let names: BTreeSet<&PathBuf> = first.keys().chain(files.keys()).collect();
        for name in names {
            let (Some(ours), Some(theirs)) = (first.get(name), files.get(name)) else {
                wrong.push(format!("{language}: {} is not in every language", name.display()));
                continue;
            };
            let keys: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
            for key in keys {
                let problem = match (ours.get(key), theirs.get(key)) {
                    (Some(_), Some(text)) if text.trim().is_empty() => "is empty",
                    (Some(own), Some(text)) if placeholders(own) != placeholders(text) => {
                        "does not put in the same"
                    }
                    (Some(_), Some(text)) if language == "en" && text.chars().any(is_chinese) => "is Chinese",
                    (Some(_), Some(_)) => continue,
                    _ => "is not in every language",
                };
                wrong.push(format!("{language}: {}{key} {problem}", name.with_extension("").display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_module_lies_beside_its_folder() {
    for path in rust_files() {
        assert_ne!(path.file_name().unwrap(), "mod.rs", "{}", path.display());
    }
}

#[test]
fn nothing_is_left_to_do_silenced_or_ignored() {
    // Put together here, so that this file does not find itself.
    let marks = [
        "TO".to_owned() + "DO",
        "FIX".to_owned() + "ME",
        "#[ig".to_owned() + "nore",
        "allow(dead".to_owned() + "_code",
    ];
    let mut found = Vec::new();
    for path in rust_files() {
        let text = read(&path);
        let held = marks.iter().filter(|mark| text.contains(mark.as_str()));
        found.extend(held.map(|mark| format!("{} holds {mark}", path.display())));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_source_file_outgrows_a_reader() {
    for path in rust_files() {
        let lines = read(&path).lines().count();
        assert!(lines <= 500, "{} has {lines} lines: what are its two parts?", path.display());
    }
}

#[test]
fn the_service_worker_never_keeps_answers_of_the_server() {
    let worker = read(Path::new("public/sw.js"));
    for path in ["api\\/", "sync", "demo\\.json"] {
        assert!(worker.contains(path), "public/sw.js no longer excludes {path}");
    }
    // An update waits until the old tabs are closed, or until the page says that its person takes it.
    let on_request = "event.data === \"take\" && self.skipWaiting()";
    assert!(worker.contains(on_request) && worker.matches("skipWaiting").count() == 1);
}
