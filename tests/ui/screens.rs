//! What a person sees after some keys.

use crate::harness::Screen;
use insta::assert_snapshot;

#[test]
fn starts_with_everything() {
    assert_snapshot!(Screen::new(80, 24).text());
}
