//! Compresses once, hard, at build time, and says what the site weighs.

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Writes `.br` and `.gz` beside every file that gets smaller by it.
pub fn all(site: &Path, names: &[String]) -> Result<()> {
    for name in names {
        let content = fs::read(site.join(name))?;
        let already = [".png", ".jpg", ".webp", ".woff2"].iter().any(|extension| name.ends_with(extension));
        if already || content.len() < 256 {
            continue;
        }
        fs::write(site.join(format!("{name}.br")), brotli(&content)?)?;
        fs::write(site.join(format!("{name}.gz")), gzip(&content)?)?;
    }
    Ok(())
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut packed, &params).context("brotli")?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish().context("gzip")
}

/// What each file weighs in transfer.
pub struct Weights(Vec<(String, u64)>);

impl Weights {
    /// Returns what some of the files weigh together.
    pub fn sum<'a>(&self, names: impl IntoIterator<Item = &'a String>) -> u64 {
        let weight =
            |name: &String| self.0.iter().find(|(have, _)| have == name).map_or(0, |(_, bytes)| *bytes);
        names.into_iter().map(weight).sum()
    }
}

/// Prints what each file weighs and returns what it weighs in transfer.
pub fn report(site: &Path, names: &[String]) -> Result<Weights> {
    let weight = |name: &str| fs::metadata(site.join(name)).map(|meta| meta.len()).ok();
    println!("{:>10} {:>10} {:>10}  file", "bytes", "gzip", "brotli");
    let mut weights = Vec::new();
    for name in names {
        let plain = weight(name).with_context(|| format!("{name} is gone"))?;
        let gzip = weight(&format!("{name}.gz")).unwrap_or(plain);
        let brotli = weight(&format!("{name}.br")).unwrap_or(plain);
        println!("{plain:>10} {gzip:>10} {brotli:>10}  {name}");
        weights.push((name.clone(), brotli));
    }
    println!("in {}", site.display());
    Ok(Weights(weights))
}
