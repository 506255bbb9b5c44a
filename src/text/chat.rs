//! Chat spellings, and the words they stand for.

use super::Locale;

/// The plain word behind a folded chat spelling; the word itself where it is none.
///
/// ```
/// use griot::text::{Locale, plain};
/// assert_eq!(plain("koi", Locale::Fr), "quoi");
/// assert_eq!(plain("koi", Locale::En), "koi");
/// ```
#[must_use]
pub fn plain(word: &str, locale: Locale) -> &str {
    let spellings = match locale {
        Locale::Fr => FRENCH,
        Locale::En => ENGLISH,
    };
    let at = spellings.binary_search_by_key(&word, |&(chat, _)| chat);
    at.ok()
        .and_then(|at| spellings.get(at))
        .map_or(word, |&(_, plain)| plain)
}

/// Sorted by spelling. *c* stands for *c’est*, whose *c’* is elided.
#[rustfmt::skip]
const FRENCH: &[(&str, &str)] = &[
    ("aujourdhui", "aujourd"), ("avc", "avec"), ("bcp", "beaucoup"), ("bjr", "bonjour"),
    ("bsr", "bonsoir"), ("c", "est"), ("cad", "dire"), ("cb", "combien"), ("cbien", "combien"),
    ("cbn", "combien"), ("cest", "est"), ("cmb", "combien"), ("cmt", "comment"), ("coment", "comment"),
    ("ct", "etait"), ("dc", "donc"), ("dcp", "donc"), ("ds", "dans"), ("dsl", "desole"),
    ("eske", "est"), ("fo", "faut"), ("g", "ai"), ("jai", "ai"), ("k", "que"), ("kan", "quand"),
    ("kand", "quand"), ("ke", "que"), ("kel", "quel"), ("kelle", "quelle"), ("kelles", "quelles"),
    ("kels", "quels"), ("kes", "que"), ("kesk", "que"), ("keske", "que"), ("keski", "qui"),
    ("ki", "qui"), ("koa", "quoi"), ("koi", "quoi"), ("koman", "comment"), ("komen", "comment"),
    ("koment", "comment"), ("kwa", "quoi"), ("mm", "meme"), ("mnt", "maintenant"),
    ("mtn", "maintenant"), ("ns", "nous"), ("nvo", "nouveau"), ("nvx", "nouveaux"), ("pck", "parce"),
    ("pcq", "parce"), ("pdt", "pendant"), ("pk", "pourquoi"), ("pkoi", "pourquoi"),
    ("poukoi", "pourquoi"), ("pourkoi", "pourquoi"), ("pq", "pourquoi"), ("pr", "pour"),
    ("prq", "pourquoi"), ("qd", "quand"), ("qq", "quelque"), ("qqch", "quelque"), ("qqn", "quelqu"),
    ("quesque", "que"), ("rdv", "rendez"), ("slt", "salut"), ("stp", "plait"), ("svp", "plait"),
    ("tjr", "toujours"), ("tjrs", "toujours"), ("tjs", "toujours"), ("tkt", "inquiete"), ("tt", "tout"),
    ("tte", "toute"), ("vla", "voila"), ("vs", "vous"), ("wsh", "salut"), ("ya", "a"),
];

/// Sorted by spelling.
#[rustfmt::skip]
const ENGLISH: &[(&str, &str)] = &[
    ("abt", "about"), ("b4", "before"), ("bc", "because"), ("bcuz", "because"), ("coz", "because"),
    ("cuz", "because"), ("dat", "that"), ("gov", "government"), ("govt", "government"),
    ("gr8", "great"), ("hav", "have"), ("hw", "how"), ("n", "and"), ("nvm", "mind"), ("pls", "please"),
    ("plz", "please"), ("ppl", "people"), ("r", "are"), ("rly", "really"), ("rn", "now"),
    ("sry", "sorry"), ("thru", "through"), ("thx", "thanks"), ("tmrw", "tomorrow"), ("tnx", "thanks"),
    ("u", "you"), ("ur", "your"), ("w", "with"), ("wanna", "want"), ("wat", "what"), ("wats", "what"),
    ("wen", "when"), ("wens", "when"), ("wer", "where"), ("whats", "what"), ("whens", "when"),
    ("wheres", "where"), ("whos", "who"), ("wht", "what"), ("whys", "why"), ("wich", "which"),
    ("wo", "without"), ("wot", "what"), ("wut", "what"), ("wuz", "was"), ("y", "why"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_sorted_folded_and_stand_for_something_else() {
        for spellings in [FRENCH, ENGLISH] {
            assert!(spellings.is_sorted_by_key(|&(chat, _)| chat));
            for (chat, plain) in spellings {
                assert_eq!(&crate::text::fold(chat), chat);
                assert_eq!(&crate::text::fold(plain), plain);
            }
        }
    }
}
