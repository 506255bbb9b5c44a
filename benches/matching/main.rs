//! How long a question, a load and a training take, and how both grow.
//!
//! ```text
//! cargo bench
//! ```
//! Beside the matcher stand BM25 ([`bm25`]) and `fuzzy-matcher` alone, over all utterances, on
//! the same questions; how many each finds is printed first.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints, and stops where something is missing"
)]

mod bm25;

use bm25::Bm25;
use divan::{Bencher, black_box};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use griot::matcher::{Classifier, TrainingSet, Utterance};
use griot::{Engine, Knowledge, Locale, Question};
use serde::Deserialize;
use std::sync::LazyLock;

/// The binary's allocator.
#[cfg(all(feature = "cli", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

const STORY: &str = include_str!("../../knowledge/deepseek.toml");
const CORPUS: [&str; 2] = [
    include_str!("../../tests/corpus/fr.toml"),
    include_str!("../../tests/corpus/en.toml"),
];

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::parse(STORY).unwrap());
static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(KNOWLEDGE.clone()));
static QUESTIONS: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let corpora = CORPUS
        .iter()
        .map(|text| toml::from_str::<Corpus>(text).unwrap());
    corpora.flat_map(|corpus| corpus.question).collect()
});

#[derive(Deserialize)]
struct Corpus {
    question: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    expect: Vec<String>,
    kind: String,
}

fn main() {
    let answerable = || QUESTIONS.iter().filter(|case| case.kind == "answerable");
    let set = TrainingSet::of(&KNOWLEDGE);
    let topics: Vec<String> = KNOWLEDGE.topics().map(|t| t.id().to_string()).collect();
    let fuzzy = SkimMatcherV2::default();
    let ours = answerable().filter(|case| {
        let reply = ENGINE.answer(&Question::new(&case.text));
        reply
            .topic
            .is_some_and(|id| case.expect.iter().any(|e| e == id.as_str()))
    });
    let theirs = answerable().filter(|case| {
        let best = by_fuzzy(&fuzzy, &set, &case.text);
        let id = best.and_then(|class| topics.get(usize::from(class)));
        id.is_some_and(|id| case.expect.contains(id))
    });
    let mut search = Bm25::of(&set).unwrap();
    let found = answerable().filter(|case| {
        let best = search.best(&case.text).unwrap();
        let id = best.and_then(|class| topics.get(usize::from(class)));
        id.is_some_and(|id| case.expect.contains(id))
    });
    println!(
        "of {} answerable questions griot answers {} right, BM25 finds {}, \
         fuzzy-matcher alone {}",
        answerable().count(),
        ours.count(),
        found.count(),
        theirs.count(),
    );
    divan::main();
}

fn by_fuzzy(fuzzy: &SkimMatcherV2, set: &TrainingSet<'_>, question: &str) -> Option<u16> {
    let scored = set.utterances.iter().filter_map(|utterance| {
        let score = fuzzy.fuzzy_match(utterance.text, question);
        let score = score.max(fuzzy.fuzzy_match(question, utterance.text))?;
        Some((score, utterance.class))
    });
    scored
        .max_by_key(|&(score, _)| score)
        .map(|(_, class)| class)
}

/// One question on the story, from text to reply.
#[divan::bench]
fn question(bencher: Bencher<'_, '_>) {
    let mut next = QUESTIONS.iter().cycle();
    bencher
        .with_inputs(|| next.next().unwrap())
        .bench_local_values(|case| ENGINE.answer(black_box(&Question::new(&case.text))));
}

/// The same by `fuzzy-matcher` alone, over all utterances.
#[divan::bench(sample_count = 10)]
fn question_by_fuzzy_matcher(bencher: Bencher<'_, '_>) {
    let (set, fuzzy) = (TrainingSet::of(&KNOWLEDGE), SkimMatcherV2::default());
    let mut next = QUESTIONS.iter().cycle();
    bencher
        .with_inputs(|| next.next().unwrap())
        .bench_local_values(|case| by_fuzzy(&fuzzy, &set, black_box(&case.text)));
}

/// The same by BM25.
#[divan::bench]
fn question_by_bm25(bencher: Bencher<'_, '_>) {
    let mut search = Bm25::of(&TrainingSet::of(&KNOWLEDGE)).unwrap();
    let mut next = QUESTIONS.iter().cycle();
    bencher
        .with_inputs(|| next.next().unwrap())
        .bench_local_values(|case| search.best(black_box(&case.text)).unwrap());
}

/// Reads, checks and trains the story.
#[divan::bench(sample_count = 10)]
fn load_and_train() -> Engine {
    Engine::new(Knowledge::parse(black_box(STORY)).unwrap())
}

/// Texts of `classes` × `each`: words of a class of its own among common ones.
fn generated(classes: u16, each: u16) -> Vec<(u16, String)> {
    let mut state = 7_u64;
    let mut below = move |limit: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % limit
    };
    let mut texts = Vec::new();
    for class in 0..classes {
        for _ in 0..each {
            let common = (0..5).map(|_| format!("com{}", below(500)));
            let common: Vec<String> = common.collect();
            let own = [below(4), below(4)].map(|n| format!("mot{}", u64::from(class) * 3 + n));
            texts.push((class, format!("{} {}", common.join(" "), own.join(" "))));
        }
    }
    texts
}

fn set(texts: &[(u16, String)], classes: u16) -> TrainingSet<'_> {
    let utterances = texts.iter().map(|(class, text)| Utterance {
        class: *class,
        locale: Locale::Fr,
        text,
    });
    TrainingSet {
        classes,
        utterances: utterances.collect(),
        ..TrainingSet::default()
    }
}

const SIZES: [(u16, u16); 4] = [(100, 20), (300, 20), (1_000, 20), (10_000, 10)];

/// Trains classes × utterances that were generated.
#[divan::bench(args = SIZES, sample_count = 1, sample_size = 1)]
fn train_generated(size: (u16, u16)) -> Classifier {
    Classifier::train(&set(&generated(size.0, size.1), size.0))
}

/// Asks it.
#[divan::bench(args = SIZES, sample_count = 50)]
fn question_generated(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    let texts = generated(size.0, size.1);
    let classifier = Classifier::train(&set(&texts, size.0));
    let mut next = texts.iter().step_by(7).cycle();
    bencher
        .with_inputs(|| format!("com3 {}", next.next().unwrap().1))
        .bench_local_refs(|text| classifier.classify(black_box(text), Locale::Fr));
}
