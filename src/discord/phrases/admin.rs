//! What is said to admins.

use crate::knowledge::{Changes, Id, Knowledge};
use crate::text::Locale::{self, En, Fr};

/// Ids listed of each kind of change; the rest is counted.
const LISTED: usize = 10;
/// Characters of those problems: the rest of a message is for what is said of them.
const PROBLEMS_CHARS: usize = crate::discord::limits::CONTENT - 400;
/// Problems listed of a file that was refused; the rest is counted.
const PROBLEMS: usize = 8;

/// The command is for admins.
pub(in crate::discord) const fn admins_only(locale: Locale) -> &'static str {
    match locale {
        Fr => "Cette commande est réservée aux administrateurs de Griot.",
        En => "This command is for Griot’s admins only.",
    }
}

/// The knowledge was reloaded.
pub(in crate::discord) fn reloaded(locale: Locale, version: &str, changes: &Changes) -> String {
    let head = match locale {
        Fr => format!("Connaissances rechargées, version `{version}`."),
        En => format!("Knowledge reloaded, version `{version}`."),
    };
    if changes.is_empty() {
        return match locale {
            Fr => format!("{head}\nAucun sujet n’a changé."),
            En => format!("{head}\nNo topic has changed."),
        };
    }
    let labels = match locale {
        Fr => ["Ajoutés", "Retirés", "Modifiés"],
        En => ["Added", "Removed", "Changed"],
    };
    labels
        .into_iter()
        .zip([&changes.added, &changes.removed, &changes.changed])
        .filter(|(_, ids)| !ids.is_empty())
        .fold(head, |text, (label, ids)| {
            format!("{text}\n{}", list(locale, label, ids))
        })
}

fn list(locale: Locale, label: &str, ids: &[Id]) -> String {
    let named: Vec<String> = ids
        .iter()
        .take(LISTED)
        .map(|id| format!("`{id}`"))
        .collect();
    let rest = ids.len().saturating_sub(LISTED);
    let named = named.join(", ");
    let count = ids.len();
    match (locale, rest) {
        (Fr, 0) => format!("{label} ({count}) : {named}"),
        (En, 0) => format!("{label} ({count}): {named}"),
        (Fr, _) => format!("{label} ({count}) : {named} et {rest} autres"),
        (En, _) => format!("{label} ({count}): {named} and {rest} more"),
    }
}

/// The file was refused; the old knowledge stays.
pub(in crate::discord) fn not_reloaded(locale: Locale, lines: &[String]) -> String {
    let count = lines.len();
    let head = match (locale, count) {
        (Fr, 1) => {
            "Le fichier comporte un problème. Je garde les connaissances précédentes.".to_owned()
        }
        (Fr, _) => format!(
            "Le fichier comporte {count} problèmes. Je garde les connaissances précédentes."
        ),
        (En, 1) => "The file has a problem. I am keeping the knowledge I had.".to_owned(),
        (En, _) => format!("The file has {count} problems. I am keeping the knowledge I had."),
    };
    let listed = lines.iter().take(PROBLEMS);
    // In a code block nothing in a problem is read as markup.
    let listed: Vec<String> = listed.map(|line| line.replace('`', "'")).collect();
    format!(
        "{head}\n```\n{}\n```",
        crate::discord::limits::cut(&listed.join("\n"), PROBLEMS_CHARS)
    )
}

/// How Griot fares; `since` in seconds of the Unix epoch, which Discord shows in the reader's
/// zone and language.
pub(in crate::discord) fn status(locale: Locale, knowledge: &Knowledge, since: i64) -> String {
    let (griot, version) = (env!("CARGO_PKG_VERSION"), knowledge.version());
    let story = knowledge.story().label.get(locale);
    let entries = knowledge.entries().len();
    let absences = knowledge.absences().len();
    match locale {
        Fr => format!(
            "Griot {griot}, en marche depuis le <t:{since}:f> (<t:{since}:R>).\n\
             Histoire : « {story} »\n\
             Connaissances : version `{version}`, {entries} réponses, {absences} questions sans réponse dans l’histoire."
        ),
        En => format!(
            "Griot {griot}, up since <t:{since}:f> (<t:{since}:R>).\n\
             Story: “{story}”\n\
             Knowledge: version `{version}`, {entries} answers, {absences} questions the story leaves open."
        ),
    }
}
