//! What is said on Discord alone: on buttons, in private, and to admins. An exhaustive `match`
//! on the locale means that neither language can be forgotten.

mod admin;

pub(super) use self::admin::{admins_only, not_reloaded, reloaded, status};

use crate::text::Locale::{self, En, Fr};
use std::time::Duration;

/// The button belongs to another version of Griot or of the knowledge.
pub(super) const fn stale(locale: Locale) -> &'static str {
    match locale {
        Fr => {
            "Ce bouton renvoie à une question qui n’existe plus. Posez-la-moi de nouveau avec /demander."
        }
        En => {
            "This button leads to a question that is no longer there. Please ask me again with /ask."
        }
    }
}

/// Asks why an answer was given.
pub(super) const fn why(locale: Locale) -> &'static str {
    match locale {
        Fr => "Pourquoi cette réponse ?",
        En => "Why this answer?",
    }
}

/// The answer helped.
pub(super) const fn helpful(locale: Locale) -> &'static str {
    match locale {
        Fr => "Utile",
        En => "Helpful",
    }
}

/// The answer did not help.
pub(super) const fn unhelpful(locale: Locale) -> &'static str {
    match locale {
        Fr => "Pas utile",
        En => "Not helpful",
    }
}

/// Opens a form to ask on, and is its title.
pub(super) const fn ask_on(locale: Locale) -> &'static str {
    match locale {
        Fr => "Poursuivre sur ce sujet",
        En => "Ask a follow-up",
    }
}

/// The one line of that form.
pub(super) const fn your_question(locale: Locale) -> &'static str {
    match locale {
        Fr => "Votre question",
        En => "Your question",
    }
}

/// Thanks for saying that an answer helped, or did not.
pub(super) const fn thanks(locale: Locale, helped: bool) -> &'static str {
    match (locale, helped) {
        (Fr, true) => "Merci, c’est noté.",
        (En, true) => "Thank you, that is noted.",
        (Fr, false) => {
            "Merci de me l’avoir signalé, c’est noté. Posez-moi la question autrement si vous le souhaitez, avec /demander."
        }
        (En, false) => {
            "Thank you for telling me, that is noted. If you like, put the question to me in other words with /ask."
        }
    }
}

/// How an answer came about: by a guess so many per cent sure, or by its name. Where the
/// knowledge has changed since, the guess can no longer be retraced.
pub(super) fn because(locale: Locale, score: Option<u8>, holds: bool) -> String {
    match (locale, score) {
        (Fr, _) if !holds => "Mes connaissances ont changé depuis cette réponse : je ne peux plus en retracer le choix. Voici d’où elle vient aujourd’hui.".to_owned(),
        (En, _) if !holds => "My knowledge has changed since this answer: I can no longer retrace the choice. Here is its source today.".to_owned(),
        (Fr, Some(score)) => format!("Je suis sûr à {score} % de cette réponse."),
        (En, Some(score)) => format!("I was {score}% sure of this answer."),
        (Fr, None) => "Votre question désignait cette réponse : je n’ai rien eu à deviner.".to_owned(),
        (En, None) => "Your question pointed to this answer: there was nothing to guess.".to_owned(),
    }
}

/// The curated wording that was nearest to the question.
pub(super) fn nearest_utterance(locale: Locale, utterance: &str) -> String {
    match locale {
        Fr => format!("Formulation la plus proche que je connaisse : « {utterance} »"),
        En => format!("Closest wording I know: “{utterance}”"),
    }
}

/// The topic that came second.
pub(super) fn came_next(locale: Locale, title: &str) -> String {
    match locale {
        Fr => format!("Venait ensuite : « {title} »"),
        En => format!("Next came: “{title}”"),
    }
}

/// How to use the menus of the story.
pub(super) const fn pick(locale: Locale) -> &'static str {
    match locale {
        Fr => "Choisissez une question dans les menus ci-dessous : j’y réponds aussitôt.",
        En => "Choose a question from the menus below, and I will answer it at once.",
    }
}

/// Which page of the story this is.
pub(super) fn page(locale: Locale, number: usize, count: usize) -> String {
    match locale {
        Fr => format!("Page {number} sur {count}"),
        En => format!("Page {number} of {count}"),
    }
}

/// Turns back a page.
pub(super) const fn page_before(locale: Locale) -> &'static str {
    match locale {
        Fr => "Page précédente",
        En => "Previous page",
    }
}

/// Turns a page.
pub(super) const fn page_after(locale: Locale) -> &'static str {
    match locale {
        Fr => "Page suivante",
        En => "Next page",
    }
}

/// The member asks faster than she may, and has to wait so long.
pub(super) fn too_fast(locale: Locale, wait: Duration) -> String {
    let seconds = wait.as_secs() + 1;
    match (locale, seconds) {
        (Fr, 1) => "Vous me posez beaucoup de questions à la fois. Attendez une seconde, et je vous réponds.".to_owned(),
        (Fr, _) => format!("Vous me posez beaucoup de questions à la fois. Attendez {seconds} secondes, et je vous réponds."),
        (En, 1) => "That is a lot of questions at once. Please wait a second, and I will answer.".to_owned(),
        (En, _) => format!("That is a lot of questions at once. Please wait {seconds} seconds, and I will answer."),
    }
}

/// A channel has had many answers.
pub(super) const fn crowded(locale: Locale) -> &'static str {
    match locale {
        Fr => {
            "J’ai déjà beaucoup répondu dans ce salon : je lui laisse un instant de répit, et vous réponds ici."
        }
        En => {
            "I have answered a great deal in that channel and am giving it a moment’s rest, so here is your answer."
        }
    }
}

/// A message was asked about that has no words of its own.
pub(super) const fn wordless(locale: Locale) -> &'static str {
    match locale {
        Fr => "Je ne trouve dans ce message aucun texte qui puisse se lire comme une question.",
        En => "I can find no text in that message to read as a question.",
    }
}

#[cfg(test)]
mod tests {
    /// What stands between quotation marks in a source file.
    fn literals(source: &str) -> Vec<&str> {
        source.split('"').skip(1).step_by(2).collect()
    }

    #[test]
    fn french_marks_are_kept_to_their_words_by_no_break_spaces() {
        let sources = [
            include_str!("phrases.rs"),
            include_str!("phrases/admin.rs"),
            include_str!("../reply/phrases.rs"),
        ];
        for source in sources {
            let (said, _) = source.split_once("#[cfg(test)]").unwrap_or((source, ""));
            for literal in literals(said) {
                for loose in [" :", " ;", " ?", " !", " »", " %", "« "] {
                    assert!(!literal.contains(loose), "“{loose}” in {literal}");
                }
            }
        }
    }
}
