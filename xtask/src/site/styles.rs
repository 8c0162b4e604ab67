//! One style sheet out of `style/`.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// The files that come first, in cascade order; any other follows by name.
const ORDER: [&str; 4] = ["tokens.css", "base.css", "components.css", "features.css"];

/// Returns the files of `style/` in a work tree joined in cascade order.
pub fn bundle(root: &Path) -> Result<String> {
    let dir = root.join("style");
    let mut files = Vec::new();
    for entry in fs::read_dir(&dir).with_context(|| format!("could not read {}", dir.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".css") {
            files.push((ORDER.iter().position(|first| *first == name).unwrap_or(ORDER.len()), name));
        }
    }
    files.sort();
    let mut bundle = String::from("@layer tokens, base, components, features;\n");
    for (_, name) in files {
        bundle.push_str(&without_comments(&fs::read_to_string(dir.join(name))?));
    }
    Ok(bundle)
}

/// Drops comments and empty lines, which only the source needs.
fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |all, line| all + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_dropped_and_rules_kept() {
        assert_eq!(
            without_comments("/* a */ p {\n\n  color: red; /* b\n c */\n}\n"),
            "p {\ncolor: red;\n}\n"
        );
    }
}
