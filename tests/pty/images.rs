//! Images as pictures, in terminals that report graphics.

use super::session::{QA, Session, command};
use std::fs;
use std::path::Path;

/// The cell that Kitty replaces by a part of a picture.
const PLACEHOLDER: char = '\u{10EEEE}';
const KITTY_QUESTION: &str = "\x1b_Gi=31,";
const KITTY_YES: &str = "\x1b_Gi=31;OK\x1b\\";

/// A collection with a picture of 20 columns and 5 rows, and images that are none.
fn write_collection(folder: &Path) {
    let answer = "Look at ![the plan](pictures/plan%20a.png) here.\n\n\
        ![broken](broken.png) ![far](https://a.example/b.png) ![outside](/etc/b.png)\n\n\
        | table |\n|---|\n| ![small](pictures/plan%20a.png) |\n\nAfterwards.";
    fs::write(folder.join("faq.md"), format!("## How is it built?\n\n{answer}\n")).unwrap();
    fs::create_dir(folder.join("pictures")).unwrap();
    let red = image::Rgb([200, 10, 20]);
    image::RgbImage::from_pixel(200, 100, red).save(folder.join("pictures/plan a.png")).unwrap();
    fs::write(folder.join("broken.png"), b"\x89PNG\r\n\x1a\n\x1b]0;title\x07").unwrap();
}

/// Opens the collection in a terminal with this reply and these variables.
fn open(folder: &Path, reply: &str, variables: &[(&str, &str)]) -> Session {
    let path = folder.join("faq.md");
    let mut command = command(&[QA, "--no-state", path.to_str().unwrap()]);
    for name in ["TMUX", "TERM_PROGRAM", "LC_TERMINAL", "KONSOLE_VERSION", "WEZTERM_EXECUTABLE"] {
        command.env_remove(name);
    }
    for (name, value) in variables {
        command.env(name, value);
    }
    let mut session = Session::start(command);
    session.wait("the question for graphics", |s| raw(s).contains(KITTY_QUESTION));
    session.send(reply);
    session.wait_for("Afterwards.");
    session
}

fn raw(session: &Session) -> String {
    String::from_utf8_lossy(&session.raw).into_owned()
}

fn placeholders(session: &Session) -> usize {
    session.text().matches(PLACEHOLDER).count()
}

fn quit(mut session: Session) {
    session.send("\x03");
    session.end();
    session.assert_restored();
    let raw = raw(&session);
    assert!(!raw.contains("]0;title") && !raw.contains("IHDR"), "bytes of a file came through");
}

#[test]
fn a_kitty_draws_the_picture_below_its_text() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    write_collection(folder.path());
    let mut session = open(folder.path(), &format!("{KITTY_YES}\x1b[?62;c"), &[]);
    session.wait("the picture", |s| placeholders(s) == 20 * 5);
    let sent = raw(&session);
    assert_eq!(sent.matches("a=T,U=1,f=32,").count(), 1, "sent once");
    assert!(sent.contains("s=200,v=100"), "its pixels");
    // Red, green, blue and opacity of a pixel, three of which are four digits of base64 each.
    assert!(sent.contains("yAoU/8gKFP/IChT/"));
    // The rest of the frame may come after the picture.
    for part in ["the plan[1]", "broken[2]", "far[3]", "small", "Afterwards."] {
        session.wait_for(part);
    }
    // Below a pop-up there is none; behind it, it comes back without being sent again.
    session.send("\x1bOP");
    session.wait("the pop-up", |s| s.text().contains("Esc close"));
    assert_eq!(placeholders(&session), 0);
    session.send("\x1b");
    session.wait("the picture again", |s| placeholders(s) == 20 * 5);
    assert_eq!(raw(&session).matches("a=T,U=1,f=32,").count(), 1);
    // A repaint may follow what another program did: all is sent again.
    session.send("\x0c");
    session.wait("the picture sent again", |s| raw(s).matches("a=T,U=1").count() == 2);
    session.wait("the picture again", |s| placeholders(s) == 20 * 5);
    // Where it does not fit, what fits is drawn.
    session.resize(10, 100);
    session.wait("a part of it", |s| (1..100).contains(&placeholders(s)));
    quit(session);
}

#[test]
fn sixel_and_iterm_are_detected_by_attributes_and_environment() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    write_collection(folder.path());
    let no = "\x1b_Gi=31;ENOTSUPPORTED:no\x1b\\\x1b[?62;4c";
    let mut session = open(folder.path(), no, &[]);
    session.wait("Sixels", |s| raw(s).contains("\x1bP") && raw(s).contains("#0;2;"));
    quit(session);
    let mut session = open(folder.path(), "\x1b[?62;c", &[("TERM_PROGRAM", "iTerm.app")]);
    session.wait("iTerm's picture", |s| raw(s).contains("]1337;File="));
    quit(session);
}

#[test]
fn without_graphics_an_image_is_its_text() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    write_collection(folder.path());
    let mut session = open(folder.path(), "\x1b[?62;c", &[]);
    session.wait_for("the plan[1]");
    session.send("\r");
    session.wait_for("h back");
    assert_eq!((placeholders(&session), raw(&session).matches("\x1b_G").count()), (0, 1));
    quit(session);
}
