//! How Griot behaves as a guest: follow-ups, reasons, forms, menus, edits, bursts. Both
//! languages, every request validated.

use serde_json::Value;
use std::time::Duration;

use crate::bot::Bot;
use crate::flows::{
    asked, assert_valid, buttons, custom_id, description, embed, is_private, ready,
};
use crate::standin::{CHANNEL, Interaction, MEMBER, MessageEvent, StandIn, direct_channel};

/// Long enough for an answer that should not come.
const SILENCE: Duration = Duration::from_millis(700);

#[tokio::test(flavor = "multi_thread")]
async fn anybodys_message_can_be_asked_about_from_its_menu() {
    let (discord, _bot) = ready().await;
    for (text, locale, says) in [
        (
            "c'est qui Ray Dalio ???",
            "en-US",
            "fondateur de Bridgewater",
        ),
        ("<@42> who is Ray Dalio?", "fr", "founder of Bridgewater"),
    ] {
        let message = MessageEvent::in_guild(text);
        let ask = Interaction::on_message("Ask the story", &message).locale(locale);
        let response = asked(&discord, ask).await;
        assert!(description(&response["data"]).contains(says), "{response}");
        let elsewhere = Interaction::on_message("Ask the story", &message)
            .by(77)
            .user_installed();
        let response = asked(&discord, elsewhere).await;
        assert!(description(&response["data"]).contains(says), "{response}");
    }
    for (locale, says) in [("fr", "aucun texte"), ("en-GB", "no text")] {
        let picture = MessageEvent::in_guild("```x```");
        let ask = Interaction::on_message("Ask the story", &picture).locale(locale);
        let note = asked(&discord, ask).await;
        assert!(is_private(&note["data"]));
        let text = note["data"]["content"].as_str().expect("a note");
        assert!(text.contains(says), "{text}");
    }
    assert_valid(&discord, "message command");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_says_its_kind_and_what_can_be_answered_is_offered() {
    const PRIMARY: u64 = 1;
    let (discord, _bot) = ready().await;
    for (question, says, style) in [
        ("qui a fondé Nvidia ?", "L’histoire ne le dit pas", 2),
        ("who founded Nvidia?", "The story does not say", 2),
        ("quelle est la capitale du Pérou", "la seule histoire", 2),
        ("what is the capital of Peru", "the only story", 2),
        ("les tests et les prix", "Vouliez-vous demander", PRIMARY),
        ("the market", "Did you mean", PRIMARY),
    ] {
        let ask = Interaction::slash("ask").option("question", question);
        let sent = asked(&discord, ask).await["data"].clone();
        assert!(description(&sent).contains(says), "{question}: {sent}");
        let first = &sent["components"][0]["components"][0];
        assert_eq!(first["style"], style, "{question}: {sent}");
        let press = Interaction::press(&text(&first["custom_id"]), &sent);
        let answer = asked(&discord, press).await;
        assert!(embed(&answer["data"])["title"].is_string(), "{question}");
    }
    assert_valid(&discord, "refusals and suggestions");
}

#[tokio::test(flavor = "multi_thread")]
async fn help_is_private_and_threads_are_channels() {
    let (discord, _bot) = ready().await;
    for (question, vague, dalio, says) in [
        ("et donc ?", "trop vague", "qui est Dalio ?", "fondateur"),
        ("so what?", "too vague", "who is Dalio?", "founder"),
    ] {
        let ask = Interaction::slash("ask").option("question", question);
        let help = asked(&discord, ask).await["data"].clone();
        assert!(
            is_private(&help) && description(&help).contains(vague),
            "{help}"
        );
        let thread = CHANNEL + 9;
        discord.message(&MessageEvent::mentioning_bot(dalio).in_channel(thread));
        let reply = discord.next_message(thread).await.body;
        assert!(description(&reply).contains(says), "{reply}");
    }
    assert_valid(&discord, "help, and a thread");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_to_an_answer_is_read_with_it_in_mind() {
    let (discord, _bot) = ready().await;
    for (question, follow_ups) in [
        (
            "De combien l'action Nvidia a-t-elle chuté ?",
            [
                ("et en dollars ?", "600 milliards"),
                ("et quand ?", "27 janvier"),
                ("qui a dit ça ?", "l’article"),
            ],
        ),
        (
            "How far did Nvidia's shares fall?",
            [
                ("and in dollars?", "$600 billion"),
                ("when was that?", "27 January"),
                ("who said that?", "the article"),
            ],
        ),
    ] {
        discord.message(&MessageEvent::mentioning_bot(question));
        let answer = discord.next_message(CHANNEL).await.body;
        for (follow_up, says) in follow_ups {
            discord.message(&MessageEvent::reply_to(&answer, follow_up));
            let reply = discord.next_message(CHANNEL).await.body;
            let text = description(&reply);
            assert!(text.contains(says), "{follow_up}: {text}");
        }
    }
    assert_valid(&discord, "follow-ups by reply");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_direct_message_follows_the_answer_before_it() {
    let (discord, _bot) = ready().await;
    let channel = direct_channel(MEMBER);
    for (text, says) in [
        ("De combien l'action Nvidia a-t-elle chuté ?", "16,86"),
        ("et quand ?", "27 janvier"),
        ("Who is Ray Dalio?", "founder of Bridgewater"),
        ("who said that?", "the article"),
    ] {
        discord.message(&MessageEvent::direct(text));
        let reply = discord.next_message(channel).await.body;
        assert!(description(&reply).contains(says), "{text}: {reply}");
    }
    // Elsewhere nothing is remembered.
    discord.message(&MessageEvent::mentioning_bot("et quand ?"));
    let reply = discord.next_message(CHANNEL).await.body;
    assert!(!description(&reply).contains("27 janvier"), "{reply}");
    assert_valid(&discord, "follow-ups in a direct channel");
}

#[tokio::test(flavor = "multi_thread")]
async fn under_a_response_a_form_asks_on() {
    let (discord, _bot) = ready().await;
    for (locale, question, label, follow_up, says) in [
        (
            "fr",
            "De combien l'action Nvidia a-t-elle chuté ?",
            "Poursuivre sur ce sujet",
            "et en dollars ?",
            "600 milliards",
        ),
        (
            "en-US",
            "How far did Nvidia's shares fall?",
            "Ask a follow-up",
            "and in dollars?",
            "$600 billion",
        ),
    ] {
        let ask = Interaction::slash("ask")
            .option("question", question)
            .locale(locale);
        let sent = asked(&discord, ask).await["data"].clone();
        let id = custom_id(&sent, label);
        let form = asked(&discord, Interaction::press(&id, &sent).locale(locale)).await;
        assert_eq!(form["type"], 9, "a form: {form}");
        assert_eq!(form["data"]["title"], label);
        let input = &form["data"]["components"][0]["components"][0];
        let (form_id, input_id) = (text(&form["data"]["custom_id"]), text(&input["custom_id"]));
        let submit = Interaction::modal(&form_id, &input_id, follow_up).locale(locale);
        let answer = asked(&discord, submit).await;
        assert!(description(&answer["data"]).contains(says), "{answer}");
    }
    // A mention is answered by a message that can be replied to: no form.
    discord.message(&MessageEvent::mentioning_bot("Qui est Ray Dalio ?"));
    let reply = discord.next_message(CHANNEL).await.body;
    let labels = buttons(&reply);
    assert!(
        labels
            .iter()
            .all(|(label, _)| label != "Poursuivre sur ce sujet")
    );
    assert_valid(&discord, "forms");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_says_privately_why_it_was_given() {
    let (discord, _bot) = ready().await;
    for (locale, question, why, because, source) in [
        (
            "fr",
            "c'est qui Dalio",
            "Pourquoi cette réponse\u{a0}?",
            "Je suis sûr à",
            "Source\u{a0}: «",
        ),
        (
            "en-US",
            "who's this Dalio guy",
            "Why this answer?",
            "% sure of this",
            "Source: “",
        ),
    ] {
        let ask = Interaction::slash("ask").option("question", question);
        let sent = asked(&discord, ask.locale(locale)).await["data"].clone();
        let press = Interaction::press(&custom_id(&sent, why), &sent).by(MEMBER + 1);
        let note = asked(&discord, press.locale(locale)).await["data"].clone();
        let content = text(&note["content"]);
        assert!(is_private(&note), "{note}");
        assert!(
            content.contains(because) && content.contains(source),
            "{content}"
        );
    }
    assert_valid(&discord, "why this answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judgement_is_thanked_for_and_counted_without_a_name() {
    let (discord, bot) = ready().await;
    let judge = 880_088_880;
    for (locale, question, label) in [
        ("fr", "c'est qui Dalio", "Utile"),
        ("en-US", "who's this Dalio guy", "Not helpful"),
    ] {
        let ask = Interaction::slash("ask").option("question", question);
        let sent = asked(&discord, ask.locale(locale)).await["data"].clone();
        let press = Interaction::press(&custom_id(&sent, label), &sent).by(judge);
        let note = asked(&discord, press.locale(locale)).await["data"].clone();
        let thanks = text(&note["content"]);
        assert!(is_private(&note) && (thanks.contains("Merci") || thanks.contains("Thank you")));
    }
    bot.logged("helped=false").await;
    let log = bot.log();
    for part in [
        "an answer was judged topic=who-is-dalio",
        "helped=true",
        "knowledge=",
    ] {
        assert!(log.contains(part), "{part}: {log}");
    }
    assert!(!log.contains(&judge.to_string()), "nobody is named: {log}");
    assert_valid(&discord, "judgements");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_is_paged_through_by_menus_of_its_topics() {
    let (discord, _bot) = ready().await;
    for (locale, next, says) in [
        ("fr", "Page suivante", "Page 1 sur"),
        ("en-GB", "Next page", "Page 1 of"),
    ] {
        let story = asked(&discord, Interaction::slash("story").locale(locale)).await;
        let mut page = story["data"].clone();
        assert!(is_private(&page));
        assert!(description(&page).contains(says), "{page}");
        let mut topics = Vec::new();
        loop {
            topics.extend(options(&page));
            let Some((_, id)) = buttons(&page).into_iter().find(|(label, _)| label == next) else {
                break;
            };
            let turned = asked(&discord, Interaction::press(&id, &page).locale(locale)).await;
            assert_eq!(turned["type"], 7, "the page is turned in place");
            page = turned["data"].clone();
        }
        assert_eq!(topics.len(), 40, "every topic has its place");
        let (menu, topic) = topics.last().expect("a topic").clone();
        let pick = Interaction::select(&menu, &[&topic], &page).locale(locale);
        let answer = asked(&discord, pick).await;
        assert!(is_private(&answer["data"]));
        assert!(embed(&answer["data"])["title"].is_string(), "{answer}");
    }
    assert_valid(&discord, "the story by pages");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_follows_the_edits_and_the_end_of_its_question() {
    let (discord, _bot) = ready().await;
    for (first, then, says) in [
        ("qui est Dalio ?", "qui est Sam Altman ?", "le PDG d’OpenAI"),
        ("who is Dalio?", "who is Sam Altman?", "CEO of OpenAI"),
    ] {
        let message = MessageEvent::mentioning_bot(first);
        discord.message(&message);
        let reply = discord.next_message(CHANNEL).await;
        discord.edit(&message.edited(then));
        let edited = discord.next_edit_of_message(CHANNEL).await;
        let id = reply.made.expect("a message has an id").to_string();
        assert!(edited.path.ends_with(&id), "{} for {id}", edited.path);
        let text = description(&edited.body);
        assert!(text.contains(says), "{text}");
        discord.delete(&message);
        let deleted = discord.next_delete(CHANNEL).await;
        assert!(deleted.path.ends_with(&id), "{} for {id}", deleted.path);
    }
    assert_valid(&discord, "edits and deletions");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_of_one_question_gets_one_answer() {
    let (discord, _bot) = ready().await;
    for question in ["qui est Dalio ?", "who is Dalio?"] {
        for member in [501, 502, 503] {
            discord.message(&MessageEvent::mentioning_bot(question).by(member));
        }
        let answer = discord.next_message(CHANNEL).await.body;
        assert!(description(&answer).contains("Bridgewater"));
        discord.no_message_within(CHANNEL, SILENCE).await;
    }
    // A command must be responded to: whoever comes second reads it alone.
    let ask = || Interaction::slash("ask").option("question", "Qui est Sam Altman ?");
    let first = asked(&discord, ask().by(501)).await;
    let second = asked(&discord, ask().by(502)).await;
    assert!(!is_private(&first["data"]) && is_private(&second["data"]));
    assert_valid(&discord, "bursts");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_fast_is_told_so_privately_in_her_language() {
    let (discord, _bot) = ready().await;
    for (member, locale, says, question) in [
        (
            601,
            "fr",
            "Attendez",
            "qui est Ray Dalio, s'il vous plaît ?",
        ),
        (602, "en-US", "Please wait", "who is Ray Dalio, please?"),
    ] {
        let ask = || {
            let ask = Interaction::slash("ask").option("question", question);
            ask.locale(locale).by(member)
        };
        let mut told = Value::Null;
        for _ in 0..30 {
            let response = asked(&discord, ask()).await;
            if response["data"]["content"].is_string() {
                told = response["data"].clone();
                break;
            }
        }
        assert!(
            is_private(&told) && text(&told["content"]).contains(says),
            "{told}"
        );
        discord.message(&MessageEvent::mentioning_bot(question).by(member));
        let notice = discord.next_message(direct_channel(member)).await.body;
        assert!(text(&notice["content"]).contains(says), "{notice}");
    }
    discord.no_message_within(CHANNEL, SILENCE).await;
    assert_valid(&discord, "cooldown");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_crowded_channel_the_answer_comes_by_direct_message() {
    let (discord, _bot) = ready().await;
    for member in 7_000..7_030 {
        let question = format!("qui est Ray Dalio ? {member}");
        discord.message(&MessageEvent::mentioning_bot(&question).by(member));
        discord.next_message(CHANNEL).await;
    }
    for (member, question, says, why) in [
        (
            7_100,
            "c'est qui Sam Altman ?",
            "OpenAI",
            "un instant de répit",
        ),
        (7_101, "who is Sam Altman?", "OpenAI", "a moment’s rest"),
    ] {
        // One answer a second comes free: take those that have.
        for other in 0..8 {
            let taken = format!("who is Ray Dalio? {member}{other}");
            let taken = MessageEvent::mentioning_bot(&taken).by(member * 100 + other);
            discord.message(&taken);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        discord.message(&MessageEvent::mentioning_bot(question).by(member));
        let whispered = discord.next_message(direct_channel(member)).await.body;
        assert!(description(&whispered).contains(says), "{whispered}");
        assert!(text(&whispered["content"]).contains(why), "{whispered}");
    }
    assert_valid(&discord, "a crowded channel");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission_is_done_without_and_logged() {
    let discord = StandIn::with()
        .without_history_in(CHANNEL)
        .without_embeds_in(CHANNEL)
        .forbidden(CHANNEL + 1)
        .start()
        .await;
    let bot = Bot::start(&discord);
    discord.identified().await;
    bot.logged("connected to Discord").await;
    discord.message(&MessageEvent::mentioning_bot("qui est Dalio ?"));
    let reply = discord.next_message(CHANNEL).await.body;
    assert!(text(&reply["content"]).contains("Bridgewater"), "{reply}");
    assert!(reply["message_reference"].is_null(), "{reply}");
    bot.logged("Read Message History").await;
    bot.logged("Embed Links").await;
    discord.message(&MessageEvent::mentioning_bot("who is Dalio?").in_channel(CHANNEL + 1));
    bot.logged("a reply could not be sent").await;
    let failures = bot.log().matches("could not be sent").count();
    assert_eq!(failures, 1, "logged once: {}", bot.log());
    assert_valid(&discord, "missing permissions");
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The menu and the value of each option on a page.
fn options(page: &Value) -> Vec<(String, String)> {
    let rows = page["components"].as_array().into_iter().flatten();
    let menus = rows.filter_map(|row| row["components"].get(0));
    menus
        .filter(|menu| menu["type"] == 3)
        .flat_map(|menu| {
            let options = menu["options"].as_array().cloned().unwrap_or_default();
            let id = text(&menu["custom_id"]);
            options
                .into_iter()
                .map(move |option| (id.clone(), text(&option["value"])))
        })
        .collect()
}
