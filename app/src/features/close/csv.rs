//! Tables for other programs: comma-separated values that a spreadsheet opens as they are, and never as formulas.

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words, of whoever wrote them.
    Text(String),
    /// A figure, of this program's own making.
    Figure(String),
}

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes rows as RFC 4180 has it, with the mark by which a spreadsheet knows that it is UTF-8.
#[must_use]
pub fn csv(rows: &[Vec<Cell>]) -> String {
    let mut text = String::from('\u{feff}');
    for row in rows {
        let cells: Vec<String> = row.iter().map(write).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn write(cell: &Cell) -> String {
    let text = match cell {
        Cell::Figure(figure) => return figure.clone(),
        // Words that begin like a formula are shown with a mark before them, as spreadsheets themselves do it.
        Cell::Text(words) if words.trim_start_matches(' ').starts_with(FORMULA) => format!("'{words}"),
        Cell::Text(words) => words.clone(),
    };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, written: &str) {
        let text = csv(&[vec![Cell::Text(words.to_owned()), Cell::Figure("-1.50".to_owned())]]);
        assert_eq!(text, format!("\u{feff}{written},-1.50\r\n"));
    }

    #[test]
    fn words_are_quoted_where_they_would_end_a_cell() {
        check("罗建军", "罗建军");
        check("罗,建军", "\"罗,建军\"");
        check("叫\"老罗\"", "\"叫\"\"老罗\"\"\"");
        check("两\n行", "\"两\n行\"");
    }

    #[test]
    fn no_words_are_a_formula() {
        check("=1+1", "'=1+1");
        check("+86", "'+86");
        check("-1", "'-1");
        check("@SUM(A1)", "'@SUM(A1)");
        check(" =1+1", "' =1+1");
        check("\t=1", "'\t=1");
        check("=HYPERLINK(\"a\",\"b\")", "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\"");
    }
}
