//! The command line from outside: what it prints, and how it ends.

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::KNOWLEDGE;

/// Runs `griot` with these arguments and this standard input.
fn griot(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_griot"))
        .args(arguments)
        .env_clear()
        .env("GRIOT_KNOWLEDGE", KNOWLEDGE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("griot starts");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    // A program that has ended without reading is judged by what it printed.
    _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("griot ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("what griot prints is UTF-8")
}

/// The objects of `griot ask --json -`, one for each line of the input.
fn json(input: &[u8]) -> Vec<Value> {
    let output = griot(&["ask", "--json", "-"], input);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn one_question_is_answered_with_its_source_in_its_language() {
    for (question, answer, source) in [
        (
            "Qui est Ray Dalio ?",
            "fondateur de Bridgewater",
            "Source\u{a0}: «",
        ),
        ("Who is Ray Dalio?", "founder of Bridgewater", "Source: “"),
    ] {
        let output = griot(&["ask", question], b"");
        let printed = text(&output.stdout);
        assert!(output.status.success());
        assert!(
            printed.contains(answer) && printed.contains(source),
            "{printed}"
        );
        assert!(!printed.contains('\u{1b}'), "no colours outside a terminal");
    }
    let output = griot(&["ask", "--locale", "en", "Qui est Ray Dalio ?"], b"");
    assert!(text(&output.stdout).contains("founder of Bridgewater"));
}

#[test]
fn json_keeps_its_contract_line_by_line() {
    let lines = json("Qui est Ray Dalio ?\nwhat is the capital of Peru\nbonjour\n\n".as_bytes());
    assert_eq!(lines.len(), 4);
    let keys = [
        "question",
        "locale",
        "outcome",
        "reason",
        "entry",
        "score",
        "answer",
        "citations",
        "suggestions",
        "knowledge",
        "micros",
    ];
    for line in &lines {
        let object = line.as_object().expect("an object");
        assert!(keys.iter().all(|key| object.contains_key(*key)), "{line}");
        assert_eq!(object.len(), keys.len(), "{line}");
        let score = line["score"].as_f64().expect("a number");
        assert!((0.0..=1.0).contains(&score), "{line}");
        assert_eq!(
            line["answer"].is_null(),
            line["outcome"] != "answer",
            "{line}"
        );
    }
    let [dalio, peru, hello, empty] = &lines[..] else {
        panic!("four lines")
    };
    assert_eq!(
        (&dalio["outcome"], &dalio["entry"]),
        (&"answer".into(), &"who-is-dalio".into())
    );
    let citation = &dalio["citations"][0];
    assert_eq!(citation["passage"], "market-2");
    assert_eq!(citation["section"], "Impact sur le marché");
    assert_eq!(citation["paragraph"], 2);
    assert_eq!(
        (&peru["outcome"], &peru["locale"]),
        (&"abstain".into(), &"en".into())
    );
    assert_eq!(peru["reason"], "outside");
    assert_eq!(hello["reason"], "courtesy");
    assert_eq!(empty["reason"], "vague");
}

#[test]
fn bad_input_gets_a_calm_reply_line_by_line() {
    let mut input = Vec::new();
    input.extend_from_slice(b"\xff\xfe\xfd\n");
    input.extend_from_slice("🚀🔥💥\n".as_bytes());
    input.extend_from_slice("\u{200b}\u{200d}\u{feff}\n".as_bytes());
    input.extend_from_slice("\u{202e}؟ما هو ديب سيك\u{202c}\n".as_bytes());
    input.extend_from_slice(format!("{}\n", "pourquoi ".repeat(1_200)).as_bytes());
    input.extend_from_slice("e\u{301}\u{301}\u{301}\n".as_bytes());
    let lines = json(&input);
    assert_eq!(lines.len(), 6);
    for line in &lines {
        assert_eq!(line["outcome"], "abstain", "{line}");
    }
    let output = griot(&["ask", "--json", "-"], b"\xff\n");
    assert!(text(&output.stderr).contains("line 1 is not UTF-8"));
}

#[test]
fn a_question_through_control_characters_is_still_answered() {
    let lines = json("\u{202e}Qui\u{200b} est\u{a0}Ray\u{2060} DALIO ?\u{202c}\n".as_bytes());
    assert_eq!(lines[0]["entry"], "who-is-dalio");
}

#[test]
fn the_explanation_shows_the_evidence() {
    let output = griot(
        &[
            "ask",
            "--explain",
            "who is that Ray Dalio everybody talks about",
        ],
        b"",
    );
    let printed = text(&output.stdout);
    for part in [
        "Best: `who-is-dalio`",
        "how clearly it comes before the other topics",
        "its nearest utterance: ",
        "words matched: ",
        "next: `",
        "0.52 is enough to answer",
    ] {
        assert!(printed.contains(part), "{part} in {printed}");
    }
}

#[test]
fn a_conversation_is_piped_and_its_numbers_are_pressed() {
    let output = griot(&["chat"], "Qui est Ray Dalio ?\n3\n1\n99\n".as_bytes());
    assert!(output.status.success());
    let printed = text(&output.stdout);
    assert!(printed.contains("fondateur de Bridgewater"), "{printed}");
    assert!(
        printed.contains("founder of Bridgewater"),
        "3 is the other language: {printed}"
    );
    assert!(
        printed.matches("Source").count() >= 3,
        "1 is a related question: {printed}"
    );
    assert!(printed.contains("no number 99"), "{printed}");
    let silent = griot(&["chat"], b"");
    assert!(
        silent.status.success() && silent.stdout.is_empty(),
        "an end at once is clean"
    );
}

#[test]
fn check_finds_nothing_in_the_shipped_file_and_everything_in_a_broken_one() {
    let output = griot(&["check"], b"");
    assert!(output.status.success());
    assert!(text(&output.stdout).contains("no problem found"));

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("broken.toml");
    let shipped = std::fs::read_to_string(KNOWLEDGE).expect("the shipped file");
    let broken = shipped
        .replacen("cites = [\"market-2\"]", "cites = [\"nowhere\"]", 1)
        .replacen("[[absence]]\n", "[[absence]]\nsurprise = 1\n", 1);
    std::fs::write(&path, broken).expect("the file is written");
    let path = path.to_str().expect("a path");
    let output = griot(&["check", path], b"");
    assert_eq!(output.status.code(), Some(1));
    let printed = text(&output.stdout);
    assert!(printed.contains("surprise"), "{printed}");
    assert!(
        printed
            .lines()
            .all(|line| line.contains("broken.toml:") || line.ends_with("problem"))
    );
}

#[test]
fn what_cannot_be_done_is_said_in_one_line_and_exits_with_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let latin = folder.path().join("latin.toml");
    std::fs::write(&latin, b"[story]\nid = \"caf\xe9\"\n").expect("the file is written");
    let latin = latin.to_str().expect("a path");
    let folder = folder.path().to_str().expect("a path");
    for (path, says) in [
        ("no/such/file.toml", "No such file"),
        (folder, "this is not a file"),
        (latin, "line 2 is not UTF-8"),
    ] {
        let output = griot(&["ask", "--knowledge", path, "qui ?"], b"");
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(says) && said.contains(path), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    let output = griot(&["run"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("DISCORD_TOKEN is not set"));
}

#[test]
fn a_wrong_call_exits_with_two_and_shows_the_usage() {
    for arguments in [
        &["ask"][..],
        &["ask", "--locale", "de", "x"],
        &["sing"],
        &[],
    ] {
        let output = griot(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
    let help = griot(&["ask", "--help"], b"");
    assert!(help.status.success() && text(&help.stdout).contains("Examples:"));
}
