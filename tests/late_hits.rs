//! Late hits: only those of the newest query may reach the list.

use quick_answer::app::{App, AppOptions, Command, Message};
use quick_answer::collection::Entry;
use quick_answer::search::{Engine, Hits, Index, Query};

fn index() -> Index {
    let entry = |question: &str| Entry { question: question.into(), ..Entry::default() };
    Index::new(&["Why is the sky blue?", "Why is the lake blue?", "Who counts clouds?"].map(entry))
}

fn by_words() -> App {
    App::new(AppOptions { no_meaning: true, ..AppOptions::default() })
}

/// The search among the commands.
fn requested_search(commands: Vec<Command>) -> (u64, Query) {
    let search = commands.into_iter().find_map(|command| match command {
        Command::Search(generation, query) => Some((generation, query)),
        _ => None,
    });
    search.expect("a search")
}

fn answer((generation, query): &(u64, Query), index: &Index) -> Hits {
    let mut hits = Engine::new(index.clone()).search(query);
    hits.generation = *generation;
    hits
}

fn type_text(app: &mut App, text: &str) -> (u64, Query) {
    requested_search(app.update(Message::Paste(text.into())))
}

#[test]
fn late_hits_of_a_former_query_do_not_replace_those_of_the_newest() {
    let index = index();
    let mut app = by_words();
    let everything = requested_search(app.update(Message::Started));
    app.update(Message::Hits(answer(&everything, &index)));
    let former = type_text(&mut app, "blue ");
    let newest = type_text(&mut app, "sky");
    assert_eq!(newest.1.text, "blue sky");
    app.update(Message::Hits(answer(&newest, &index)));
    assert!(!app.is_searching());
    app.update(Message::Hits(answer(&former, &index)));
    assert_eq!(app.list().hits().query.text, "blue sky");
    assert_eq!(app.list().hits().matches, 1);
}

#[test]
fn hits_of_a_former_query_are_not_shown_while_the_newest_is_searched() {
    let index = index();
    let mut app = by_words();
    let everything = requested_search(app.update(Message::Started));
    app.update(Message::Hits(answer(&everything, &index)));
    let former = type_text(&mut app, "blue ");
    type_text(&mut app, "sky");
    app.update(Message::Hits(answer(&former, &index)));
    assert!(app.is_searching());
    assert_eq!(app.list().hits().total, 3, "the old hits stay until the new ones come");
}
