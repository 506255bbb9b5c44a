//! Questions written by people who had not seen the knowledge file, and how many are
//! answered right. `cargo test corpus -- --nocapture` prints the figures. Those in
//! `corpus/valid` may guide a change of the matcher; those in `corpus` only measure it.

use griot::Question;
use griot::knowledge::{Id, Topic};
use griot::reply::{Refusal, Reply, Verdict};
use serde::Deserialize;
use std::fmt::Write;

use crate::ENGINE;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    question: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    /// Entries that content the member; by `also_answers` the file may name more. Where the story
    /// does not say, those whose answer itself says so.
    expect: Vec<String>,
    kind: Kind,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// The story answers it.
    Answerable,
    /// It is about the story, which does not say.
    Absent,
    /// It is about something else.
    Outside,
}

/// How a corpus fared; the first four are of answerable questions.
#[derive(Default)]
struct Tally {
    right: u32,
    suggested: u32,
    wrong: u32,
    refused: u32,
    /// Not answered, as it should be.
    abstained: u32,
    /// Answered by an entry that says itself that the story does not tell.
    told: u32,
    /// Offered “did you mean” where nothing could be meant.
    offered: u32,
    /// Answered although the story does not say.
    invented: u32,
    account: String,
}

impl Tally {
    fn add(&mut self, case: &Case, reply: &Reply) {
        let expected = |id: &str| {
            let Some(Topic::Entry(entry)) = ENGINE.knowledge().topic(id) else {
                return false;
            };
            let also = entry.also_answers.iter().map(Id::as_str);
            let mut settled = std::iter::once(id).chain(also);
            settled.any(|id| case.expect.iter().any(|entry| entry == id))
        };
        let topic = reply.topic.as_ref().map(Id::as_str).unwrap_or_default();
        let offers = reply
            .choices
            .iter()
            .any(|choice| expected(choice.entry.as_str()));
        let answerable = case.kind == Kind::Answerable;
        let (count, label) = match (answerable, reply.verdict) {
            (true, Verdict::Answer) if expected(topic) => (&mut self.right, ""),
            (true, Verdict::Answer) => (&mut self.wrong, "WRONG"),
            (true, Verdict::Suggest) if offers => (&mut self.suggested, "suggested"),
            (true, _) => (&mut self.refused, "refused"),
            (false, Verdict::Answer) if case.expect.iter().any(|entry| entry == topic) => {
                (&mut self.told, "told")
            }
            (false, Verdict::Answer) => (&mut self.invented, "ANSWERED"),
            (false, Verdict::Suggest) => (&mut self.offered, ""),
            (false, _) => (&mut self.abstained, ""),
        };
        *count += 1;
        if !label.is_empty() {
            let refusal = reply.refusal.map(|refusal: Refusal| format!("{refusal:?}"));
            let got = refusal.unwrap_or_default();
            writeln!(self.account, "  {label}: {} -> {topic} {got}", case.text).expect("a string");
        }
    }

    fn answerable(&self) -> u32 {
        self.right + self.suggested + self.wrong + self.refused
    }

    fn other(&self) -> u32 {
        self.abstained + self.told + self.offered + self.invented
    }
}

fn measure(name: &str) -> Tally {
    let path = format!("{}/tests/corpus/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("the corpus is there");
    let corpus: Corpus = toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut tally = Tally::default();
    for case in &corpus.question {
        match case.kind {
            Kind::Answerable => assert!(!case.expect.is_empty(), "{}", case.text),
            Kind::Outside => assert!(case.expect.is_empty(), "{}", case.text),
            Kind::Absent => {}
        }
        for id in &case.expect {
            assert!(
                ENGINE.about(id, griot::Locale::Fr).is_some(),
                "{id} of “{}”",
                case.text
            );
        }
        tally.add(case, &ENGINE.answer(&Question::new(&case.text)));
    }
    println!(
        "{name}: of {} answerable {} answered right, {} suggested right, {} wrong, {} refused; \
         of {} others {} refused, {} told so by an answer, {} met with suggestions, \
         {} answered\n{}",
        tally.answerable(),
        tally.right,
        tally.suggested,
        tally.wrong,
        tally.refused,
        tally.other(),
        tally.abstained,
        tally.told,
        tally.offered,
        tally.invented,
        tally.account,
    );
    tally
}

/// Floors that an edit may not break, a little under what was measured when the corpus was
/// written, in shares of a hundred; figures to improve are printed above.
fn assert_holds(name: &str, right: u32, wrong: u32, invented: u32) {
    let tally = measure(name);
    assert!(
        100 * tally.wrong <= wrong * tally.answerable(),
        "help: a wrong answer is worse than a suggestion"
    );
    assert!(
        100 * tally.invented <= invented * tally.other(),
        "help: curate an absence for what the story does not say"
    );
    assert!(
        100 * tally.right >= right * tally.answerable(),
        "help: add utterances to the entries refused; suggestions are no answers"
    );
}

#[test]
fn french_questions_nobody_wrote_into_the_file() {
    assert_holds("fr", 92, 3, 2);
}

#[test]
fn english_questions_nobody_wrote_into_the_file() {
    assert_holds("en", 95, 2, 2);
}

#[test]
fn french_questions_that_guide_the_matcher() {
    assert_holds("valid/fr", 95, 2, 2);
}

#[test]
fn english_questions_that_guide_the_matcher() {
    assert_holds("valid/en", 95, 2, 2);
}
