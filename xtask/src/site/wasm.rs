//! From the `app` crate to JavaScript and WebAssembly in parts.

use super::Finish;
use super::arrange::arrange;
use super::assets::{Assets, hash};
use crate::{paths, shell, tools};
use anyhow::{Context, Result, anyhow};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// What makes the release lighter (docs/adr/0006): Leptos erases the types of components; the standard library is
/// compiled along, for size; a panic stops at once, without the code and the texts that would describe it. Only here, so
/// that quick builds and checks share their artifacts and say where they panicked.
const LIGHT: [&str; 3] =
    ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size", "--config"];
const FLAGS: &str = r#""--cfg","erase_components","-Zunstable-options","-Cpanic=immediate-abort","-Zlocation-detail=none","-Zfmt-debug=none""#;

/// What lets a module be cut into parts (docs/adr/0007).
const CUT: &str = r#","--cfg","split","-Clink-arg=--emit-relocs""#;

/// Where the first part is once wasm-bindgen has been over it.
const MAIN: &str = "app_bg.wasm";

/// The part that everybody needs.
const ALWAYS: &str = "behind";

/// Says beside the parts which files each of them needs.
const NEEDS: &str = "parts.json";

/// What is compiled to a module of its own.
pub struct Module {
    /// The package.
    pub package: &'static str,
    /// What cargo calls the result.
    pub file: &'static str,
    /// What it is called in the site.
    pub name: &'static str,
    /// Whether it is cut into parts.
    pub cut: bool,
}

/// The app.
pub const APP: Module = Module { package: "app", file: "app.wasm", name: "app", cut: true };

/// The names under which the app was written.
pub struct Entry {
    /// The module that starts the app.
    pub boot: String,
    /// The glue between browser and WebAssembly, and what fetches the parts.
    pub scripts: Vec<String>,
    /// The first part of the app.
    pub wasm: String,
    /// The parts that are fetched when they are needed, by name: the files of each, of which it shares some with others.
    pub parts: BTreeMap<String, Vec<String>>,
}

impl Entry {
    /// Returns the parts that not everybody needs, each with what it needs besides what everybody does.
    pub fn optional(&self) -> BTreeMap<String, Vec<String>> {
        let always = self.parts.get(ALWAYS).map(Vec::as_slice).unwrap_or_default();
        let besides =
            |files: &[String]| files.iter().filter(|file| !always.contains(file)).cloned().collect();
        let optional = self.parts.iter().filter(|(part, _)| *part != ALWAYS);
        optional.map(|(part, files)| (part.clone(), besides(files))).collect()
    }

    /// Returns the WebAssembly that somebody runs who opens some of the optional parts, each file once.
    pub fn run_by(&self, parts: &[&str]) -> Vec<&String> {
        let named = self.parts.iter().filter(|(part, _)| *part == ALWAYS || parts.contains(&part.as_str()));
        let mut files: Vec<&String> = named.flat_map(|(_, files)| files).chain([&self.wasm]).collect();
        files.sort();
        files.dedup();
        files
    }
}

/// Compiles a module of a work tree and binds it to JavaScript; returns the directory of `NAME.js`, `NAME_bg.wasm` and
/// the other parts.
pub fn build(root: &Path, module: &Module, finish: Finish) -> Result<PathBuf> {
    let quick = finish == Finish::Quick;
    let (manifest, target) = (root.join("Cargo.toml"), paths::target());
    let (manifest, to) = (manifest.to_string_lossy(), target.to_string_lossy());
    let flags = format!("target.{TARGET}.rustflags=[{FLAGS}{}]", if module.cut { CUT } else { "" });
    let mut args = vec!["build", "--manifest-path", &*manifest, "--target-dir", &*to, "--target", TARGET];
    args.extend(["-p", module.package]);
    if quick {
        shell::cargo(&args)?;
    } else {
        tools::rust_source()?;
        args.extend(["--profile", "wasm"]);
        args.extend(LIGHT);
        args.push(&flags);
        shell::unstable_cargo(&args)?;
    }
    let folder = if quick { "debug" } else { "wasm" };
    let whole = target.join(TARGET).join(folder).join(module.file);
    if finish == Finish::Release && module.cut {
        // For `named`: the app of an earlier commit is linked to the same place.
        fs::copy(&whole, released())?;
    }
    let out = target.join("bindgen").join(module.name);
    bind(&whole, &out, module, finish, Names::Dropped)?;
    Ok(out)
}

/// Finishes the release that was built last once more, aside from the site, with the names of its functions; returns its
/// parts, which are those of the site but for the names.
pub fn named() -> Result<Vec<PathBuf>> {
    let out = paths::target().join("bindgen-named");
    bind(&released(), &out, &APP, Finish::Release, Names::Kept)?;
    Ok(files(&out)?.into_iter().filter(|file| is_wasm(file)).collect())
}

fn released() -> PathBuf {
    paths::target().join("released.wasm")
}

/// Whether functions keep their names, which only people need.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    Kept,
    Dropped,
}

fn bind(whole: &Path, out: &Path, module: &Module, finish: Finish, names: Names) -> Result<()> {
    let quick = finish == Finish::Quick;
    let parts = module.cut && !quick;
    let _ = fs::remove_dir_all(out);
    fs::create_dir_all(out)?;
    let main = if parts { cut(whole, out)? } else { whole.to_path_buf() };
    Bindgen::new()
        .input_path(&main)
        .out_name(module.name)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .keep_debug(false)
        .keep_lld_exports(parts)
        .remove_name_section(!quick && names == Names::Dropped)
        // A readable name no longer says in which crate an `impl` stands.
        .demangle(names == Names::Dropped)
        .remove_producers_section(true)
        .generate(out)
        .with_context(|| format!("wasm-bindgen on {}", main.display()))?;
    if parts {
        fs::remove_file(&main)?;
    }
    if finish == Finish::Release {
        optimise_all(&files(out)?, names)?;
    }
    Ok(())
}

/// Cuts the app where `app/src/parts.rs` says; returns the first part, which fetches the others.
fn cut(whole: &Path, out: &Path) -> Result<PathBuf> {
    let input = fs::read(whole).with_context(|| format!("could not read {}", whole.display()))?;
    let main = out.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = out;
    options.main_out_path = &main;
    options.main_module = "./app.js";
    options.link_name = "./parts.js";
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("could not cut {}: {error:#}", whole.display()))?;
    let needs: BTreeMap<_, _> = split.prefetch_map.into_iter().collect();
    fs::write(out.join(NEEDS), serde_json::to_string(&needs)?)?;
    Ok(main)
}

/// Optimises every WebAssembly file, as many at once as there are cores: the tool uses one.
fn optimise_all(files: &[PathBuf], names: Names) -> Result<()> {
    // Installed once, before anybody uses it.
    let tool = tools::wasm_opt()?;
    let waiting = Mutex::new(files.iter().filter(|file| is_wasm(file)));
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || -> Result<()> {
        while let Some(file) = next() {
            optimise(&tool, file, names)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let working: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        working.into_iter().try_for_each(|one| one.join().map_err(|_| anyhow!("a thread ended"))?)
    })
}

fn optimise(tool: &Path, wasm: &Path, names: Names) -> Result<()> {
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
    // What makes the file smaller can make larger what is downloaded: inlining what is called once, and what -Oz does beyond
    // -O2. The lowest kilobyte of the memory is the end of the stack, which nothing points at from below.
    let mut args = vec![&*file, "--no-inline=*", "-O2", "--low-memory-unused", "-o", &*file];
    args.extend(features);
    args.extend((names == Names::Kept).then_some("-g"));
    shell::run(&paths::root(), &tool, &args)?;
    if names == Names::Dropped {
        fs::write(wasm, arrange(&fs::read(wasm)?)?)?;
    }
    Ok(())
}

/// Adds the app to the site, in a directory named by its content: its files call each other by their plain names.
pub fn add(out: &Path, assets: &mut Assets) -> Result<Entry> {
    let files: Vec<PathBuf> = files(out)?.into_iter().filter(|file| !file.ends_with(NEEDS)).collect();
    let mut all = Vec::new();
    for file in &files {
        all.extend(fs::read(file)?);
    }
    let folder = format!("app-{}", hash(&all));
    let mut scripts = Vec::new();
    for file in &files {
        let name = file.strip_prefix(out)?.to_string_lossy().replace('\\', "/");
        let to = format!("{folder}/{name}");
        assets.add(&to, &fs::read(file)?)?;
        if name.ends_with(".js") {
            scripts.push(to);
        }
    }
    let parts = match fs::read(out.join(NEEDS)) {
        Ok(needs) => serde_json::from_slice::<BTreeMap<String, Vec<String>>>(&needs)?,
        Err(_) => BTreeMap::new(),
    };
    let path = |stem: &String| format!("{folder}/{stem}.wasm");
    let parts = parts.into_iter().map(|(part, stems)| (part, stems.iter().map(path).collect())).collect();
    let (script, wasm) = (format!("{folder}/app.js"), format!("{folder}/{MAIN}"));
    let boot = include_str!("boot.js").replace("@SCRIPT@", &script).replace("@WASM@", &wasm);
    let boot = assets.add_hashed("boot.js", boot.as_bytes())?;
    Ok(Entry { boot, scripts, wasm, parts })
}

fn is_wasm(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "wasm")
}

/// Returns every file below a directory, in order.
fn files(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut pending = vec![dir.to_path_buf()];
    while let Some(next) = pending.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("could not read {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() { pending.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_runs_is_in_no_optional_part_and_counts_once() {
        let files = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let parts = [
            ("behind", files(&["shared", "behind"])),
            ("office", files(&["shared", "team", "office"])),
            ("staff", files(&["shared", "team"])),
        ];
        let parts = parts.into_iter().map(|(part, files)| (part.to_owned(), files)).collect();
        let entry = Entry { boot: String::new(), scripts: Vec::new(), wasm: "first".to_owned(), parts };
        let optional = entry.optional();
        assert_eq!(optional.keys().collect::<Vec<_>>(), ["office", "staff"]);
        assert_eq!(optional["office"], ["team", "office"]);
        assert_eq!(entry.run_by(&["staff"]), ["behind", "first", "shared", "team"]);
        assert_eq!(entry.run_by(&["office", "staff"]), ["behind", "first", "office", "shared", "team"]);
    }
}
