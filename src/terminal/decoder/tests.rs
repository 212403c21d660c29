use super::*;
use crate::keymap::Key;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;

const DELAY: Duration = Duration::from_millis(50);

/// Decodes pieces that arrive without a pause between them.
fn decoded(expects_replies: bool, pieces: &[&[u8]]) -> (Vec<Decoded>, Decoder) {
    let queries = TerminalQueries { background: expects_replies, graphics: false };
    let mut decoder = Decoder::new(DELAY, queries);
    let mut inputs = Vec::new();
    for piece in pieces {
        decoder.feed(piece, &mut |input| inputs.push(input));
    }
    (inputs, decoder)
}

/// As [`decoded`], but with a pause at the end, which ends an incomplete sequence.
fn decoded_to_end(expects_replies: bool, pieces: &[&[u8]]) -> Vec<Decoded> {
    let (mut inputs, mut decoder) = decoded(expects_replies, pieces);
    decoder.flush(&mut |input| inputs.push(input));
    inputs
}

/// The keys of these names.
fn named(names: &str) -> Vec<Decoded> {
    let key = |name: &str| Decoded::Event(Event::Key(name.parse::<Key>().unwrap().into()));
    names.split_whitespace().map(key).collect()
}

/// The same key, however it was encoded.
fn canonical(inputs: Vec<Decoded>) -> Vec<Decoded> {
    let canonical = |input| match input {
        Decoded::Event(Event::Key(event)) => {
            let plain: KeyEvent = Key::from(event).into();
            Decoded::Event(Event::Key(plain))
        }
        other => other,
    };
    inputs.into_iter().map(canonical).collect()
}

/// The encoding of a key by xterm.
fn encoded(event: KeyEvent) -> Vec<u8> {
    let bit = |modifier, bit| if event.modifiers.contains(modifier) { bit } else { 0 };
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let modifiers =
        1 + bit(KeyModifiers::SHIFT, 1) + bit(KeyModifiers::ALT, 2) + bit(KeyModifiers::CONTROL, 4);
    let tilde = |n: u8| format!("\x1b[{n};{modifiers}~").into_bytes();
    let letter = |c: char| match modifiers {
        1 => format!("\x1bO{c}").into_bytes(),
        _ => format!("\x1b[1;{modifiers}{c}").into_bytes(),
    };
    match event.code {
        KeyCode::Up => letter('A'),
        KeyCode::Down => letter('B'),
        KeyCode::Right => letter('C'),
        KeyCode::Left => letter('D'),
        KeyCode::End => letter('F'),
        KeyCode::Home => letter('H'),
        KeyCode::F(n @ 1..=4) => letter(char::from(b'O' + n)),
        KeyCode::F(n) => {
            const NUMBERS: &[u8] =
                &[15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34];
            tilde(NUMBERS[usize::from(n) - 5])
        }
        KeyCode::Insert => tilde(2),
        KeyCode::Delete => tilde(3),
        KeyCode::PageUp => tilde(5),
        KeyCode::PageDown => tilde(6),
        KeyCode::Tab if event.modifiers == KeyModifiers::SHIFT => b"\x1b[Z".to_vec(),
        code => {
            let number = match code {
                KeyCode::Enter => 13,
                KeyCode::Esc => 27,
                KeyCode::Tab => 9,
                KeyCode::Backspace => 127,
                code => u32::from(code.as_char().unwrap()),
            };
            let c = char::from_u32(number).unwrap();
            let named = !matches!(code, KeyCode::Char(_));
            if named && (control || event.modifiers.contains(KeyModifiers::SHIFT)) {
                return format!("\x1b[{number};{modifiers}u").into_bytes();
            }
            let mut bytes = vec![];
            bytes.extend(event.modifiers.contains(KeyModifiers::ALT).then_some(0x1b));
            if control {
                bytes.push(c.to_ascii_uppercase() as u8 & 0x1f);
            } else {
                bytes.extend(c.to_string().bytes());
            }
            bytes
        }
    }
}

fn a_key() -> impl Strategy<Value = Key> {
    let key = prop_oneof![
        proptest::sample::select(vec![
            "enter",
            "tab",
            "space",
            "backspace",
            "delete",
            "insert",
            "up",
            "down",
            "left",
            "right",
            "home",
            "end",
            "pgup",
            "pgdn",
            "f1",
            "f4",
            "f5",
            "f12",
            "f20",
            "é",
            "漢",
            "ß",
        ])
        .prop_map(str::to_owned),
        "[!-~]",
    ];
    let modifiers = proptest::sample::subsequence(vec!["ctrl-", "alt-", "shift-"], 0..=3);
    let name = (modifiers, key).prop_map(|(modifiers, key)| modifiers.concat() + &key);
    // Esc needs a pause to be recognised, and has tests of its own.
    name.prop_filter_map("a key that a terminal sends", |name| {
        let key = name.parse::<Key>().ok()?;
        (KeyEvent::from(key).code != KeyCode::Esc).then_some(key)
    })
}

proptest! {
    #[test]
    fn every_bindable_key_is_decoded_however_its_bytes_are_split(
        keys in proptest::collection::vec(a_key(), 1..20),
        cuts in proptest::collection::vec(any::<proptest::sample::Index>(), 0..8),
    ) {
        // `Alt-[` and the like are prefixes of sequences: they come last, before a pause.
        let begins = |key: &Key| {
            let event = KeyEvent::from(*key);
            let bracket = matches!(event.code, KeyCode::Char('[' | 'O'));
            bracket && event.modifiers == KeyModifiers::ALT
        };
        let mut keys = keys;
        keys.sort_by_key(begins);
        let first = keys.iter().position(begins).map_or(keys.len(), |at| at + 1);
        keys.truncate(first);
        let bytes: Vec<u8> = keys.iter().flat_map(|key| encoded((*key).into())).collect();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&[u8]> = cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]).collect();
        let wanted: Vec<Decoded> =
            keys.iter().map(|key| Decoded::Event(Event::Key((*key).into()))).collect();
        prop_assert_eq!(canonical(decoded_to_end(false, &pieces)), wanted);
    }

    #[test]
    fn splitting_the_input_does_not_change_the_result(
        bytes in proptest::collection::vec(
            prop_oneof![3 => any::<u8>(), 2 => proptest::sample::select(b"\x1b[O]<~;12u".to_vec())],
            0..60,
        ),
        cut in any::<proptest::sample::Index>(),
        expects_replies: bool,
    ) {
        let (left, right) = bytes.split_at(cut.index(bytes.len() + 1));
        prop_assert_eq!(decoded_to_end(expects_replies, &[left, right]), decoded_to_end(expects_replies, &[&bytes]));
    }
}

#[test]
fn a_lone_escape_is_esc_after_the_delay_only() {
    let (inputs, decoder) = decoded(false, &[b"\x1b"]);
    assert_eq!((inputs, decoder.timeout(true)), (vec![], Some(DELAY)));
    let (_, decoder) = decoded(true, &[b"\x1b"]);
    assert_eq!((decoder.timeout(true), decoder.timeout(false)), (Some(REPLY), Some(DELAY)));
    assert_eq!(decoded_to_end(false, &[b"\x1b"]), named("esc"));
    assert_eq!(decoded_to_end(false, &[b"\x1b\x1b"]), named("esc esc"));
    assert_eq!(decoded_to_end(false, &[b"\x1b", b"[", b"B"]), named("down"));
    assert_eq!(decoded_to_end(false, &[b"\x1b\x1b", b"[B"]), named("alt-down"));
    assert_eq!(decoded_to_end(false, &[b"\x1b["]), named("alt-["));
    let (_, decoder) = decoded(false, &[b"a"]);
    assert_eq!(decoder.timeout(true), None);
}

#[test]
fn an_escape_at_the_end_of_a_burst_waits_longer() {
    let burst = b"\x1b[B".repeat(BURST);
    let (_, decoder) = decoded(false, &[&burst, b"\x1b"]);
    assert_eq!(decoder.timeout(false), Some(DELAY));
    for length in 1..3 {
        let cut = [&burst[..], &b"\x1b[B"[..length]].concat();
        let (_, decoder) = decoded(false, &[&cut]);
        assert_eq!(decoder.timeout(false), Some(STALLED), "{length} bytes of the last key");
    }
}

#[test]
fn a_paste_can_be_split_anywhere() {
    let bytes = b"a\x1b[200~x\r\n\x1b[B\x1b[201~b";
    let paste = Decoded::Event(Event::Paste("x\r\n\x1b[B".into()));
    let wanted = [named("a"), vec![paste], named("b")].concat();
    for cut in 0..=bytes.len() {
        let (left, right) = bytes.split_at(cut);
        assert_eq!(decoded_to_end(false, &[left, right]), wanted, "{cut}");
    }
}

#[test]
fn ctrl_c_arrives_after_any_incomplete_sequence() {
    for begun in [
        "\x1b[",
        "\x1b[1;5",
        "\x1b[<0;5",
        "\x1b[M",
        "\x1b[M ",
        "\x1b[M !",
        "\x1b[[",
        "\x1bO",
        "\x1b]",
        "\x1b]11;rgb:ff/",
        "\x1b]11;rgb:ff\x1b",
        "\x1b_",
        "\x1b_G",
        "\x1b_Gi=31;OK",
        "\x1b_Gi\x1b",
        "\x1bPq",
        "\x1b^x",
        "\x1bX",
        "\x1b\x1b[",
        "\u{8336}",
        "\x1b\u{8336}",
        "\u{1f331}",
        "\x1b[?62",
        "\x1b[20",
    ] {
        for length in 0..=begun.len() {
            for graphics in [false, true] {
                let queries = TerminalQueries { background: true, graphics };
                let mut decoder = Decoder::new(DELAY, queries);
                let mut inputs = Vec::new();
                for piece in [&begun.as_bytes()[..length], b"\x03"] {
                    decoder.feed(piece, &mut |input| inputs.push(input));
                }
                let last = canonical(inputs).pop();
                let is_interrupt = [named("ctrl-c"), named("ctrl-alt-c")]
                    .concat()
                    .contains(last.as_ref().unwrap());
                assert!(is_interrupt, "{begun:?} up to {length}: {last:?}");
            }
        }
    }
}

#[test]
fn ctrl_c_ends_a_stalled_paste_only() {
    let (mut inputs, mut decoder) = decoded(false, &[b"\x1b[200~a"]);
    assert_eq!((inputs.len(), decoder.timeout(false)), (0, Some(STALLED)));
    decoder.feed(b"\x03", &mut |input| inputs.push(input));
    assert!(inputs.is_empty(), "{inputs:?}");
    decoder.flush(&mut |input| inputs.push(input));
    assert_eq!(decoder.timeout(false), None);
    decoder.feed(b"b\x03", &mut |input| inputs.push(input));
    assert!(inputs.is_empty(), "{inputs:?}");
    decoder.flush(&mut |input| inputs.push(input));
    decoder.feed(b"\x03x", &mut |input| inputs.push(input));
    assert_eq!(inputs, named("ctrl-c x"));
}

#[test]
fn unknown_sequences_are_dropped_without_dropping_keys() {
    for bytes in ["\x1b[I", "\x1b[201~", "\x1b[3;5R", "\x1b[999~", "\x1b[M !!", "\x1b[1;2"] {
        assert_eq!(decoded_to_end(false, &[bytes.as_bytes()]), vec![], "{bytes:?}");
    }
    assert_eq!(decoded_to_end(false, &[b"\x1b[12\x1b[B"]), named("down"));
    assert_eq!(decoded_to_end(false, &[b"\x1bOx"]), named("alt-O x"));
    assert_eq!(decoded_to_end(false, &[b"\xc3(\xffa"]), named("( a"));
}

#[test]
fn sgr_mouse_events_are_decoded() {
    let mouse = |kind, modifiers| {
        Decoded::Event(Event::Mouse(MouseEvent { kind, column: 4, row: 2, modifiers }))
    };
    for (bytes, kind) in [
        ("\x1b[<0;5;3M", MouseEventKind::Down(MouseButton::Left)),
        ("\x1b[<0;5;3m", MouseEventKind::Up(MouseButton::Left)),
        ("\x1b[<32;5;3M", MouseEventKind::Drag(MouseButton::Left)),
        ("\x1b[<64;5;3M", MouseEventKind::ScrollUp),
    ] {
        assert_eq!(decoded_to_end(false, &[bytes.as_bytes()]), [mouse(kind, KeyModifiers::NONE)]);
    }
    let with_control = mouse(MouseEventKind::ScrollDown, KeyModifiers::CONTROL);
    assert_eq!(decoded_to_end(false, &[b"\x1b[<81;5;3M"]), [with_control]);
}

#[test]
fn the_background_reply_is_separated_from_keys() {
    let light = |light| vec![Decoded::Background { light }];
    for (pieces, wanted) in [
        (&["\x1b]11;rgb:ffff/ffff/dddd\x07"][..], light(true)),
        (&["\x1b]11;rgb:1e/1e/2e\x1b\\"], light(false)),
        (&["\x1b]11;rgba:0/0/0/8\x1b", "\\"], light(false)),
        (&["\x1b]11;#fafafa\x07"], light(true)),
        (&["h\x1b]11;rgb:ff/ff/ff\x07g"], [named("h"), light(true), named("g")].concat()),
        (&["\x1b]11;rgb:ff", "ff/ffff/ffff\x07x"], [light(true), named("x")].concat()),
        (&["\x1b", "]11;rgb:ff/ff/ff\x07"], light(true)),
        // Input that only resembles a reply, or is truncated.
        (&["]11;"], named("] 1 1 ;")),
        (&["\x1b]", "x"], named("alt-] x")),
        (&["\x1b]11;rgb:ffff/ffff/ffff", "hug"], named("h u g")),
        (
            &["\x1b[?62;4c\x1b]", "1"],
            [vec![Decoded::Attributes { sixel: true }], named("alt-] 1")].concat(),
        ),
    ] {
        let pieces: Vec<&[u8]> = pieces.iter().map(|piece| piece.as_bytes()).collect();
        assert_eq!(decoded_to_end(true, &pieces), wanted, "{pieces:?}");
    }
    // A reply that is cut off by an escape leaves it to what follows.
    assert_eq!(decoded_to_end(true, &[b"\x1b]11;rgb:ff\x1b[B"]), named("down"));
    // Nothing is held back if no reply is expected.
    assert_eq!(decoded_to_end(false, &[b"\x1b]11"]), named("alt-] 1 1"));
}

#[test]
fn the_graphics_reply_ends_with_the_attributes() {
    let decode = |bytes: &[u8]| {
        let queries = TerminalQueries { background: true, graphics: true };
        let mut decoder = Decoder::new(DELAY, queries);
        let mut all = Vec::new();
        decoder.feed(bytes, &mut |input| all.push(input));
        (all, decoder.expects_reply())
    };
    for (reply, kitty) in [("Gi=31;OK", true), ("Gi=31;ENOTSUPPORTED:no", false), ("", false)] {
        let apc = if reply.is_empty() { String::new() } else { format!("\x1b_{reply}\x1b\\") };
        let (all, waits) = decode(format!("a{apc}b\x1b[?62;4cc").as_bytes());
        let replies = [
            Decoded::Graphics(Graphics { kitty, sixel: true }),
            Decoded::Attributes { sixel: true },
        ];
        assert_eq!(all, [named("a b"), replies.to_vec(), named("c")].concat(), "{reply}");
        assert!(!waits);
    }
    // Typed text may look like the start of a reply.
    assert_eq!(decode(b"\x1b_x").0, named("alt-_ x"));
}
