//! What goes wrong between Discord and the bot: no question that reached it is lost, and none
//! is answered twice.

use std::time::{Duration, Instant};

use crate::bot::Bot;
use crate::flows::{asked, assert_valid, description, ready};
use crate::standin::{
    CHANNEL, Fault, Interaction, MEMBER, MessageEvent, Recorded, StandIn, direct_channel,
};

/// Long enough for an answer that should not come.
const SILENCE: Duration = Duration::from_millis(700);
/// Questions of the burst, each by another member.
const BURST: u64 = 1_000;
/// Memory the bot holds, and what may stay of a burst for some minutes.
#[cfg(target_os = "linux")]
const MOST_KIB: u64 = 28 * 1024;
#[cfg(target_os = "linux")]
const AFTERWARDS_KIB: u64 = 6 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn a_send_that_failed_is_tried_again_and_arrives_once() {
    let (discord, bot) = ready().await;
    let messages = format!("/channels/{CHANNEL}/messages");
    for (fault, question) in [
        (Fault::ServerError, "qui est Dalio ?"),
        (Fault::RateLimited { global: false }, "who is Dalio?"),
        (Fault::RateLimited { global: true }, "qui est Sam Altman ?"),
    ] {
        discord.fail_next("POST", &messages, fault);
        discord.message(&MessageEvent::mentioning_bot(question));
        let reply = discord.next_message(CHANNEL).await.body;
        assert!(!description(&reply).is_empty());
        discord.fail_next("POST", "/interactions/", fault);
        let ask = Interaction::slash("ask").option("question", question);
        let id = discord.interaction(ask);
        let failed = discord.next_callback(id).await;
        let answered = discord.next_callback(id).await;
        assert!(failed.status >= 400 && answered.status < 300, "{fault:?}");
    }
    discord.no_message_within(CHANNEL, SILENCE).await;
    assert!(!bot.log().contains("could not be sent"), "{}", bot.log());
    assert_valid(&discord, "500 and 429");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_send_that_keeps_failing_is_logged_once() {
    let (discord, bot) = ready().await;
    for _ in 0..4 {
        let messages = format!("/channels/{CHANNEL}/messages");
        discord.fail_next("POST", &messages, Fault::ServerError);
    }
    discord.message(&MessageEvent::mentioning_bot("qui est Dalio ?"));
    bot.logged("a reply could not be sent").await;
    assert_eq!(bot.log().matches("could not be sent").count(), 1);
    assert!(!bot.log().contains("Dalio ?"), "no question is logged");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_comes_after_its_message_is_gone_is_taken_back() {
    let (discord, _bot) = ready().await;
    let messages = format!("/channels/{CHANNEL}/messages");
    for (at, question) in ["qui est Dalio ?", "who is Sam Altman?"].iter().enumerate() {
        // The first try fails, and meanwhile the question is deleted.
        discord.fail_next("POST", &messages, Fault::ServerError);
        let message = MessageEvent::mentioning_bot(question);
        discord.message(&message);
        let failed = |request: &Recorded| request.path == messages && request.status == 500;
        while discord.requests().iter().filter(|r| failed(r)).count() <= at {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        discord.delete(&message);
        let reply = discord.next_message(CHANNEL).await;
        let deleted = discord.next_delete(CHANNEL).await;
        let id = reply.made.expect("a message has an id").to_string();
        assert!(deleted.path.ends_with(&id));
        // Deleted before it was taken in: nothing is said at all.
        let message = MessageEvent::mentioning_bot(question);
        discord.delete(&message);
        tokio::time::sleep(Duration::from_millis(100)).await;
        discord.message(&message);
        discord.no_message_within(CHANNEL, SILENCE).await;
    }
    assert_valid(&discord, "a message that is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_gateway_brings_twice_is_answered_once() {
    let (discord, _bot) = ready().await;
    for question in ["qui est Dalio ?", "who is Sam Altman?"] {
        let message = MessageEvent::mentioning_bot(question);
        discord.message(&message);
        discord.repeat(&message);
        discord.next_message(CHANNEL).await;
        discord.no_message_within(CHANNEL, SILENCE).await;
    }
    assert_valid(&discord, "events brought twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_comes_back_whatever_the_gateway_does() {
    let (discord, _bot) = ready().await;
    let channel = direct_channel(MEMBER);
    for (what, question) in [
        ("cut", "qui est Dalio ?"),
        ("op 7", "who is Dalio?"),
        ("op 9, resumable", "qui est Sam Altman ?"),
        ("op 9", "who is Sam Altman?"),
        ("closed with 4000", "qui a fondé Bridgewater ?"),
        ("closed with 4009", "who founded Bridgewater?"),
    ] {
        println!("the gateway: {what}");
        match what {
            "cut" => discord.cut_connections(),
            "op 7" => discord.reconnect(),
            "op 9, resumable" => discord.invalidate(true),
            "op 9" => discord.invalidate(false),
            "closed with 4000" => discord.close_with(4_000),
            _ => discord.close_with(4_009),
        }
        match what {
            "op 9" | "closed with 4009" => {
                discord.identified().await;
            }
            _ => discord.resumed().await,
        }
        discord.message(&MessageEvent::direct(question));
        let reply = discord.next_message(channel).await.body;
        assert!(!description(&reply).is_empty(), "{what}");
    }
    assert_valid(&discord, "gateway faults");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_does_not_answer_a_resume_is_given_up() {
    // serenity tells its stage at a heartbeat.
    let often = StandIn::with().with_heartbeat(Duration::from_secs(1));
    let discord = often.start().await;
    let bot = Bot::start(&discord);
    discord.identified().await;
    bot.logged("connected to Discord").await;
    discord.ignore_resumes();
    discord.cut_connections();
    discord.resume_ignored().await;
    bot.logged_within("the gateway does not answer", Duration::from_secs(40))
        .await;
    discord.identified().await;
    let ask = Interaction::slash("ask").option("question", "Qui est Ray Dalio ?");
    let answer = asked(&discord, ask).await;
    assert!(description(&answer["data"]).contains("Bridgewater"));
    assert_valid(&discord, "a deaf gateway");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_questions_at_once_are_all_answered() {
    let (discord, bot) = ready().await;
    #[cfg(target_os = "linux")]
    bot.holds_at_most(MOST_KIB).await;
    #[cfg(target_os = "linux")]
    let before = bot.memory();
    let questions = [
        "De combien l'action Nvidia a-t-elle chuté ?",
        "who is Ray Dalio?",
        "qu'a dit Trump ?",
        "what is the capital of Peru",
        "combien DeepSeek a investi en GPU",
    ];
    let pushed: Vec<(u64, Instant)> = (0..BURST)
        .zip(questions.into_iter().cycle())
        .map(|(at, question)| {
            let ask = Interaction::slash("ask")
                .option("question", question)
                .by(5_000 + at);
            (discord.interaction(ask), Instant::now())
        })
        .collect();
    let mut times = Vec::new();
    for (id, at) in pushed {
        let answer = discord.next_callback(id).await;
        assert!(answer.status < 300, "{answer:?}");
        times.push(answer.at.duration_since(at));
    }
    times.sort_unstable();
    let (median, p99) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    println!("{BURST} questions at once: event to request median {median:?}, p99 {p99:?}");
    #[cfg(target_os = "linux")]
    {
        let height = bot.memory();
        bot.holds_at_most(MOST_KIB + AFTERWARDS_KIB).await;
        let after = bot.memory();
        println!("memory before {before} KiB, at its height {height}, after {after}");
    }
    assert!(p99 < Duration::from_secs(3), "{p99:?}");
    assert_valid(&discord, "a thousand questions");
}
