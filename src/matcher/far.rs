//! Questions about anything else: what the refusal model learns to leave alone,
//! whatever the story.

use crate::text::Locale::{self, En, Fr};

/// Everyday questions no story of ours answers, both languages alike.
#[rustfmt::skip]
pub(super) const FAR: &[(Locale, &str)] = &[
    (Fr, "quel temps fera-t-il demain à Lyon"), (En, "what will the weather be in Leeds tomorrow"),
    (Fr, "comment faire des crêpes sans lait"), (En, "how do I make pancakes without milk"),
    (Fr, "qui a gagné le match hier soir"), (En, "who won the match last night"),
    (Fr, "quelle est la capitale de l'Australie"), (En, "what is the capital of Australia"),
    (Fr, "combien font 17 fois 23"), (En, "what is 17 times 23"),
    (Fr, "raconte-moi une blague"), (En, "tell me a joke"),
    (Fr, "à quelle heure ouvre la boulangerie"), (En, "what time does the bakery open"),
    (Fr, "mon chat refuse de manger que faire"), (En, "my cat will not eat what should I do"),
    (Fr, "qui a écrit Les Misérables"), (En, "who wrote Wuthering Heights"),
    (Fr, "comment installer un module sur mon serveur Minecraft"), (En, "how do I install a mod on my Minecraft server"),
    (Fr, "quelqu'un veut jouer ce soir"), (En, "does anyone want to play tonight"),
    (Fr, "combien de joueurs dans une équipe de rugby"), (En, "how many players are there in a rugby team"),
    (Fr, "pourquoi le ciel est-il bleu"), (En, "why is the sky blue"),
    (Fr, "où puis-je trouver un plombier"), (En, "where can I find a plumber"),
    (Fr, "comment changer mon mot de passe Discord"), (En, "how do I change my Discord password"),
    (Fr, "quel film regarder en famille"), (En, "which film should we watch with the children"),
    (Fr, "quand tombe Pâques cette année"), (En, "when is Easter this year"),
    (Fr, "traduis bonjour en japonais"), (En, "translate good morning into Japanese"),
    (Fr, "comment réparer une chambre à air"), (En, "how do I mend a puncture"),
    (Fr, "qui est la reine du Danemark"), (En, "who is the king of Norway"),
    (Fr, "quelle est la distance de la Terre à la Lune"), (En, "how far is the moon from the earth"),
    (Fr, "écris-moi un poème sur l'automne"), (En, "write me a poem about autumn"),
    (Fr, "combien coûte un billet de train pour Nantes"), (En, "how much is a train ticket to Bristol"),
    (Fr, "j'ai mal à la tête depuis ce matin"), (En, "I have had a headache since this morning"),
    (Fr, "quelle recette pour des tomates trop mûres"), (En, "what can I cook with overripe tomatoes"),
    (Fr, "qui a peint la Joconde"), (En, "who painted the night watch"),
    (Fr, "comment arroser un cactus"), (En, "how often should I water a cactus"),
    (Fr, "quand a commencé la Première Guerre mondiale"), (En, "when did the second world war end"),
    (Fr, "peux-tu mettre de la musique"), (En, "can you play some music"),
    (Fr, "quelle taille fait la tour Eiffel"), (En, "how tall is Big Ben"),
];
