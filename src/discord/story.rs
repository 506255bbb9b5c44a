//! The story page by page: a menu of topics for each section.

use super::button::{Action, Button};
use super::limits::{self, cut};
use super::phrases;
use super::render::button;
use crate::knowledge::{Entry, Knowledge};
use crate::reply::{article, sections};
use crate::text::Locale;
use serenity::all::{
    ButtonStyle, CreateActionRow, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};

/// Menus of a page: one row is for turning it.
const MENUS: usize = limits::ROWS - 1;

/// One menu: a section, or a part of a long one.
#[derive(Debug)]
struct Menu<'k> {
    title: String,
    entries: Vec<&'k Entry>,
}

/// A page of the story.
#[derive(Debug)]
pub(super) struct Page<'k> {
    knowledge: &'k Knowledge,
    locale: Locale,
    menus: Vec<Menu<'k>>,
    /// From nought.
    number: usize,
    /// How many pages there are.
    count: usize,
}

impl<'k> Page<'k> {
    /// The page of a number, or the last: a reload may have left fewer.
    pub(super) fn of(knowledge: &'k Knowledge, locale: Locale, number: usize) -> Self {
        let mut menus = menus(knowledge, locale);
        let count = menus.len().div_ceil(MENUS).max(1);
        let number = number.min(count - 1);
        let menus = menus.drain(..).skip(number * MENUS).take(MENUS);
        Self {
            knowledge,
            locale,
            menus: menus.collect(),
            number,
            count,
        }
    }

    pub(super) fn title(&self) -> &'k str {
        self.knowledge.story().label.get(self.locale)
    }

    /// What the article is, how to go on, and the questions of the page by section: what the
    /// menus hold is also there to be read.
    pub(super) fn text(&self) -> String {
        let mut text = article(self.knowledge, self.locale);
        text.push('\n');
        text.push_str(phrases::pick(self.locale));
        for menu in &self.menus {
            text.extend(["\n\n**", &menu.title, "**"]);
            for entry in &menu.entries {
                text.extend(["\n- ", entry.title.get(self.locale)]);
            }
        }
        if self.count > 1 {
            text.push_str("\n\n");
            text.push_str(&phrases::page(self.locale, self.number + 1, self.count));
        }
        text
    }

    pub(super) fn rows(&self) -> Vec<CreateActionRow> {
        let menus = self.menus.iter().enumerate();
        let mut rows: Vec<CreateActionRow> = menus
            .map(|(at, menu)| CreateActionRow::SelectMenu(self.menu(at, menu)))
            .collect();
        let before = self.number.checked_sub(1);
        let after = Some(self.number + 1).filter(|after| *after < self.count);
        let turns = [
            (before, phrases::page_before(self.locale)),
            (after, phrases::page_after(self.locale)),
        ];
        let turns = turns.into_iter().filter_map(|(number, label)| {
            let (number, style) = (number?.to_string(), ButtonStyle::Secondary);
            Some(button(Action::Page, self.locale, number, label, style))
        });
        let turns: Vec<_> = turns.collect();
        if !turns.is_empty() {
            rows.push(CreateActionRow::Buttons(turns));
        }
        rows
    }

    fn menu(&self, at: usize, menu: &Menu<'_>) -> CreateSelectMenu {
        let options = menu.entries.iter().map(|entry| {
            let title = cut(entry.title.get(self.locale), limits::OPTION);
            CreateSelectMenuOption::new(title, entry.id.to_string())
        });
        let options = options.collect();
        let state = Button {
            action: Action::Menu,
            locale: self.locale,
            topic: at.to_string(),
        };
        CreateSelectMenu::new(state.custom_id(), CreateSelectMenuKind::String { options })
            .placeholder(cut(&menu.title, limits::PLACEHOLDER))
    }
}

/// Sections of at most as many topics as a menu holds.
fn menus(knowledge: &Knowledge, locale: Locale) -> Vec<Menu<'_>> {
    let mut menus = Vec::new();
    for (title, entries) in sections(knowledge, locale) {
        menus.extend(entries.chunks(limits::OPTIONS).map(|entries| Menu {
            title: title.clone(),
            entries: entries.to_vec(),
        }));
    }
    menus
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    /// A story of `sections` sections of `topics` topics each.
    fn knowledge(sections: usize, topics: usize) -> Knowledge {
        let mut file =
            "[story]\nid = 's'\nlabel = { fr = 'S', en = 'S' }\nlanguage = 'fr'\n".to_owned();
        for section in 0..sections {
            let title = format!("{{ fr = 'Partie {section}', en = 'Part {section}' }}");
            let passage =
                format!("[[passage]]\nid = 'p{section}'\nsection = {title}\nparagraph = 1\n");
            file.push_str(&passage);
            for topic in 0..topics {
                let both = |text: &str| format!("{{ fr = '{text}', en = '{text}' }}");
                let name = format!("t{section}x{topic}");
                write!(
                    file,
                    "[[entry]]\nid = '{name}'\ntitle = {}\ncites = ['p{section}']\nsaid_by = {}\n\
                     answer = {}\nutterances = {{ fr = ['dis {name}'], en = ['tell {name}'] }}\n",
                    both(&format!("Title of {name}")),
                    both("who"),
                    both("Answer."),
                )
                .expect("a text can be written to");
            }
        }
        Knowledge::parse(&file).expect("the file has no problem")
    }

    #[test]
    fn every_topic_has_one_place_and_no_page_more_rows_than_discord_allows() {
        for (sections, topics, pages) in [(1, 1, 1), (4, 3, 1), (5, 3, 2), (1, 130, 2), (3, 26, 2)]
        {
            let knowledge = knowledge(sections, topics);
            let mut seen = 0;
            for number in 0..pages {
                let page = Page::of(&knowledge, Locale::En, number);
                assert_eq!(page.count, pages, "{sections} of {topics}");
                assert!(page.rows().len() <= limits::ROWS);
                let sizes = page.menus.iter().map(|menu| menu.entries.len());
                assert!(
                    sizes
                        .clone()
                        .all(|size| (1..=limits::OPTIONS).contains(&size))
                );
                seen += sizes.sum::<usize>();
            }
            assert_eq!(seen, sections * topics);
            let past = Page::of(&knowledge, Locale::En, pages + 7);
            assert_eq!(past.number, pages - 1, "the last, where fewer are left");
        }
    }
}
