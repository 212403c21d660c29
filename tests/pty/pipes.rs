//! Standard input and output as pipes, with the screen on the terminal.

use crate::session::{QA, Session, command};

#[test]
fn keys_come_from_the_terminal_when_a_collection_comes_through_a_pipe() {
    let script = format!("cat assets/quick-answers.json | '{QA}' --no-state -");
    let mut session = Session::start(command(&["sh", "-c", &script]));
    session.wait_for("18 of 18");
    session.send("hug");
    session.wait_for("> hug");
    session.send("\x03");
    assert_eq!(session.end().exit_code(), 130);
    session.assert_restored();
}

#[test]
fn a_pipe_is_called_standard_input() {
    let script = format!("printf '## How hot?\\n\\nVery.\\n' | '{QA}' --no-state");
    let mut session = Session::start(command(&["sh", "-c", &script]));
    session.wait_for("qa  standard input");
    session.wait_for("standard input:1");
    session.send("\x03");
    session.end();
}

#[test]
fn an_empty_pipe_is_an_error_and_opens_no_other_collection() {
    let script = format!("true | '{QA}' --no-state; echo \"<$?>\"");
    let mut session = Session::start(command(&["sh", "-c", &script]));
    session.wait_for("nothing came through the pipe");
    session.wait_for("<2>");
    session.end();
}

#[test]
fn leaving_without_a_choice_is_status_130() {
    // The query that it was given is not cleared first, one that was typed is.
    for (arguments, shown, keys) in [
        ("", "18 of 18", "\x1b"),
        ("-q 'can i hug'", "> can i hug", "\x1b"),
        ("-q can", "> can", "x\x1b\x1b"),
    ] {
        let script =
            format!("picked=$('{QA}' --no-state --pick {arguments}); echo \"<$picked> $?\"");
        let mut session = Session::start(command(&["sh", "-c", &script]));
        session.wait_for(shown);
        session.send(keys);
        session.wait_for("<> 130");
        session.end();
    }
}

#[test]
fn a_picked_entry_goes_to_standard_output_while_the_screen_is_on_the_terminal() {
    let script = format!("picked=$('{QA}' --no-state --pick -q 'can i hug'); echo \"<$picked>\"");
    let mut session = Session::start(command(&["sh", "-c", &script]));
    session.wait_for("> can i hug");
    session.send("\r");
    session.wait_for("<Can I hug my therapist?");
    assert_eq!(session.end().exit_code(), 0);
    session.assert_restored();
}
