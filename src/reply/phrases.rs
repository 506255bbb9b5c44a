//! Every sentence Griot itself says, in both languages. An exhaustive `match` on
//! the locale means that neither can be forgotten.

use crate::text::Locale::{self, En, Fr};

/// The story is known not to say.
#[must_use]
pub const fn absent(locale: Locale) -> &'static str {
    match locale {
        Fr => "L’histoire ne le dit pas, et je m’en tiens à ce qu’elle dit.",
        En => "The story does not say, and I keep to what it says.",
    }
}

/// The question is about something else.
#[must_use]
pub fn outside(locale: Locale, story: &str) -> String {
    match locale {
        Fr => format!(
            "Je ne vois pas de réponse à cela dans « {story} », la seule histoire que je connaisse."
        ),
        En => format!("I can find no answer to that in “{story}”, the only story I know."),
    }
}

/// A question says too little to be matched.
#[must_use]
pub const fn too_vague(locale: Locale) -> &'static str {
    match locale {
        Fr => "Votre question est trop vague pour que j’y réponde.",
        En => "Your question is too vague for me to answer.",
    }
}

/// How to ask.
#[must_use]
pub fn how_to_ask(locale: Locale, story: &str) -> String {
    match locale {
        Fr => format!(
            "Posez-moi une question courte sur « {story} » : en me mentionnant, en message privé, ou avec la commande /demander (/ask en anglais)."
        ),
        En => format!(
            "Ask me a short question about “{story}”: mention me, send me a direct message, or use the /ask command."
        ),
    }
}

/// Several entries may be meant.
#[must_use]
pub const fn unsure(locale: Locale) -> &'static str {
    match locale {
        Fr => "Je ne suis pas certain d’avoir compris votre question.",
        En => "I am not sure I understood your question.",
    }
}

/// Who says what was answered.
#[must_use]
pub fn said_by(locale: Locale, said_by: &str) -> String {
    match locale {
        Fr => format!("Qui le dit : {said_by}."),
        En => format!("Who says so: {said_by}."),
    }
}

/// Introduces suggestions.
#[must_use]
pub const fn did_you_mean(locale: Locale) -> &'static str {
    match locale {
        Fr => "Vouliez-vous demander :",
        En => "Did you mean:",
    }
}

/// Introduces related entries.
#[must_use]
pub const fn related(locale: Locale) -> &'static str {
    match locale {
        Fr => "À lire aussi :",
        En => "See also:",
    }
}

/// Introduces the entries that answer the other questions of a message.
#[must_use]
pub const fn also_asked(locale: Locale) -> &'static str {
    match locale {
        Fr => "Vous demandiez aussi :",
        En => "You also asked:",
    }
}

/// Introduces the entries nearest to a question without an answer.
#[must_use]
pub const fn nearest(locale: Locale) -> &'static str {
    match locale {
        Fr => "En revanche, je peux répondre à :",
        En => "What I can answer:",
    }
}

/// Introduces the first entries of the story.
#[must_use]
pub const fn starters(locale: Locale) -> &'static str {
    match locale {
        Fr => "Par exemple :",
        En => "For example:",
    }
}

/// What the untitled opening of an article is called.
#[must_use]
pub const fn opening(locale: Locale) -> &'static str {
    match locale {
        Fr => "Ouverture de l’article",
        En => "Opening of the article",
    }
}

/// A place in the article.
#[must_use]
pub fn place(locale: Locale, section: &str, paragraph: u32) -> String {
    match locale {
        Fr => format!("« {section} », § {paragraph}"),
        En => format!("“{section}”, ¶ {paragraph}"),
    }
}

/// The source line: where it stands, and who says it.
#[must_use]
pub fn source(locale: Locale, places: &str, said_by: &str) -> String {
    match locale {
        Fr => format!("Source : {places} — {said_by}"),
        En => format!("Source: {places} — {said_by}"),
    }
}

/// The version of the knowledge, as a footer.
#[must_use]
pub fn version(locale: Locale, story: &str, version: &str) -> String {
    match locale {
        Fr => format!("{story} · connaissances {version}"),
        En => format!("{story} · knowledge {version}"),
    }
}

/// Something about the article that is not known.
#[must_use]
pub const fn not_given(locale: Locale) -> &'static str {
    match locale {
        Fr => "non précisée",
        En => "not given",
    }
}

/// What is known of the article itself.
#[must_use]
pub fn article(locale: Locale, language: Locale, published: &str, address: &str) -> String {
    let language = match (locale, language) {
        (Fr, Fr) => "français",
        (Fr, En) => "anglais",
        (En, Fr) => "French",
        (En, En) => "English",
    };
    match locale {
        Fr => format!(
            "Article de presse en {language} · Publication : {published} · Adresse : {address}"
        ),
        En => {
            format!("Press article in {language} · Published: {published} · Address: {address}")
        }
    }
}

/// Offers the same topic in the other language, in that language.
#[must_use]
pub const fn other_language(locale: Locale) -> &'static str {
    match locale {
        Fr => "In English",
        En => "En français",
    }
}

/// Opens a conversation in the terminal.
#[must_use]
pub fn chat_greeting(locale: Locale, story: &str) -> String {
    match locale {
        Fr => format!(
            "Je suis Griot. Posez-moi vos questions sur « {story} », en français ou en anglais ; tapez un numéro pour une question proposée, Ctrl-D pour finir."
        ),
        En => format!(
            "I am Griot. Ask me about “{story}”, in English or in French; type a number to choose a suggested question, Ctrl-D to quit."
        ),
    }
}

/// A number that stands for nothing on the screen.
#[must_use]
pub fn no_such_number(locale: Locale, number: usize, most: usize) -> String {
    match locale {
        Fr => format!(
            "Il n’y a pas de numéro {number} ici : choisissez de 1 à {most}, ou posez une question."
        ),
        En => format!("There is no number {number} here: choose 1 to {most}, or ask a question."),
    }
}
