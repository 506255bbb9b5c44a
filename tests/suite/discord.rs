//! The flows of a server with the real bot in it. Every request is validated.

use std::time::Duration;

use crate::bot::Bot;
use crate::flows::{EPHEMERAL, asked, assert_valid, buttons, description, embed};
use crate::standin::{
    BOT, CHANNEL, Identified, Interaction, MEMBER, MessageEvent, OWNER, Snowflake, StandIn,
    direct_channel,
};

/// `GUILDS`, `GUILD_MESSAGES` and `DIRECT_MESSAGES`
/// (<https://discord.com/developers/docs/events/gateway#list-of-intents>).
const INTENTS: u64 = 1 | 1 << 9 | 1 << 12;
/// Long enough for an answer that should not come.
const SILENCE: Duration = Duration::from_millis(700);

/// A bot that has connected and registered its commands.
async fn connected(discord: &StandIn) -> (Bot, Identified) {
    let bot = Bot::start(discord);
    let identified = discord.identified().await;
    (bot, identified)
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_registered_once_in_both_languages_and_without_a_privileged_intent() {
    let discord = StandIn::start().await;
    let (mut bot, identified) = connected(&discord).await;
    assert_eq!(identified.intents, INTENTS);
    discord.commands().await;
    bot.logged("registering a command command=\"griot\"").await;
    let registered = discord.registered_commands();
    let names: Vec<&str> = registered
        .iter()
        .filter_map(|c| c["name"].as_str())
        .collect();
    assert_eq!(names, ["ask", "Ask the story", "story", "griot"]);
    for command in &registered {
        for tag in ["fr", "en-US", "en-GB"] {
            assert!(
                command["name_localizations"][tag].is_string(),
                "{tag} of {command}"
            );
            let described = command["description_localizations"][tag].is_string();
            assert_eq!(described, command["type"] != 3, "{tag} of {command}");
        }
    }
    bot.signal("TERM").await;
    assert!(bot.ended().await.success());
    assert_valid(&discord, "registration");

    // Another start finds them as they should be, and writes none.
    let again = StandIn::with().with_commands(&registered).start().await;
    let (bot, _) = connected(&again).await;
    bot.logged("connected to Discord").await;
    let answer = asked(&again, Interaction::slash("story")).await;
    assert_eq!(answer["type"], 4);
    let writes = again
        .requests()
        .into_iter()
        .filter(|r| r.path.ends_with("/commands"));
    assert!(
        writes.into_iter().all(|request| request.method == "GET"),
        "nothing was written"
    );
    assert_valid(&again, "second start");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slash_question_is_answered_with_its_source_in_the_language_it_was_asked_in() {
    let discord = StandIn::start().await;
    let (bot, _) = connected(&discord).await;
    bot.logged("connected to Discord").await;
    for (question, locale, says, source) in [
        (
            "De combien l'action Nvidia a-t-elle chuté ?",
            "en-US",
            "16,86",
            "Source\u{a0}: «",
        ),
        (
            "How far did Nvidia's shares fall?",
            "fr",
            "16.86%",
            "Source: “",
        ),
    ] {
        let ask = Interaction::slash("ask")
            .option("question", question)
            .locale(locale);
        let response = asked(&discord, ask).await;
        assert_eq!(response["type"], 4, "answered directly");
        let message = &response["data"];
        let description = description(message);
        assert!(description.contains(says), "{description}");
        assert!(description.contains(source), "{description}");
        let footer = embed(message)["footer"]["text"].as_str().expect("a footer");
        assert!(
            footer.contains('·'),
            "the footer names the version: {footer}"
        );
        let labels: Vec<String> = buttons(message)
            .into_iter()
            .map(|(label, _)| label)
            .collect();
        assert!(
            labels.len() > 2,
            "related questions and the other language: {labels:?}"
        );
        assert!(
            message["flags"].as_u64().unwrap_or(0) & EPHEMERAL == 0,
            "seen by all"
        );
    }
    assert_valid(&discord, "/ask in both languages");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_options_of_ask_decide_the_language_and_who_sees_the_reply() {
    let discord = StandIn::start().await;
    let (bot, _) = connected(&discord).await;
    bot.logged("connected to Discord").await;
    let ask = Interaction::slash("ask")
        .option("question", "Qui est Ray Dalio ?")
        .option("language", "en")
        .option("private", true);
    let response = asked(&discord, ask).await;
    assert!(description(&response["data"]).contains("founder of Bridgewater"));
    assert_eq!(
        response["data"]["flags"]
            .as_u64()
            .map(|flags| flags & EPHEMERAL),
        Some(EPHEMERAL)
    );

    let plain = Interaction::slash("ask")
        .option("question", "Qui est Ray Dalio ?")
        .without_embed_links();
    let response = asked(&discord, plain).await;
    let content = response["data"]["content"].as_str().expect("plain text");
    assert!(content.contains("fondateur de Bridgewater"), "{content}");
    assert!(
        response["data"]["embeds"]
            .as_array()
            .is_none_or(Vec::is_empty)
    );

    let lost = Interaction::slash("ask")
        .option("question", "what is the capital of Peru")
        .direct();
    let response = asked(&discord, lost).await;
    assert!(description(&response["data"]).contains("the only story I know"));
    assert_valid(&discord, "options of /ask");
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_a_question_brings_titles_and_a_title_is_answered_as_it_stands() {
    let discord = StandIn::start().await;
    let (bot, _) = connected(&discord).await;
    bot.logged("connected to Discord").await;
    for (typed, locale, holds) in [
        ("", "fr", "DeepSeek"),
        ("nvid chut", "fr", "Nvidia"),
        ("dalio", "en-GB", "Dalio"),
        ("tarif", "fr", "Trump"),
    ] {
        let typing = Interaction::autocomplete("ask")
            .focused("question", typed)
            .locale(locale);
        let list = asked(&discord, typing).await;
        assert_eq!(list["type"], 8);
        let choices = list["data"]["choices"].as_array().expect("choices").clone();
        let first = choices.first().expect("a choice")["value"]
            .as_str()
            .expect("a title");
        assert!(
            first.contains(holds) || typed.is_empty(),
            "{typed}: {first}"
        );
        let ask = Interaction::slash("ask")
            .option("question", first)
            .locale(locale);
        let response = asked(&discord, ask).await;
        assert_eq!(embed(&response["data"])["title"], first);
    }
    let typing = Interaction::autocomplete("ask").focused("question", "zzzzzz 🚀");
    let list = asked(&discord, typing).await;
    assert_eq!(list["data"]["choices"].as_array().map(Vec::len), Some(0));
    assert_valid(&discord, "autocomplete");
}

#[tokio::test(flavor = "multi_thread")]
async fn mentions_replies_and_direct_messages_are_answered_and_nothing_else_is() {
    let discord = StandIn::start().await;
    let (bot, _) = connected(&discord).await;
    bot.logged("connected to Discord").await;

    let id = discord.message(&MessageEvent::mentioning_bot("qui a fondé Bridgewater ?"));
    let reply = discord.next_message(CHANNEL).await.body;
    assert!(description(&reply).contains("Bridgewater"), "{reply}");
    assert_eq!(reply["message_reference"]["message_id"], id.to_string());
    assert_eq!(reply["allowed_mentions"]["parse"], serde_json::json!([]));

    discord.message(&MessageEvent::direct(
        "how much market value did Nvidia lose?",
    ));
    let reply = discord.next_message(direct_channel(MEMBER)).await.body;
    assert!(description(&reply).contains("$600 billion"), "{reply}");

    discord.message(&MessageEvent::reply_to_bot("…", "et qui est Sam Altman ?"));
    let reply = discord.next_message(CHANNEL).await.body;
    assert!(description(&reply).contains("OpenAI"), "{reply}");

    discord.message(&MessageEvent::mentioning_bot(""));
    let help = discord.next_message(CHANNEL).await.body;
    let both = description(&help);
    assert!(
        both.contains("Posez-moi") && both.contains("Ask me"),
        "{both}"
    );

    discord.message(&MessageEvent::mentioning_bot("```\nqui est Dalio ?\n```"));
    let help = discord.next_message(CHANNEL).await.body;
    assert!(
        description(&help).contains("/ask"),
        "code is not read: {help}"
    );

    for (silent, why) in [
        (MessageEvent::in_guild("qui est Dalio ?"), "nobody asked us"),
        (MessageEvent::by_a_bot("qui est Dalio ?"), "a bot"),
        (
            MessageEvent::mentioning_bot("qui est Dalio ?").by(BOT),
            "ourselves",
        ),
        (
            MessageEvent::to_everyone("qui est Dalio ?"),
            "an announcement",
        ),
    ] {
        println!("silence expected: {why}");
        discord.message(&silent);
    }
    discord.no_message_within(CHANNEL, SILENCE).await;
    assert_valid(&discord, "messages");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_becomes_plain_text_where_embeds_are_forbidden() {
    let discord = StandIn::with().without_embeds_in(CHANNEL).start().await;
    let (bot, _) = connected(&discord).await;
    bot.logged("connected to Discord").await;
    discord.message(&MessageEvent::mentioning_bot("who is Ray Dalio?"));
    let reply = discord.next_message(CHANNEL).await.body;
    let content = reply["content"].as_str().expect("plain text");
    assert!(
        content.contains("founder of Bridgewater") && content.contains("Source:"),
        "{content}"
    );
    assert_valid(&discord, "no embeds");
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_lead_to_related_questions_and_to_the_other_language() {
    let discord = StandIn::start().await;
    let (bot, _) = connected(&discord).await;
    bot.logged("connected to Discord").await;
    let ask = Interaction::slash("ask").option("question", "Qui est Ray Dalio ?");
    let sent = asked(&discord, ask).await["data"].clone();
    let buttons = buttons(&sent);
    let other = buttons.iter().find(|(label, _)| label == "In English");
    let (_, translate) = other.expect("the other language");
    let pressed = asked(&discord, Interaction::press(translate, &sent)).await;
    assert!(description(&pressed["data"]).contains("is the founder of Bridgewater"));
    assert_eq!(
        pressed["data"]["flags"].as_u64().map(|f| f & EPHEMERAL),
        Some(EPHEMERAL)
    );

    let (title, related) = buttons.first().expect("a related question");
    let pressed = asked(&discord, Interaction::press(related, &sent)).await;
    assert_eq!(embed(&pressed["data"])["title"], title.as_str());

    let old = Interaction::press("griot:1:show:fr:no-such-entry", &sent).locale("en-GB");
    let note = asked(&discord, old).await;
    assert!(
        note["data"]["content"]
            .as_str()
            .is_some_and(|text| text.contains("no longer"))
    );
    assert_eq!(
        note["data"]["flags"].as_u64().map(|f| f & EPHEMERAL),
        Some(EPHEMERAL)
    );
    assert_valid(&discord, "buttons");
}

/// What an admin command said in the end, privately.
async fn commanded(discord: &StandIn, name: &str, user: Snowflake, locale: &str) -> String {
    let command = Interaction::slash("griot")
        .sub_command(name)
        .by(user)
        .locale(locale);
    let id = discord.interaction(command);
    let first = discord.next_callback(id).await.body;
    assert_eq!(
        first["data"]["flags"]
            .as_u64()
            .map(|flags| flags & EPHEMERAL),
        Some(EPHEMERAL)
    );
    let message = if first["type"] == 5 {
        discord.next_edit(id).await.body
    } else {
        first["data"].clone()
    };
    message["content"].as_str().expect("a text").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_reload_strangers_do_not_and_a_broken_file_changes_nothing() {
    let discord = StandIn::with().owned_by(OWNER).start().await;
    let (bot, _) = connected(&discord).await;
    bot.logged("connected to Discord").await;
    let status = commanded(&discord, "status", OWNER, "fr").await;
    assert!(status.contains("Connaissances"), "{status}");
    assert!(
        status.contains(":R>"),
        "since when is Discord's to say: {status}"
    );

    let refused = commanded(&discord, "reload", MEMBER, "fr").await;
    assert!(refused.contains("réservée"), "{refused}");
    let refused = commanded(&discord, "status", MEMBER, "en-US").await;
    assert!(refused.contains("admins only"), "{refused}");

    bot.edit_knowledge(|text| {
        text.replace("founder of Bridgewater", "founder of Bridgewater, indeed")
    });
    let reloaded = commanded(&discord, "reload", OWNER, "en-US").await;
    assert!(
        reloaded.contains("Changed (") && reloaded.contains("`who-is-dalio`"),
        "{reloaded}"
    );
    let ask = || Interaction::slash("ask").option("question", "Who is Ray Dalio?");
    assert!(description(&asked(&discord, ask()).await["data"]).contains("indeed"));

    bot.edit_knowledge(|text| text.replace("cites = [\"market-2\"]", "cites = [\"market-9\"]"));
    let kept = commanded(&discord, "reload", OWNER, "fr").await;
    assert!(
        kept.contains("Je garde") && kept.contains("market-9"),
        "{kept}"
    );
    assert!(
        kept.contains("story.toml:"),
        "file and line are named: {kept}"
    );
    assert!(description(&asked(&discord, ask()).await["data"]).contains("indeed"));

    bot.edit_knowledge(|text| text.replace("market-9", "market-2").replace(", indeed", ""));
    bot.signal("HUP").await;
    bot.logged("reloaded the knowledge").await;
    for member in 1_000.. {
        // One member alone would soon have to wait.
        let answer = asked(&discord, ask().by(member)).await;
        if !description(&answer["data"]).contains("indeed") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_valid(&discord, "admin commands");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_may_reload_as_an_owner_does() {
    let discord = StandIn::with()
        .owned_by_team(&[OWNER, MEMBER])
        .start()
        .await;
    let (bot, _) = connected(&discord).await;
    bot.logged("connected to Discord").await;
    let reloaded = commanded(&discord, "reload", MEMBER, "en-US").await;
    assert!(reloaded.contains("No topic has changed"), "{reloaded}");
    assert_valid(&discord, "team");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_leaves_cleanly_before_and_after_it_has_connected() {
    for name in ["TERM", "INT"] {
        let discord = StandIn::start().await;
        let (mut bot, _) = connected(&discord).await;
        bot.logged("connected to Discord").await;
        bot.signal(name).await;
        assert!(bot.ended().await.success(), "{name}");
        assert_eq!(discord.closed().await, 1000, "{name}");
    }
    let shut = StandIn::with().with_gateway_shut().start().await;
    let mut bot = Bot::start(&shut);
    bot.logged("loaded the knowledge").await;
    tokio::time::sleep(SILENCE).await;
    bot.signal("TERM").await;
    assert!(bot.ended().await.success(), "the gateway never opened");

    // Nobody answers at all.
    let mut bot = Bot::start_with(&[
        ("DISCORD_API_PROXY", "http://127.0.0.1:9"),
        ("DISCORD_TOKEN", "e2e-token"),
    ]);
    bot.logged("http://127.0.0.1:9 cannot be reached").await;
    bot.signal("INT").await;
    assert!(bot.ended().await.success(), "there was no Discord");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_or_missing_token_is_said_and_nothing_of_a_question_is_logged() {
    let discord = StandIn::start().await;
    let other = StandIn::with().token("an0ther").start().await;
    let mut bot = Bot::start(&other);
    assert_eq!(bot.ended().await.code(), Some(1));
    bot.logged("Discord refuses the token").await;

    let mut bot = Bot::start_with(&[
        ("DISCORD_API_PROXY", &discord.address()),
        ("DISCORD_TOKEN", "wr0ng-s3cret"),
    ]);
    assert_eq!(bot.ended().await.code(), Some(1));
    bot.logged("Discord refuses the token").await;
    assert!(!bot.log().contains("s3cret"), "{}", bot.log());

    let mut bot = Bot::start_with(&[]);
    assert_eq!(bot.ended().await.code(), Some(1));
    bot.logged("DISCORD_TOKEN is not set").await;

    let (bot, _) = connected(&discord).await;
    bot.logged("connected to Discord").await;
    let ask = Interaction::slash("ask").option("question", "xylophone and Bridgewater?");
    asked(&discord, ask).await;
    bot.logged("replied to a question").await;
    let log = bot.log();
    assert!(
        !log.contains("xylophone") && !log.contains(&MEMBER.to_string()),
        "{log}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_is_survived_and_a_late_gateway_is_waited_for() {
    let discord = StandIn::with().with_gateway_shut().start().await;
    let bot = Bot::start(&discord);
    bot.logged("loaded the knowledge").await;
    tokio::time::sleep(SILENCE).await;
    discord.open_gateway();
    discord.identified().await;
    bot.logged("connected to Discord").await;

    discord.cut_connections();
    discord.message(&MessageEvent::direct("who is Ray Dalio?"));
    discord.resumed().await;
    let reply = discord.next_message(direct_channel(MEMBER)).await.body;
    assert!(
        description(&reply).contains("Bridgewater"),
        "asked during the outage: {reply}"
    );
    assert_valid(&discord, "outage");
}

/// What training needed is given back within some twenty seconds. With the program's pages,
/// some 11 MiB in release, it stays under 40 MiB.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn the_running_bot_holds_little_memory() {
    const MOST_KIB: u64 = 28 * 1024;
    let discord = StandIn::start().await;
    let (bot, _) = connected(&discord).await;
    bot.holds_at_most(MOST_KIB).await;
    for _ in 0..100 {
        let ask = Interaction::slash("ask").option("question", "who is Ray Dalio?");
        asked(&discord, ask).await;
    }
    // What questions needed is given back as well, which may take a moment on a busy machine.
    bot.holds_at_most(MOST_KIB).await;
    println!("the running bot holds {} KiB", bot.memory());
}
