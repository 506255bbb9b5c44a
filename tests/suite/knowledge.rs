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

/// The figures of a text: 16,86 and 16.86 are the same, and so are 1998-1999 and
/// 1998–1999.
fn figures(text: &str) -> Vec<String> {
    let mut figures: Vec<String> = text
        .replace(',', ".")
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|figure| figure.trim_matches('.').to_owned())
        .filter(|figure| !figure.is_empty())
        .collect();
    figures.sort();
    figures
}

#[test]
fn every_answer_has_its_figures_in_both_languages_and_in_a_passage_it_cites() {
    let knowledge = shipped();
    for entry in knowledge.entries() {
        let (fr, en) = (&entry.answer.fr, &entry.answer.en);
        assert_eq!(figures(fr), figures(en), "{}: {fr} / {en}", entry.id);
        let cited = entry.cites.iter().filter_map(|id| knowledge.passage(id));
        let evidence: Vec<String> = cited
            .flat_map(|passage| {
                passage
                    .evidence
                    .iter()
                    .chain(passage.quotes.iter().map(|q| &q.original))
            })
            .flat_map(|evidence| figures(evidence))
            .collect();
        for figure in figures(fr) {
            assert!(
                evidence.contains(&figure),
                "{}: {figure} has no evidence",
                entry.id
            );
        }
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

/// Asserts that one replacement breaks [`GOOD`] in just this way on this line.
fn assert_fault(old: &str, new: &str, line: usize, kind: &ProblemKind) {
    let found = broken(old, new);
    assert!(
        found.contains(&(line, kind.clone())),
        "{kind:?} on line {line}, not {found:?}"
    );
    assert!(kind.to_string().contains("; "), "a remedy: {kind}");
}

#[test]
fn a_fault_of_an_id_is_named_with_its_line_and_a_remedy() {
    let id = "who-came".to_owned();
    let taken = ProblemKind::DuplicateId { id, first: 11 };
    assert_fault("id = \"wolf-age\"", "id = \"who-came\"", 21, &taken);
    for bad in ["Wolf Age", "", "-wolf", "wolf--age", "loup-âgé"] {
        let kind = ProblemKind::BadId { id: bad.into() };
        assert_fault("id = \"wolf-age\"", &format!("id = \"{bad}\""), 21, &kind);
    }
    let key = "tale".to_owned();
    assert_fault("[story]", "[tale]", 1, &ProblemKind::UnknownTable { key });
    let passage = "one-1".to_owned();
    let nought = ProblemKind::ParagraphZero { passage };
    assert_fault("paragraph = 1", "paragraph = 0", 7, &nought);
}

#[test]
fn a_pointer_to_nothing_is_named_with_its_line_and_a_remedy() {
    let topic = "who-came".to_owned();
    let (passage, known) = ("two-1".to_owned(), "one-1".to_owned());
    let unknown = ProblemKind::UnknownPassage {
        topic: topic.clone(),
        passage,
        known,
    };
    assert_fault("cites = [\"one-1\"]", "cites = [\"two-1\"]", 13, &unknown);
    assert_fault(
        "cites = [\"one-1\"]",
        "cites = []",
        11,
        &ProblemKind::NoCitation { topic },
    );
    let (topic, entry) = ("wolf-age".to_owned(), "who-left".to_owned());
    let lost = ProblemKind::UnknownEntry {
        topic: topic.clone(),
        key: "nearest",
        entry,
    };
    assert_fault(
        "nearest = [\"who-came\"]",
        "nearest = [\"who-left\"]",
        23,
        &lost,
    );
    let (topic, entry) = ("wolf-age".to_owned(), "who-came".to_owned());
    let twice = ProblemKind::PointedTwice {
        topic: topic.clone(),
        key: "nearest",
        entry,
    };
    assert_fault(
        "nearest = [\"who-came\"]",
        "nearest = [\"who-came\", \"who-came\"]",
        23,
        &twice,
    );
    let many = ProblemKind::TooManyEntries {
        topic,
        key: "nearest",
        count: 5,
        limit: 4,
    };
    let five = format!("nearest = [{}]", "\"who-came\", ".repeat(5));
    assert_fault("nearest = [\"who-came\"]", &five, 23, &many);
}

#[test]
fn an_answer_may_settle_an_absence_and_no_other_list_may_name_one() {
    let said_by = "said_by = { fr = \"le conte\", en = \"the tale\" }";
    let with = |key: &str| format!("{key} = [\"wolf-age\"]\n{said_by}");
    Knowledge::parse(&GOOD.replacen(said_by, &with("also_answers"), 1)).expect("it may");
    let lost = ProblemKind::UnknownEntry {
        topic: "who-came".to_owned(),
        key: "related",
        entry: "wolf-age".to_owned(),
    };
    assert_fault(said_by, &with("related"), 14, &lost);
}

#[test]
fn a_fault_of_an_utterance_is_named_with_its_line_and_a_remedy() {
    let id = |id: &str| {
        let good = Knowledge::parse(GOOD).expect("good");
        good.topic(id).expect("a topic").id().clone()
    };
    let (topic, locale) = ("wolf-age".to_owned(), Locale::Fr);
    let none = ProblemKind::NoUtterance {
        topic: topic.clone(),
        locale,
    };
    assert_fault("fr = [\"quel âge a le loup\"]", "fr = []", 21, &none);
    let wordless = ProblemKind::WordlessUtterance { topic, locale };
    assert_fault("[\"quel âge a le loup\"]", "[\"?!\"]", 25, &wordless);
    let twice = ProblemKind::UtteranceTwice {
        utterance: "Who came, to the HOUSE?".into(),
        topic: id("wolf-age"),
        other: id("who-came"),
        first: 18,
    };
    assert_fault("how old is the wolf", "Who came, to the HOUSE?", 26, &twice);
}

#[test]
fn a_text_that_does_not_fit_is_named_with_its_line_and_a_remedy() {
    let long = |what: &str, limit| ProblemKind::TooLong {
        what: what.to_owned(),
        chars: limit + 1,
        limit,
    };
    for (old, line, what, limit) in [
        ("Le loup.", 15, "the fr answer of `who-came`", ANSWER_CHARS),
        (
            "How old is the wolf?",
            22,
            "the en title of `wolf-age`",
            TITLE_CHARS,
        ),
    ] {
        assert_fault(old, &"é".repeat(limit + 1), line, &long(what, limit));
        let what = what.to_owned();
        assert_fault(old, " ", line, &ProblemKind::Empty { what });
        assert!(Knowledge::parse(&GOOD.replacen(old, &"é".repeat(limit), 1)).is_ok());
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
