//! The order of the functions of a module: those that are alike stand side by side, which compresses better.
//!
//! A compiler writes one function many times over, for each type; brotli says shorter what is nearer. Nothing else is
//! changed: each function keeps its body and is called by its new number.

use anyhow::{Context, Result};
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload, TypeRef};

/// What is compared: so many bytes of code.
const PIECE: usize = 6;

/// A piece that more functions share says nothing of any two of them.
const COMMON: usize = 40;

/// Returns a module with its functions in an order that compresses well.
pub fn arrange(wasm: &[u8]) -> Result<Vec<u8>> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body),
            _ => {}
        }
    }
    let texts: Vec<&[u8]> = bodies.iter().map(FunctionBody::as_bytes).collect();
    let order = chain(&texts);
    let mut places = vec![0; order.len()];
    for (place, function) in (0..).zip(&order) {
        *places.get_mut(*function).context("an order names each function once")? = place;
    }
    let mut module = Module::new();
    Arranged { imported, places, order }.parse_core_module(&mut module, Parser::new(0), wasm)?;
    Ok(module.finish())
}

/// Returns an order in which each text is followed by the one that is most like it of those that are left.
fn chain(texts: &[&[u8]]) -> Vec<usize> {
    let (pieces, shared) = shared_pieces(texts);
    let mut by_content: Vec<usize> = (0..texts.len()).collect();
    by_content.sort_by_key(|text| texts.get(*text));
    let mut left = by_content.into_iter().rev().collect::<Vec<_>>();
    let (mut taken, mut order) = (vec![false; texts.len()], Vec::with_capacity(texts.len()));
    let (mut counts, mut last) = (vec![0_u64; texts.len()], None);
    let of = |text: usize| shared.get(text).map(Vec::as_slice).unwrap_or_default();
    loop {
        let mut like = Vec::new();
        for other in last.into_iter().flat_map(of).filter_map(|piece| pieces.get(*piece)).flatten() {
            if let (Some(count), Some(false)) = (counts.get_mut(*other), taken.get(*other)) {
                if *count == 0 {
                    like.push(*other);
                }
                *count += 1;
            }
        }
        // Shared pieces out of those of both; the eight keep two tiny functions from being the likest of all.
        let weight = |text: usize| of(text).len() as u64 + last.map_or(0, |last| of(last).len() as u64) + 8;
        let count = |text: usize| counts.get(text).copied().unwrap_or_default();
        let likest = like.iter().copied().max_by(|one, other| {
            (count(*one) * weight(*other)).cmp(&(count(*other) * weight(*one))).then(other.cmp(one))
        });
        for text in like {
            counts.get_mut(text).into_iter().for_each(|count| *count = 0);
        }
        let is_left = |text: &usize| taken.get(*text) == Some(&false);
        let next = likest.or_else(|| std::iter::from_fn(|| left.pop()).find(is_left));
        let Some(next) = next else { return order };
        taken.get_mut(next).into_iter().for_each(|taken| *taken = true);
        order.push(next);
        last = Some(next);
    }
}

/// Returns which texts share a piece, for each piece that some do, and the pieces of each text.
fn shared_pieces(texts: &[&[u8]]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut all: Vec<(&[u8], usize)> = Vec::new();
    for (text, bytes) in texts.iter().enumerate() {
        all.extend(bytes.windows(PIECE).map(|piece| (piece, text)));
    }
    all.sort_unstable();
    all.dedup();
    let (mut pieces, mut shared) = (Vec::new(), vec![Vec::new(); texts.len()]);
    for same in all.chunk_by(|one, other| one.0 == other.0) {
        if (2..=COMMON).contains(&same.len()) {
            for (_, text) in same {
                shared.get_mut(*text).into_iter().for_each(|of: &mut Vec<usize>| of.push(pieces.len()));
            }
            pieces.push(same.iter().map(|(_, text)| *text).collect());
        }
    }
    (pieces, shared)
}

struct Arranged {
    imported: u32,
    /// The place of each function.
    places: Vec<u32>,
    /// The function of each place.
    order: Vec<usize>,
}

impl Reencode for Arranged {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        let defined = function.checked_sub(self.imported);
        let place = defined.and_then(|defined| self.places.get(defined as usize));
        Ok(place.map_or(function, |place| self.imported + place))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for function in self.order.iter().filter_map(|function| types.get(*function)) {
            functions.function(*function);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies = section.into_iter().collect::<Result<Vec<FunctionBody>, _>>()?;
        for function in self.order.clone().into_iter().filter_map(|function| bodies.get(function)) {
            self.parse_function_body(code, function.clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, ImportSection,
        RefType, TableSection, TableType, TypeSection,
    };

    /// A module that imports a function; of its own the first and the third are alike, each calls the next, and the last
    /// is exported and in the table.
    fn module() -> Vec<u8> {
        let (mut types, mut imports, mut functions) =
            (TypeSection::new(), ImportSection::new(), FunctionSection::new());
        types.ty().function([], []);
        imports.import("env", "out", EntityType::Function(0));
        let (mut tables, mut exports, mut elements, mut code) =
            (TableSection::new(), ExportSection::new(), ElementSection::new(), CodeSection::new());
        let (element_type, minimum) = (RefType::FUNCREF, 1);
        tables.table(TableType { element_type, table64: false, minimum, maximum: None, shared: false });
        exports.export("last", ExportKind::Func, 3);
        elements.active(Some(0), &ConstExpr::i32_const(0), Elements::Functions([3].as_slice().into()));
        for (value, calls) in [(7, 2), (40_000, 3), (7, 0)] {
            functions.function(0);
            let mut body = Function::new([]);
            for _ in 0..9 {
                body.instructions().i32_const(value).drop();
            }
            body.instructions().call(calls).end();
            code.function(&body);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&tables).section(&exports);
        module.section(&elements).section(&code);
        module.finish()
    }

    /// What each function calls, what is exported and what is in the table.
    fn read(wasm: &[u8]) -> (Vec<u32>, u32, u32) {
        let (mut calls, mut exported, mut indirect) = (Vec::new(), 0, 0);
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.unwrap() {
                Payload::ExportSection(exports) => {
                    exported = exports.into_iter().next().unwrap().unwrap().index;
                }
                Payload::ElementSection(elements) => {
                    let wasmparser::ElementItems::Functions(functions) =
                        elements.into_iter().next().unwrap().unwrap().items
                    else {
                        panic!("functions")
                    };
                    indirect = functions.into_iter().next().unwrap().unwrap();
                }
                Payload::CodeSectionEntry(body) => {
                    for operator in body.get_operators_reader().unwrap() {
                        if let wasmparser::Operator::Call { function_index } = operator.unwrap() {
                            calls.push(function_index);
                        }
                    }
                }
                _ => {}
            }
        }
        (calls, exported, indirect)
    }

    #[test]
    fn what_is_alike_stands_side_by_side_and_is_called_by_its_new_number() {
        let before = module();
        assert_eq!(read(&before), (vec![2, 3, 0], 3, 3));
        let after = arrange(&before).unwrap();
        let (calls, exported, indirect) = read(&after);
        // The third function ends a line of calls: nobody but the imported one is called by it.
        let third = calls.iter().position(|callee| *callee == 0).unwrap();
        assert_eq!((exported, indirect), (third as u32 + 1, third as u32 + 1));
        let second = calls[..].iter().position(|callee| *callee == exported).unwrap();
        let first = calls.iter().position(|callee| *callee == second as u32 + 1).unwrap();
        assert_eq!(first.abs_diff(third), 1, "the first and the third are alike");
        assert_eq!(after.len(), before.len());
    }

    #[test]
    fn the_order_is_the_same_every_time_and_names_each_once() {
        let texts: Vec<Vec<u8>> =
            (0..60_u8).map(|n| (0..40).map(|m| (n / 7).wrapping_mul(m) ^ (n % 3)).collect()).collect();
        let texts: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
        let order = chain(&texts);
        assert_eq!(order, chain(&texts));
        let mut sorted = order;
        sorted.sort_unstable();
        assert_eq!(sorted, (0..60).collect::<Vec<_>>());
        assert_eq!(chain(&[]), Vec::<usize>::new());
    }
}
