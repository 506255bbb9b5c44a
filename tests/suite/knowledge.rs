//! The shipped knowledge file, and every way a file can be broken.

use griot::knowledge::{ANSWER_CHARS, ProblemKind, TITLE_CHARS};
use griot::{Knowledge, Locale};

use crate::KNOWLEDGE;

/// A file with nothing wrong in it: what the broken ones are made from.
const GOOD: &str = r#"[story]
id = "tale"
label = { fr = "Le conte", en = "The tale" }
language = "fr"

[[passage]]
id = "one-1"
paragraph = 1

[[entry]]
id = "who-came"
title = { fr = "Qui est venu ?", en = "Who came?" }
cites = ["one-1"]
said_by = { fr = "le conte", en = "the tale" }
answer = { fr = "Le loup.", en = "The wolf." }
[entry.utterances]
fr = ["qui est venu chez la grand-mère"]
en = ["who came to the house"]

[[absence]]
id = "wolf-age"
title = { fr = "Quel âge a le loup ?", en = "How old is the wolf?" }
nearest = ["who-came"]
[absence.utterances]
fr = ["quel âge a le loup"]
en = ["how old is the wolf"]
"#;

fn shipped() -> Knowledge {
    let text = std::fs::read_to_string(KNOWLEDGE).expect("the shipped file");
    Knowledge::parse(&text).expect("the shipped file has no problem")
}

/// The problems of [`GOOD`] after one replacement.
fn broken(old: &str, new: &str) -> Vec<(usize, ProblemKind)> {
    assert!(GOOD.contains(old), "{old}");
    let problems = Knowledge::parse(&GOOD.replacen(old, new, 1)).expect_err(new);
    problems
        .into_iter()
        .map(|problem| (problem.line, problem.kind))
        .collect()
}

#[test]
fn the_shipped_file_holds_what_was_asked_of_it() {
    let knowledge = shipped();
    assert!(knowledge.entries().len() >= 34);
    assert!(knowledge.absences().len() >= 40);
    for topic in knowledge.topics() {
        let least = if matches!(topic, griot::knowledge::Topic::Absence(_)) {
            6
        } else {
            12
        };
        for (locale, utterances) in topic.utterances().iter() {
            assert!(
                utterances.len() >= least,
                "{} has {} in {locale}",
                topic.id(),
                utterances.len()
            );
        }
    }
}

#[test]
fn every_answer_has_its_figures_in_both_languages() {
    // 16,86 and 16.86, 1998-1999 and 1998–1999 are the same figures.
    let figures = |text: &str| {
        let mut figures: Vec<String> = text
            .replace(',', ".")
            .split(|c: char| !c.is_ascii_digit() && c != '.')
            .map(|figure| figure.trim_matches('.').to_owned())
            .filter(|figure| !figure.is_empty())
            .collect();
        figures.sort();
        figures
    };
    for entry in shipped().entries() {
        let (fr, en) = (&entry.answer.fr, &entry.answer.en);
        assert_eq!(figures(fr), figures(en), "{}: {fr} / {en}", entry.id);
    }
}

#[test]
fn every_text_keeps_the_typography_of_its_language() {
    let knowledge = shipped();
    let texts = knowledge.topics().flat_map(|topic| {
        let answer = match topic {
            griot::knowledge::Topic::Entry(entry) => Some(&entry.answer),
            griot::knowledge::Topic::Courtesy(courtesy) => Some(&courtesy.answer),
            griot::knowledge::Topic::Absence(_) => None,
        };
        topic
            .title()
            .into_iter()
            .chain(answer)
            .map(move |texts| (topic.id(), texts))
    });
    for (id, texts) in texts {
        for (locale, text) in texts.iter() {
            assert!(
                !text.contains(['\'', '"']),
                "{id}, {locale}: straight quotes in {text}"
            );
            assert!(!text.contains("  "), "{id}, {locale}: two spaces in {text}");
        }
        for sign in [" ?", " !", " ;", " :", " »", "« ", " %"] {
            assert!(
                !texts.fr.contains(sign),
                "{id}: a breaking space at `{sign}` in {}",
                texts.fr
            );
        }
        assert!(
            !texts.en.contains(['«', '»', '\u{a0}', '\u{202f}']),
            "{id}: {}",
            texts.en
        );
    }
}

#[test]
fn a_good_file_is_read_and_its_version_follows_its_text() {
    let one = Knowledge::parse(GOOD).expect("nothing is wrong");
    let other = Knowledge::parse(&GOOD.replace("The wolf.", "The big wolf.")).expect("nor here");
    assert_eq!(one.version().len(), 8);
    assert_ne!(one.version(), other.version());
    let changes = griot::knowledge::Changes::between(&one, &other);
    assert_eq!(
        changes
            .changed
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["who-came"]
    );
    assert!(changes.added.is_empty() && changes.removed.is_empty());
}

#[test]
fn each_fault_is_named_with_its_line_and_a_remedy() {
    use ProblemKind as P;
    let long = |chars: usize| "x".repeat(chars);
    let id = |id: &str| {
        Knowledge::parse(GOOD)
            .expect("good")
            .topic(id)
            .expect("a topic")
            .id()
            .clone()
    };
    for (old, new, line, kind) in [
        (
            "id = \"wolf-age\"",
            "id = \"who-came\"",
            21,
            P::DuplicateId {
                id: "who-came".into(),
                first: 11,
            },
        ),
        (
            "id = \"wolf-age\"",
            "id = \"Wolf Age\"",
            21,
            P::BadId {
                id: "Wolf Age".into(),
            },
        ),
        (
            "cites = [\"one-1\"]",
            "cites = [\"two-1\"]",
            13,
            P::UnknownPassage {
                topic: "who-came".into(),
                passage: "two-1".into(),
                known: "one-1".into(),
            },
        ),
        (
            "cites = [\"one-1\"]",
            "cites = []",
            11,
            P::NoCitation {
                topic: "who-came".into(),
            },
        ),
        (
            "nearest = [\"who-came\"]",
            "nearest = [\"who-left\"]",
            23,
            P::UnknownEntry {
                topic: "wolf-age".into(),
                key: "nearest",
                entry: "who-left".into(),
            },
        ),
        (
            "en = [\"how old is the wolf\"]",
            "en = [\"Who came, to the HOUSE?\"]",
            26,
            P::UtteranceTwice {
                utterance: "Who came, to the HOUSE?".into(),
                topic: id("wolf-age"),
                other: id("who-came"),
                first: 18,
            },
        ),
        (
            "fr = [\"quel âge a le loup\"]",
            "fr = []",
            21,
            P::NoUtterance {
                topic: "wolf-age".into(),
                locale: Locale::Fr,
            },
        ),
        (
            "[\"quel âge a le loup\"]",
            "[\"?!\"]",
            25,
            P::WordlessUtterance {
                topic: "wolf-age".into(),
                locale: Locale::Fr,
            },
        ),
        (
            "Le loup.",
            &long(ANSWER_CHARS + 1),
            15,
            P::TooLong {
                what: "the fr answer of `who-came`".into(),
                chars: ANSWER_CHARS + 1,
                limit: ANSWER_CHARS,
            },
        ),
        (
            "Le loup.",
            " ",
            15,
            P::Empty {
                what: "the fr answer of `who-came`".into(),
            },
        ),
        (
            "How old is the wolf?",
            &long(TITLE_CHARS + 1),
            22,
            P::TooLong {
                what: "the en title of `wolf-age`".into(),
                chars: TITLE_CHARS + 1,
                limit: TITLE_CHARS,
            },
        ),
        (
            "paragraph = 1",
            "paragraph = 0",
            7,
            P::ParagraphZero {
                passage: "one-1".into(),
            },
        ),
        (
            "[story]",
            "[tale]",
            1,
            P::UnknownTable { key: "tale".into() },
        ),
    ] {
        let found = broken(old, new);
        assert!(
            found.contains(&(line, kind.clone())),
            "{kind:?} on line {line}, not {found:?}"
        );
        assert!(kind.to_string().contains("; "), "a remedy: {kind}");
    }
}

#[test]
fn what_is_not_the_format_is_named_with_its_line() {
    for (old, new, line, says) in [
        (
            "paragraph = 1",
            "paragraph = 1\nparagraf = 1",
            9,
            "paragraf",
        ),
        ("language = \"fr\"", "language = \"de\"", 4, "de"),
        (
            "title = { fr = \"Qui est venu ?\", en = \"Who came?\" }",
            "title = { fr = \"Qui ?\" }",
            12,
            "en",
        ),
        (
            "said_by = { fr = \"le conte\", en = \"the tale\" }\n",
            "",
            10,
            "said_by",
        ),
        ("cites = [\"one-1\"]", "cites = \"one-1\"", 13, "sequence"),
        ("[[absence]]", "[[absence", 20, "not TOML"),
    ] {
        let found = broken(old, new);
        let (at, kind) = found.first().expect("a problem");
        assert_eq!(*at, line, "{new}: {found:?}");
        assert!(kind.to_string().contains(says), "{kind}");
    }
}

#[test]
fn all_faults_of_a_file_are_said_at_once_and_none_is_invented() {
    let text = GOOD
        .replace("paragraph = 1", "paragraph = 1\nextra = 1")
        .replace("Le loup.", "")
        .replace("id = \"wolf-age\"", "id = \"who-came\"");
    let problems = Knowledge::parse(&text).expect_err("three faults");
    assert_eq!(problems.len(), 3, "{problems:#?}");
    assert!(problems.is_sorted_by_key(|problem| problem.line));
    for empty in ["", "# nothing\n"] {
        let kinds: Vec<_> = Knowledge::parse(empty)
            .expect_err("empty")
            .into_iter()
            .map(|p| p.kind)
            .collect();
        assert_eq!(kinds, [ProblemKind::NoStory, ProblemKind::NoEntry]);
    }
}
