//! The pack that is built in is whole.

#![allow(clippy::expect_used)]

use medicines::Medicines;

fn load() -> Medicines {
    Medicines::load().expect("the built-in pack is of this version")
}

#[test]
fn every_source_class_condition_unit_and_code_is_known() {
    assert_eq!(load().faults(), Vec::<String>::new());
}

#[test]
fn a_heading_taken_for_a_medicine_is_refused() {
    let mut pack: serde_json::Value = serde_json::from_str(Medicines::pack()).expect("it is JSON");
    let heading = serde_json::json!({ "id": "# C: heart", "name": "", "english": "", "source": "insert" });
    pack["medicine"].as_array_mut().expect("a list").push(heading);
    let faults = Medicines::parse(&pack.to_string()).expect("it is still a pack").faults();
    assert!(faults.contains(&"\"# C: heart\" is no id".to_owned()), "{faults:?}");
    assert!(faults.contains(&"# C: heart: has no name".to_owned()), "{faults:?}");
}

#[test]
fn at_least_250_medicines_have_doses() {
    let medicines = load();
    let with_doses = medicines.all().iter().filter(|medicine| !medicine.doses.is_empty()).count();
    println!("{} medicines, {with_doses} with doses", medicines.all().len());
    assert!(with_doses >= 250, "{with_doses}");
}

#[test]
fn the_pack_travels_in_150_kilobytes() {
    let mut compressed = Vec::new();
    let mut input = Medicines::pack().as_bytes();
    let params = brotli::enc::BrotliEncoderParams { quality: 9, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut input, &mut compressed, &params).expect("memory is enough");
    println!("{} bytes, {} compressed", Medicines::pack().len(), compressed.len());
    assert!(compressed.len() <= 150_000, "{}", compressed.len());
}
