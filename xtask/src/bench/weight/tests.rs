use super::*;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, EntityType, Function, FunctionSection, ImportSection, MemorySection,
    MemoryType, Module, NameMap, NameSection, TypeSection,
};

const OURS: &str = "_RNvNtCs1_3app4door4look";
const THEIRS_FOR_US: &str = "_RINvCs2_6tachys5buildNtNtCs1_3app4door4DoorE";

/// A module that imports a function, has three of 3, 6 and 4 bytes, the last without a name, and 5 bytes of data.
fn module(named: bool) -> Vec<u8> {
    let (mut types, mut imports, mut functions) =
        (TypeSection::new(), ImportSection::new(), FunctionSection::new());
    types.ty().function([], []);
    imports.import("env", "out", EntityType::Function(0));
    let mut code = CodeSection::new();
    for calls in [0, 2, 1] {
        functions.function(0);
        let mut body = Function::new([]);
        for _ in 0..calls {
            body.instructions().call(0);
        }
        body.instructions().end();
        code.function(&body);
    }
    let memory =
        MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
    let (mut memories, mut data) = (MemorySection::new(), DataSection::new());
    memories.memory(memory);
    data.active(0, &ConstExpr::i32_const(0), *b"texts");
    let (mut names, mut map) = (NameSection::new(), NameMap::new());
    map.append(0, "out");
    map.append(1, OURS);
    map.append(2, THEIRS_FOR_US);
    names.functions(&map);
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&memories).section(&code);
    module.section(&data);
    if named {
        module.section(&names);
    }
    module.finish()
}

fn weighed(wasm: &[u8]) -> Weight {
    let mut weight = Weight::default();
    weight.add(wasm, &["app".to_owned()]).unwrap();
    weight
}

#[test]
fn every_byte_counts_once_and_names_do_not() {
    let weight = weighed(&module(true));
    assert_eq!(weight.crates["app"], Code { all: 2, for_ours: 0 });
    assert_eq!(weight.crates["tachys"], Code { all: 6, for_ours: 6 });
    assert_eq!(weight.crates[origin::UNKNOWN], Code { all: 4, for_ours: 0 });
    assert_eq!(weight.data, 5);
    let header = u64::try_from(1 + 1 + "name".len() + 1).unwrap();
    assert_eq!(weight.total(), u64::try_from(module(false).len()).unwrap() + header);
}

#[test]
fn parts_add_up() {
    let mut twice = weighed(&module(true));
    twice.add(&module(true), &["app".to_owned()]).unwrap();
    assert_eq!(twice.total(), 2 * weighed(&module(true)).total());
    assert_eq!(twice.crates["tachys"], Code { all: 12, for_ours: 12 });
}

#[test]
fn the_heaviest_crate_comes_first() {
    let weight = weighed(&module(true));
    let order: Vec<&str> = weight.heaviest().into_iter().map(|(name, _)| name).collect();
    assert_eq!(order, ["tachys", origin::UNKNOWN, "app"]);
}

#[test]
fn what_is_no_webassembly_is_refused() {
    assert!(Weight::default().add(b"no wasm at all", &[]).is_err());
}
