//! The matcher on the first story, as tables: question → topic. The larger measure is
//! `corpus`.

use griot::matcher::{Outcome, Reason};
use griot::reply::{Refusal, Verdict};
use griot::{Engine, Locale, Question};

use crate::ENGINE;

/// The topic a question is about, whether answered, absent or a courtesy.
fn topic(question: &str) -> Option<String> {
    ENGINE
        .answer(&Question::new(question))
        .topic
        .map(|id| id.to_string())
}

/// French, English, and the entry that answers.
#[rustfmt::skip]
const PLAIN: &[(&str, &str, &str)] = &[
    ("Qui est Sam Altman ?", "Who is Sam Altman?", "who-is-altman"),
    ("Qu'est-ce que Janus-Pro ?", "What is Janus-Pro?", "janus-pro"),
    ("De combien Nvidia a-t-elle chuté ?", "How far did Nvidia fall?", "nvidia-fall-percent"),
    ("Quel jour Nvidia a-t-elle chuté ?", "What day did Nvidia fall?", "nvidia-fall-day"),
    ("Pourquoi Nvidia a-t-elle chuté ?", "Why did Nvidia fall?", "why-nvidia-fell"),
    ("Qui est Ray Dalio ?", "Who is Ray Dalio?", "who-is-dalio"),
    ("Qu'a dit Donald Trump ?", "What did Donald Trump say?", "trump-on-deepseek"),
    ("Où sont stockées les données ?", "Where are the data stored?", "data-location"),
    ("Résume l'article", "Summarise the article", "story-in-short"),
    ("C’est quoi DeepSeek ?", "What is DeepSeek?", "what-is-deepseek"),
    ("C’est quoi R1 ?", "What is R1?", "deepseek-r1-unveiled"),
    ("Qu’a dit Sam Altman de DeepSeek ?", "What did Sam Altman say about DeepSeek?", "altman-on-r1"),
    ("Combien DeepSeek a investi en GPU ?", "How much did DeepSeek invest in GPUs?", "gpu-investment"),
    ("Quelles puces DeepSeek a utilisées ?", "Which chips did DeepSeek use?", "chips-used"),
    ("Qu’a dit Nvidia ?", "What did Nvidia say?", "nvidia-reaction"),
    ("Quels sont les défauts de DeepSeek ?", "What are DeepSeek’s flaws?", "weaknesses"),
    ("Qu’a dit Ray Dalio ?", "What did Ray Dalio say?", "dalio-comparison"),
    ("Que veut faire Trump sur les puces ?", "What does Trump want to do about chips?", "trump-tariffs"),
    ("Quels sont les atouts de DeepSeek ?", "What are DeepSeek’s strengths?", "deepseek-advantages"),
    ("Puis-je m’inscrire sur DeepSeek ?", "Can I sign up for DeepSeek?", "registrations-limited"),
    ("Pourquoi les inscriptions sont limitées ?", "Why are sign-ups limited?", "registrations-why"),
];

#[test]
fn plain_questions_find_their_entry_in_both_languages() {
    for &(french, english, entry) in PLAIN {
        assert_eq!(topic(french).as_deref(), Some(entry), "{french}");
        assert_eq!(topic(english).as_deref(), Some(entry), "{english}");
    }
}

#[test]
fn slips_capitals_accents_and_marks_change_nothing() {
    for (question, entry) in [
        ("QUI EST RAY DALIO", "who-is-dalio"),
        ("qui est ray dallio", "who-is-dalio"),
        ("who is sam altmann ?", "who-is-altman"),
        ("c'est quoi jannus pro", "janus-pro"),
        ("pourquoi nvidai a chute", "why-nvidia-fell"),
        (
            "Pourquoi\u{a0}Nvidia a\u{202f}chuté\u{202f}???",
            "why-nvidia-fell",
        ),
        ("c’est quoi deep seek", "what-is-deepseek"),
    ] {
        assert_eq!(topic(question).as_deref(), Some(entry), "{question}");
    }
}

#[test]
fn what_the_story_does_not_say_is_never_answered() {
    for question in [
        "Combien coûte R1 ?",
        "What does R1 cost?",
        "Qui a fondé Nvidia ?",
        "Who founded Nvidia?",
        "Quelle est la fortune de Ray Dalio ?",
        "How many people work at DeepSeek?",
        "What is the capital of Peru?",
        "Quel temps fera-t-il demain ?",
        "comment faire une pâte à crêpes",
        "who won the football last night",
    ] {
        let reply = ENGINE.answer(&Question::new(question));
        assert_ne!(reply.verdict, Verdict::Answer, "{question}: {}", reply.text);
        assert!(reply.citations.is_empty(), "{question}");
    }
}

#[test]
fn refusals_say_which_kind_they_are() {
    for (question, refusal) in [
        ("", Refusal::Vague),
        ("???", Refusal::Vague),
        ("🚀", Refusal::Vague),
        ("bonjour", Refusal::Courtesy),
        ("thank you", Refusal::Courtesy),
        ("What does R1 cost?", Refusal::Absent),
        ("Combien coûte R1 ?", Refusal::Absent),
        ("what is the capital of Peru", Refusal::Outside),
        ("quelle est la capitale du Pérou", Refusal::Outside),
    ] {
        let reply = ENGINE.answer(&Question::new(question));
        assert_eq!(reply.refusal, Some(refusal), "{question}: {}", reply.text);
        assert!(
            !reply.choices.is_empty(),
            "something is offered for {question}"
        );
    }
}

#[test]
fn the_reply_is_in_the_language_of_the_question_unless_it_was_chosen() {
    let reply = |text, locale, hint| ENGINE.answer(&Question { text, locale, hint }).locale;
    for (text, locale, hint, expected, why) in [
        (
            "prix puces ?",
            None,
            Some(Locale::En),
            Locale::Fr,
            "two French words",
        ),
        (
            "who said that",
            None,
            Some(Locale::Fr),
            Locale::En,
            "three English words",
        ),
        (
            "Nvidia ?",
            None,
            Some(Locale::En),
            Locale::En,
            "a name is no evidence: the hint",
        ),
        (
            "Janus-Pro",
            None,
            None,
            Locale::Fr,
            "no evidence at all: French",
        ),
        (
            "c'est quoi le stock market crash",
            None,
            None,
            Locale::Fr,
            "French grammar",
        ),
        (
            "Qui est Dalio ?",
            Some(Locale::En),
            None,
            Locale::En,
            "chosen",
        ),
    ] {
        assert_eq!(reply(text, locale, hint), expected, "{text}: {why}");
    }
}

#[test]
fn every_title_is_its_own_question() {
    for entry in ENGINE.knowledge().entries() {
        for (locale, title) in entry.title.iter() {
            let found = ENGINE.answer(&Question {
                locale: Some(locale),
                ..Question::new(title)
            });
            assert_eq!(found.topic.as_ref(), Some(&entry.id), "{title}");
        }
    }
}

#[test]
fn the_score_of_an_outcome_is_its_explanation_and_lies_between_nought_and_one() {
    let knowledge = ENGINE.knowledge();
    let matcher = griot::matcher::Matcher::train(knowledge);
    for question in [
        "Who is Ray Dalio?",
        "Combien coûte R1 ?",
        "zzz dalio",
        "bonjour",
        "capital",
    ] {
        let (outcome, ranking) = matcher.explain(question, Locale::En);
        if let Some(best) = ranking.best {
            assert!((0.0..=1.0).contains(&best.score()), "{question}");
            assert_eq!(best.score().to_bits(), best.explanation.total().to_bits());
        }
        if let Outcome::Abstain(Reason::Absent(candidate)) = outcome {
            assert!(
                knowledge
                    .absences()
                    .iter()
                    .any(|absence| absence.id == candidate.id)
            );
        }
    }
}

#[test]
fn the_same_file_gives_the_same_answers_every_time() {
    let again = Engine::new(ENGINE.knowledge().clone());
    for entry in ENGINE.knowledge().entries() {
        for utterance in entry.utterances.fr.iter().chain(&entry.utterances.en) {
            let question = Question::new(utterance);
            assert_eq!(
                ENGINE.explain(&question),
                again.explain(&question),
                "{utterance}"
            );
        }
    }
}

#[test]
fn two_questions_in_one_message_are_both_answered() {
    for (message, first, second) in [
        (
            "Qui est Ray Dalio ? Et quel jour Nvidia a chuté ?",
            "who-is-dalio",
            "nvidia-fall-day",
        ),
        (
            "who is Ray Dalio and what day did Nvidia fall",
            "who-is-dalio",
            "nvidia-fall-day",
        ),
    ] {
        let reply = ENGINE.answer(&Question::new(message));
        assert_eq!(
            reply.topic.map(|id| id.to_string()).as_deref(),
            Some(first),
            "{message}"
        );
        let offered = |choice: &griot::reply::Choice| choice.entry.as_str() == second;
        assert!(reply.choices.iter().any(offered), "{message}");
    }
}

#[test]
fn a_question_for_what_is_not_is_not_answered_by_what_is() {
    for question in [
        "Qui n'a pas réagi à R1 ?",
        "which model does Janus-Pro not beat?",
        "who did not praise R1?",
    ] {
        let reply = ENGINE.answer(&Question::new(question));
        assert_ne!(reply.verdict, Verdict::Answer, "{question}: {}", reply.text);
    }
}

#[test]
fn chat_spellings_and_mixed_languages_find_their_entry() {
    for (question, entry) in [
        ("c koi janus pro", "janus-pro"),
        ("cb de milliards nvidia a perdu", "nvidia-value-lost"),
        ("pk nvidia a chuté", "why-nvidia-fell"),
        ("ki é ray dalio", "who-is-dalio"),
        ("y did nvidia fall", "why-nvidia-fell"),
        ("where sont les servers de deepseek", "data-location"),
        ("combien Nvidia a lost en market cap ?", "nvidia-value-lost"),
    ] {
        assert_eq!(topic(question).as_deref(), Some(entry), "{question}");
    }
}

#[test]
fn a_follow_up_is_read_with_the_answer_before_it_and_other_questions_are_not() {
    for (question, expected, why) in [
        (
            "et en dollars ?",
            "nvidia-value-lost",
            "it takes up the fall",
        ),
        (
            "and in dollars?",
            "nvidia-value-lost",
            "it takes up the fall",
        ),
        ("et quand ?", "nvidia-fall-day", "grammar alone"),
        ("when was that?", "nvidia-fall-day", "grammar alone"),
        ("qui a dit ça ?", "nvidia-fall-percent", "the source"),
        ("who said that?", "nvidia-fall-percent", "the source"),
        ("et qui est Ray Dalio ?", "who-is-dalio", "it stands alone"),
        ("and who is Ray Dalio?", "who-is-dalio", "it stands alone"),
    ] {
        let question = Question::new(question);
        let (reply, _) = ENGINE.follow_up(&question, "nvidia-fall-percent");
        let found = reply.topic.as_ref().map(ToString::to_string);
        assert_eq!(found.as_deref(), Some(expected), "{question:?}: {why}");
    }
}

#[test]
fn a_follow_up_to_what_the_story_does_not_say_is_not_answered() {
    for question in [
        "et AMD ?",
        "and Tesla?",
        "et en euros ?",
        "what about Mars?",
    ] {
        let question = Question::new(question);
        let (reply, _) = ENGINE.follow_up(&question, "nvidia-fall-percent");
        assert_ne!(reply.verdict, Verdict::Answer, "{question:?}");
    }
    let question = Question::new("Who is Ray Dalio?");
    let (reply, _) = ENGINE.follow_up(&question, "no-such-topic");
    assert_eq!(reply.verdict, Verdict::Answer, "a topic that is gone");
}
