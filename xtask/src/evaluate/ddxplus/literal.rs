//! Lists as the patients' table has them: Python's or JSON's notation.

use anyhow::{Context, Result, bail};

/// A list, text or number.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    List(Vec<Literal>),
    Text(String),
    Number(f64),
}

impl Literal {
    /// Parses a literal that fills the text.
    pub fn parse(text: &str) -> Result<Self> {
        let mut chars = text.trim().chars().peekable();
        let literal = parse(&mut chars)?;
        Ok(literal)
    }

    /// Returns the elements of a list; anything else has none.
    pub fn elements(&self) -> &[Self] {
        match self {
            Self::List(elements) => elements,
            _ => &[],
        }
    }

    /// Returns the text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the number.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn parse(chars: &mut Chars<'_>) -> Result<Literal> {
    skip(chars);
    match chars.peek().copied().context("a list ends early")? {
        open @ ('[' | '(') => {
            let close = if open == '[' { ']' } else { ')' };
            chars.next();
            let mut elements = Vec::new();
            loop {
                skip(chars);
                match chars.peek() {
                    Some(next) if *next == close => {
                        chars.next();
                        return Ok(Literal::List(elements));
                    }
                    Some(',') => {
                        chars.next();
                    }
                    _ => elements.push(parse(chars)?),
                }
            }
        }
        quote @ ('\'' | '"') => {
            chars.next();
            quoted(chars, quote).map(Literal::Text)
        }
        _ => {
            let mut word = String::new();
            while let Some(next) = chars.next_if(|next| !",])".contains(*next) && !next.is_whitespace()) {
                word.push(next);
            }
            match word.parse() {
                Ok(number) => Ok(Literal::Number(number)),
                Err(_) => bail!("a list has {word:?} where a number should be"),
            }
        }
    }
}

fn quoted(chars: &mut Chars<'_>, quote: char) -> Result<String> {
    let mut text = String::new();
    loop {
        match chars.next().context("a text has no end")? {
            next if next == quote => return Ok(text),
            '\\' => match chars.next().context("a text has no end")? {
                'u' => {
                    let digits: String = chars.by_ref().take(4).collect();
                    let code = u32::from_str_radix(&digits, 16).context("a text has a malformed \\u")?;
                    text.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                }
                'n' => text.push('\n'),
                't' => text.push('\t'),
                other => text.push(other),
            },
            next => text.push(next),
        }
    }
}

fn skip(chars: &mut Chars<'_>) {
    while chars.next_if(|next| next.is_whitespace()).is_some() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_and_json_lists_read_alike() {
        let python = Literal::parse("[['Guillain-Barré syndrome', 0.25], [\"Crohn's\", 1]]").unwrap();
        let json = Literal::parse(r#"[["Guillain-Barr\u00e9 syndrome", 0.25], ["Crohn's", 1.0]]"#).unwrap();
        assert_eq!(python, json);
        assert_eq!(python.elements().len(), 2);
    }

    #[test]
    fn an_escaped_quote_stays_in_the_text() {
        assert_eq!(Literal::parse(r"['a\'b']").unwrap().elements()[0].text(), Some("a'b"));
    }

    #[test]
    fn what_has_no_end_is_refused() {
        assert!(Literal::parse("['a").is_err());
        assert!(Literal::parse("[1, 2").is_err());
    }
}
