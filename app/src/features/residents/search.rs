//! Search over the rows of the index: no document is opened.

use crate::replica::rows::Row;
use domain::base::Order;
use domain::people::search::{matches, rank};

/// Results beyond this many help nobody: a further letter does.
pub const MOST: usize = 60;

/// Returns how many rows match `query`, and the best of them; all rows for an empty query.
pub fn find<'a>(rows: impl Iterator<Item = &'a Row>, query: &str) -> (usize, Vec<&'a Row>) {
    let mut found: Vec<&Row> = rows.filter(|row| matches(query, &row.search_row())).collect();
    let total = found.len();
    // By rank, then by name in the order of initials, which is how people look names up.
    found.order_by(|a, b| {
        let key = |row: &Row| rank(query, &row.search_row());
        key(a)
            .cmp(&key(b))
            .then_with(|| (&a.initials, &a.name, &a.subject).cmp(&(&b.initials, &b.name, &b.subject)))
    });
    found.truncate(MOST);
    (total, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, initials: &str, phone: &str, tail: &str) -> Row {
        Row {
            name: name.into(),
            initials: initials.into(),
            phone: phone.into(),
            id_tail: tail.into(),
            ..Row::default()
        }
    }

    #[test]
    fn whole_initials_come_before_parts_of_longer_ones() {
        let rows = [row("王小伟", "wxw", "", ""), row("谢文", "xw", "", "")];
        let (total, found) = find(rows.iter(), "xw");
        assert_eq!((total, found[0].name.as_str()), (2, "谢文"));
    }

    #[test]
    fn phone_and_the_end_of_the_card_find_too() {
        let rows = [row("张伟", "zw", "13800001234", "567X"), row("李娜", "ln", "13911112222", "0021")];
        assert_eq!(find(rows.iter(), "1234").0, 1);
        assert_eq!(find(rows.iter(), "567x").1[0].name, "张伟");
    }
}
