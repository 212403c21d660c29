//! What a person sees after some keys.

use crate::harness::Screen;
use insta::assert_snapshot;

fn screen(width: u16, height: u16, keys: &str) -> String {
    Screen::new(width, height).keys(keys).text()
}

#[test]
fn starts_with_everything() {
    assert_snapshot!("80x24", screen(80, 24, ""));
    assert_snapshot!("120x40", screen(120, 40, ""));
    assert_snapshot!("200x50", screen(200, 50, ""));
    assert_snapshot!("40x12", screen(40, 12, ""));
    assert_snapshot!("20x5", screen(20, 5, ""));
}

#[test]
fn narrows_while_one_types() {
    assert_snapshot!("typed", screen(80, 24, "toad"));
    assert_snapshot!("typed_styles", Screen::new(80, 24).keys("toad").styles());
    assert_snapshot!("nothing_found", screen(80, 24, "zzzzqqqq"));
}

#[test]
fn reads() {
    assert_snapshot!("reading", screen(120, 40, "tree<enter>G"));
    assert_snapshot!("finding", screen(80, 24, "tree<enter>/step 3"));
    assert_snapshot!("found", screen(80, 24, "tree<enter>/step 3<enter>n"));
}

#[test]
fn opens_lists_over_the_panes() {
    assert_snapshot!("help", screen(80, 24, "<f1>"));
    assert_snapshot!("help_filtered", screen(80, 24, "tree<enter>?scroll"));
    assert_snapshot!("tags", screen(80, 24, "<ctrl-t>"));
    assert_snapshot!("links", screen(80, 24, "water<enter>o"));
}
