//! What programs print about themselves: the output of `--help` and formatted manual pages.

mod confidence;
mod header;
mod layout;
mod line;
mod page;
mod row;

use crate::collection::{Entry, Place, TextFormat};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::text::sanitise_keeping_tabs;
use page::HelpPage;
use std::borrow::Cow;
use std::sync::Arc;

pub(crate) struct Help;

impl Loader for Help {
    fn name(&self) -> &'static str {
        "help"
    }

    fn description(&self) -> &'static str {
        "the output of --help and man: options, commands, sections"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    /// It is read whole, since its columns are found in all lines; the longest manual pages have two
    /// megabytes.
    fn max_bytes(&self) -> u64 {
        4 << 20
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        if peek.text.starts_with(['{', '[', '<']) {
            return 0;
        }
        // Bold letters are printed twice, or in colour.
        let is_styled = memchr::memchr2(0x1b, 0x08, peek.text.as_bytes()).is_some();
        if is_styled {
            confidence::of(&sanitise_keeping_tabs(Cow::Borrowed(peek.text)))
        } else {
            confidence::of(peek.text)
        }
    }

    fn read(&self, source: &SourceText<'_>) -> ParsedDocument {
        let page = HelpPage::new(source.text.trim_start_matches('\u{feff}'));
        let entry = |item: page::HelpItem| Entry {
            question: item.name,
            answer: item.text,
            format: TextFormat::Plain,
            tags: item.sections,
            place: Place { source: Arc::clone(source.name), line: item.line },
            ..Entry::default()
        };
        let entries: Vec<Entry> = page.items.into_iter().map(entry).collect();
        ParsedDocument {
            title: page.title,
            certain: !entries.is_empty(),
            entries,
            ..ParsedDocument::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    /// Question, answer and tags of each entry.
    fn read(text: &str) -> Vec<(String, String, String)> {
        let entries = testing::read(&Help, text).entries;
        let all = entries.into_iter().map(|e| (e.question, e.answer, e.tags.join("/")));
        all.collect()
    }

    fn triples(expected: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
        let owned = |&(q, a, t): &(&str, &str, &str)| (q.to_owned(), a.to_owned(), t.to_owned());
        expected.iter().map(owned).collect()
    }

    fn confidence(text: &str) -> u8 {
        Help.confidence(&Peek { head: text.as_bytes(), text })
    }

    #[test]
    fn options_and_commands_with_descriptions_beside_and_below_them() {
        let text = "Waters the plants\n\nUsage: water [OPTIONS] [COMMAND]\n\nCommands:\n  run, r   Open the valve\n  \
            stop     Close it\n  ...      See all commands with --list\n\nOptions:\n  -l, --litres <N>       How much\n                         \
            [default: 2]\n      --dry              Only say what\n                         would be done\n      --a-long-name <FILE>\n                         \
            Where the plan is\n  -q                     Say *nothing*\n\nSee water(1) for more.\n";
        assert!(confidence(text) > 90);
        let expected = [
            (
                "Usage",
                "Waters the plants\n\nUsage: water [OPTIONS] [COMMAND]\n\nSee water(1) for more.",
                "",
            ),
            ("run, r", "Open the valve", "Commands"),
            ("stop", "Close it", "Commands"),
            ("...", "See all commands with --list", "Commands"),
            ("-l, --litres <N>", "How much\n[default: 2]", "Options"),
            ("--dry", "Only say what\nwould be done", "Options"),
            ("--a-long-name <FILE>", "Where the plan is", "Options"),
            ("-q", "Say *nothing*", "Options"),
        ];
        assert_eq!(read(text), triples(&expected));
        let formats = testing::read(&Help, text).entries.into_iter().map(|entry| entry.format);
        assert!(formats.into_iter().all(|format| format == TextFormat::Plain));
    }

    #[test]
    fn the_ways_in_which_programs_write_an_option() {
        let text = "Usage of ./rake:\n  -teeth int\n    \thow many (default 9)\n  -v\tsay more\n";
        let of_flags = [
            ("-teeth int", "how many (default 9)", "Usage of ./rake"),
            ("-v", "say more", "Usage of ./rake"),
        ];
        assert_eq!(read(text), triples(&of_flags));
        let text = "usage: rake [option] ... [file]\nOptions:\n-b     : be brief\n         in all lines\n-c cmd : run cmd\n-W arg : warn\n";
        let of_colons = [
            ("usage", "usage: rake [option] ... [file]", ""),
            ("-b", "be brief\nin all lines", "Options"),
            ("-c cmd", "run cmd", "Options"),
            ("-W arg", "warn", "Options"),
        ];
        assert_eq!(read(text), triples(&of_colons));
        let text = "Usage: rake [-f] FILE\n  -f       fast        -s   slow\n  -d       deep\n  --ends <number of ends> Both of them\n  \
            -0[octa] separator\n  -p\n  --pull   towards you\n";
        let questions: Vec<_> = read(text).into_iter().map(|entry| entry.0).collect();
        let expected =
            ["Usage", "-f", "-s", "-d", "--ends <number of ends>", "-0[octa]", "-p, --pull"];
        assert_eq!(questions, expected);
    }

    #[test]
    fn commands_below_the_set_of_their_names() {
        let text = "usage: rake [-h] {pull,push} ...\n\npositional arguments:\n  {pull,push}\n    pull        towards you\n    \
            push        away from you\n\noptions:\n  -h, --help    show this help\n";
        let questions: Vec<_> = read(text).into_iter().map(|entry| entry.0).collect();
        assert_eq!(questions, ["usage", "pull", "push", "-h, --help"]);
    }

    #[test]
    fn a_formatted_manual_page() {
        let text = "HOE(1)          Garden Commands          HOE(1)\n\nNAME\n       hoe - loosen the soil\n\nSYNOPSIS\n       hoe [-d DEPTH] [--help]\n           [BED]\n\n\
            DESCRIPTION\n       Loosens  the  soil of a bed.  See\n       -d and the others.\n\n       More of it.\n\nOPTIONS\n   Of depth\n       -d, --depth=DEPTH\n              How deep.\n\n              \
            Never more than\n              -x would allow.\n\n       -s     Shallow.\n\n       --help display this\n              text\n\n       Both are in inches.\n\nFILES\n       ~/.hoe\n           Beds.\n\n\
            Hoe 2.1            May 2020            HOE(1)\n";
        let expected = [
            ("NAME", "hoe - loosen the soil", ""),
            ("SYNOPSIS", "hoe [-d DEPTH] [--help]\n    [BED]", ""),
            (
                "DESCRIPTION",
                "Loosens  the  soil of a bed.  See\n-d and the others.\n\nMore of it.",
                "",
            ),
            ("Of depth", "Both are in inches.", "OPTIONS"),
            (
                "-d, --depth=DEPTH",
                "How deep.\n\nNever more than\n-x would allow.",
                "OPTIONS/Of depth",
            ),
            ("-s", "Shallow.", "OPTIONS/Of depth"),
            ("--help", "display this\ntext", "OPTIONS/Of depth"),
            ("~/.hoe", "Beds.", "FILES"),
        ];
        assert_eq!(read(text), triples(&expected));
        assert_eq!(testing::read(&Help, text).title, "HOE(1)");
        let bold = text.replace("NAME", "N\u{8}NA\u{8}AM\u{8}ME\u{8}E");
        let coloured = text.replace("--depth", "\u{1b}[1m--depth\u{1b}[0m");
        assert!([text, &bold, &coloured].into_iter().all(|text| confidence(text) > 90));
    }

    #[test]
    fn keys_before_a_column_and_lists_without_descriptions() {
        let text = "         RAKE COMMANDS\n\n  Keys may be preceded by a number.\n\n  q  :q  Q         Leave the garden.\n  ------------------------------\n\n           MOVING\n\n  \
            e  ^E  j  *      Forward  one bed   (or N beds).\n  y  ^Y  k  *      Backward one bed   (or N beds).\n  f  ^F  SPACE  *  Forward  one field.\n  \
            z                Stop raking.\n  w     *          Rake a bed.\n  ESC-)  Right *   Right one bed.\n  F                Go on forever.\n  ------------------------------\n\n           \
            OPTIONS\n\n  -a  ......  --all\n                   Rake all beds.\n  -b  ......  --both\n                   Rake both.\n  -c  ......  --clean\n                   Clean up.\n";
        let found = read(text);
        let pair = |name: &str| found.iter().find(|e| e.0 == name).map(|e| e.1.as_str());
        assert_eq!(pair("q :q Q"), Some("Leave the garden."));
        assert_eq!(pair("e ^E j"), Some("Forward  one bed   (or N beds)."));
        assert_eq!(pair("ESC-) Right"), Some("Right one bed."));
        assert!(found.iter().all(|e| !e.1.contains("-----")));
        let text = "Usage: dig [-H] [path...]\n\nTests:\n      -amin N -anewer FILE -atime N\n      -size N[bc] -true -type [bc] -uid N\n\n\
            Options:\n      --help            display this\n      --version         output that\n";
        let tests = (
            "Tests".to_owned(),
            "-amin N -anewer FILE -atime N\n-size N[bc] -true -type [bc] -uid N".to_owned(),
            String::new(),
        );
        assert!(read(text).contains(&tests));
    }

    #[test]
    fn other_texts_are_not_help() {
        let texts = [
            "drwxr-xr-x 2 ann ann 4096 May  1 10:00 seeds\n-rw-r--r--  1 ann ann 12 May  1 10:00 a\n-rw-r--r--  1 ann ann 12 May  1 10:00 b\n-rwxr-xr-x  1 ann ann 12 May  1 10:00 c\n",
            "diff --git a/x b/x\n@@ -1,3 +1,3 @@\n-old line  here\n-old two  there\n-old three  text\n+new\n",
            "-A INPUT -p tcp --dport 22 -j ACCEPT\n-A INPUT -p tcp --dport 80 -j ACCEPT\n-A FORWARD -i eth0 -j DROP\n",
            "Bread\n\nHow long does it keep?\n\nUse the option:\n\n  -a   all day\n  -b   both days\n  -c   a week\n\nHow do I slice it?\n\nWith a knife.\n",
            "# Rake\n\nUsage: rake [-a]\n\n  -a   all\n  -b   both\n",
            "-  Water it.\n-  Feed it.\n-  Turn it.\n-  Leave it.\n",
            "-eggs\n-milk\n-sour cream\n",
            "-1.5  2 east\n-2.5  3 west\n-3.5  4 north\n",
            "Ann: shall we?\nBob: yes  we shall\n\n-- \nBob\n",
        ];
        for text in texts {
            assert_eq!(confidence(text), 0, "{text}");
        }
    }
}
