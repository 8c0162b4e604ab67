//! Turns `locales/<language>/<feature>.json` into the typed `i18n` module; a missing key or argument is a compile error.
//! Turns `data/device.toml` into constants.

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};
use std::{env, error::Error, fmt::Write, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let options = ParseOptions::new().interpolate_display(true);
    let config = Config::new("zh-CN")?.add_locale("en")?.parse_options(options).add_namespaces(features()?)?;
    let texts = TranslationsInfos::parse(config)?;
    texts.emit_diagnostics();
    texts.rerun_if_locales_changed();
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let attributes = "#![allow(missing_docs, clippy::all, clippy::restriction, clippy::pedantic)]".parse()?;
    let style = leptos_i18n_build::options::CodegenOptions::new()
        .top_level_attributes(Some(attributes))
        .gen_docs(false);
    texts.generate_i18n_module_with_options(out.join("i18n"), style)?;
    fs::write(out.join("device.rs"), device()?)?;
    Ok(())
}

/// The figures of the device as constants: a reader of TOML would weigh more than they do.
fn device() -> Result<String, Box<dyn Error>> {
    println!("cargo::rerun-if-changed=data/device.toml");
    let table: toml::Table = fs::read_to_string("data/device.toml")?.parse()?;
    let mut constants = String::new();
    for (key, value) in table.iter().filter(|(key, _)| *key != "kind") {
        let name = key.to_uppercase();
        let (form, value) = match value {
            toml::Value::Integer(number) => ("u32".to_owned(), u32::try_from(*number)?.to_string()),
            toml::Value::Array(numbers) => (format!("[u32; {}]", numbers.len()), value.to_string()),
            _ => return Err(format!("{key} is neither a number nor a list").into()),
        };
        writeln!(constants, "/// `{key}` of data/device.toml.\npub const {name}: {form} = {value};")?;
    }
    Ok(constants)
}

/// Each file of the first language is a namespace.
fn features() -> Result<Vec<String>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed=locales");
    let mut names = Vec::new();
    for entry in fs::read_dir("locales/zh-CN")? {
        let path = entry?.path();
        if let Some(name) = path.file_stem().and_then(|name| name.to_str()) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}
