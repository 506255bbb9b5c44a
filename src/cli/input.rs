//! Questions from standard input, one a line.

use std::io::{BufRead, Write};

/// The lines of `input`, without their ends. A line that is not UTF-8 is read as far
/// as it can be, and said on standard error: a reply is due for every line.
pub(super) fn lines(mut input: impl BufRead) -> impl Iterator<Item = std::io::Result<String>> {
    (1..).map_while(move |number: u64| {
        let mut bytes = Vec::new();
        match input.read_until(b'\n', &mut bytes) {
            Ok(0) => None,
            Ok(_) => Some(Ok(text(&bytes, number))),
            Err(error) => Some(Err(error)),
        }
    })
}

fn text(bytes: &[u8], number: u64) -> String {
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, std::borrow::Cow::Owned(_)) {
        let remedy = "what cannot be read is taken as “�”; send UTF-8";
        _ = writeln!(
            anstream::stderr(),
            "griot: line {number} is not UTF-8: {remedy}"
        );
    }
    text.trim_end_matches(['\n', '\r']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_whatever_its_end_and_its_bytes() {
        let input: &[u8] = b"un\r\ndeux\n\xff\xfe trois\n\nfin";
        let read: Vec<String> = lines(input).map(Result::unwrap).collect();
        assert_eq!(read, ["un", "deux", "\u{fffd}\u{fffd} trois", "", "fin"]);
    }
}
