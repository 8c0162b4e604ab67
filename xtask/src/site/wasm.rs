//! From the `app` crate to hashed JavaScript and WebAssembly.

use super::assets::{Assets, hash};
use crate::{paths, shell, tools};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// What makes the release lighter (docs/adr/0006): Leptos erases the types of components; the standard library is
/// compiled along, for size; a panic stops at once, without the code and the texts that would describe it. Only
/// here, so that quick builds and checks share their artifacts and say where they panicked.
const LIGHT: [&str; 4] = [
    "-Zbuild-std=std,panic_abort",
    "-Zbuild-std-features=optimize_for_size",
    "--config",
    concat!(
        r#"target.wasm32-unknown-unknown.rustflags=["--cfg","erase_components","-Zunstable-options","#,
        r#""-Cpanic=immediate-abort","-Zlocation-detail=none","-Zfmt-debug=none"]"#
    ),
];

/// The names under which the app was written.
pub struct Entry {
    /// The module that starts the app.
    pub boot: String,
    /// The glue between browser and WebAssembly.
    pub script: String,
    /// The app itself.
    pub wasm: String,
}

/// Compiles the app and binds it to JavaScript; returns the directory of `app.js` and `app_bg.wasm`.
pub fn build(dev: bool) -> Result<PathBuf> {
    let mut args = vec!["build", "-p", "app", "--target", TARGET];
    if dev {
        shell::cargo(&args)?;
    } else {
        tools::rust_source()?;
        args.extend(["--profile", "wasm"]);
        args.extend(LIGHT);
        shell::unstable_cargo(&args)?;
    }
    let folder = if dev { "debug" } else { "wasm" };
    let input = paths::target().join(TARGET).join(folder).join("app.wasm");
    let out = paths::target().join("bindgen");
    let _ = fs::remove_dir_all(&out);
    Bindgen::new()
        .input_path(&input)
        .out_name("app")
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .keep_debug(false)
        .remove_name_section(!dev)
        .remove_producers_section(true)
        .generate(&out)
        .with_context(|| format!("wasm-bindgen on {}", input.display()))?;
    if !dev {
        optimise(&out.join("app_bg.wasm"))?;
    }
    Ok(out)
}

fn optimise(wasm: &Path) -> Result<()> {
    let tool = tools::wasm_opt()?;
    let (tool, file) = (tool.to_string_lossy(), wasm.to_string_lossy());
    let features = [
        "--enable-bulk-memory",
        "--enable-bulk-memory-opt",
        "--enable-nontrapping-float-to-int",
        "--enable-sign-ext",
        "--enable-mutable-globals",
        "--enable-reference-types",
        "--enable-multivalue",
    ];
    // Inlining what is called once makes the file smaller and what is downloaded larger.
    let mut args = vec![&*file, "--no-inline=*", "-Oz", "--converge", "-o", &*file];
    args.extend(features);
    shell::run(&paths::root(), &tool, &args)
}

/// Adds the app to the site under hashed names.
pub fn add(out: &Path, assets: &mut Assets) -> Result<Entry> {
    let wasm = assets.add_hashed("app.wasm", &fs::read(out.join("app_bg.wasm"))?)?;
    let script = fs::read_to_string(out.join("app.js"))?;
    let script = add_snippets(&out.join("snippets"), script, assets)?;
    let script = assets.add_hashed("app.js", script.as_bytes())?;
    let boot = include_str!("boot.js").replace("@SCRIPT@", &script).replace("@WASM@", &wasm);
    let boot = assets.add_hashed("boot.js", boot.as_bytes())?;
    Ok(Entry { boot, script, wasm })
}

/// Moves the JavaScript that libraries bring along into a directory named by its content.
fn add_snippets(dir: &Path, script: String, assets: &mut Assets) -> Result<String> {
    let mut files = Vec::new();
    let mut pending = vec![dir.to_path_buf()];
    while let Some(next) = pending.pop().filter(|next| next.is_dir()) {
        for entry in fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() { pending.push(path) } else { files.push(path) }
        }
    }
    if files.is_empty() {
        return Ok(script);
    }
    files.sort();
    let mut all = Vec::new();
    for file in &files {
        all.extend(fs::read(file)?);
    }
    let folder = format!("snippets-{}", hash(&all));
    for file in &files {
        let name = file.strip_prefix(dir)?.to_string_lossy().replace('\\', "/");
        assets.add(&format!("{folder}/{name}"), &fs::read(file)?)?;
    }
    Ok(script.replace("./snippets/", &format!("./{folder}/")))
}
