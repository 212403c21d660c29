//! Quiz questions: which option is right, in all notations.

use super::check;

const KETTLE: [(&str, &str); 2] = [
    ("Which pot sings?", "kettle\n\n- [ ] jar\n- [x] kettle\n- [ ] vase"),
    ("Which pot holds roses?", "vase\n\n- [ ] jar\n- [ ] kettle\n- [x] vase"),
];

#[test]
fn quizzes_tell_the_right_option_in_any_way() {
    let record = |question: &str, rest: &str| format!("{{\"question\": \"{question}\", {rest}}}");
    let quiz = |one: &str, two: &str| {
        let [(first, _), (second, _)] = KETTLE;
        format!("[{}, {}]", record(first, one), record(second, two))
    };
    let list = r#""options": ["jar", "kettle", "vase"]"#;
    let with = |right: &str| format!("{list}, {right}");
    for (one, two) in [
        (with(r#""answer": "kettle""#), with(r#""answer": "vase""#)),
        (with(r#""answer_idx": 1"#), with(r#""answer_idx": 2"#)),
        // Two values show that the first is 1: the last would be outside the list.
        (with(r#""correct": 2"#), with(r#""correct": 3"#)),
        (with(r#""correctAnswer": "b""#), with(r#""correctAnswer": "C""#)),
        (with(r#""correct_options": [1]"#), with(r#""correct_options": [2]"#)),
        (with(r#""labels": [false, true, false]"#), with(r#""labels": [false, false, true]"#)),
        (
            r#""variants": [{"t": 1, "text": "jar"}, {"text": "kettle", "isRight": true}, {"text": "vase"}]"#
                .to_owned(),
            r#""variants": [{"text": "jar"}, {"text": "kettle"}, {"text": "vase", "isRight": true}]"#
                .to_owned(),
        ),
        (
            r#""answers": [{"text": "jar", "fraction": 0}, {"text": "kettle", "fraction": 100}, {"text": "vase", "fraction": 0}]"#
                .to_owned(),
            r#""answers": [{"text": "jar", "fraction": 0}, {"text": "kettle", "fraction": 0}, {"text": "vase", "fraction": 100}]"#
                .to_owned(),
        ),
        (
            r#""choices": {"jar": false, "kettle": true, "vase": false}"#.to_owned(),
            r#""choices": {"jar": false, "kettle": false, "vase": true}"#.to_owned(),
        ),
        (
            r#""option1": "jar", "option2": "kettle", "option3": "vase", "answer": "option2""#.to_owned(),
            r#""option1": "jar", "option2": "kettle", "option3": "vase", "answer": "option3""#.to_owned(),
        ),
        (
            r#""options": [{"id": "x1", "text": "jar"}, {"id": "x2", "text": "kettle"}, {"id": "x3", "text": "vase"}], "correctId": "x2""#
                .to_owned(),
            r#""options": [{"id": "x1", "text": "jar"}, {"id": "x2", "text": "kettle"}, {"id": "x3", "text": "vase"}], "correctId": "x3""#
                .to_owned(),
        ),
    ] {
        check("quiz.json", &quiz(&one, &two), &KETTLE);
    }
}

#[test]
fn letters_of_options_are_shown_and_explanations_kept() {
    let expected =
        [("Which pot sings?", "kettle\n\n- [ ] A. jar\n- [x] B. kettle\n\nIt whistles.")];
    for options in [
        r#""options": {"A": "jar", "B": "kettle"}, "answer": "B""#,
        r#""choices": ["A) jar", "B) kettle"], "answer": "B) kettle""#,
        r#""choices": {"label": ["A", "B"], "text": ["jar", "kettle"]}, "answerKey": "B""#,
    ] {
        let rest = format!("{options}, \"rationale\": \"It whistles.\"");
        check("quiz.json", &format!("[{{\"question\": \"Which pot sings?\", {rest}}}]"), &expected);
    }
    let nested = r#"{"question": {"stem": "Which pot sings?", "choices": [{"text": "jar", "label": "A"},
        {"text": "kettle", "label": "B"}]}, "answerKey": "B", "explanation": "It whistles."}"#;
    check("quiz.jsonl", &nested.replace('\n', " "), &expected);
    let wrong = r#"[{"question": "Which pot sings?", "correct_answer": "kettle", "incorrect_answers": ["jar"]}]"#;
    check("quiz.json", wrong, &[("Which pot sings?", "kettle\n\n- [x] kettle\n- [ ] jar")]);
    let several = r#"[{"question": "Which hold water?", "options": ["jar", "sieve", "kettle"], "answer": "A, C"}]"#;
    check("quiz.json", several, &[("Which hold water?", "- [x] jar\n- [ ] sieve\n- [x] kettle")]);
}

#[test]
fn tables_are_quizzes_too() {
    let letter = "Question,Option A,Option B,Answer\nWhich pot sings?,jar,kettle,B\nWhich is made of glass?,jar,kettle,A\n";
    let expected = [
        ("Which pot sings?", "kettle\n\n- [ ] A. jar\n- [x] B. kettle"),
        ("Which is made of glass?", "jar\n\n- [x] A. jar\n- [ ] B. kettle"),
    ];
    check("quiz.csv", letter, &expected);
    let one_cell = "question,options,correct\nWhich pot sings?,jar|kettle,2\nWhich is made of glass?,jar|kettle,1\n";
    let expected = [
        ("Which pot sings?", "kettle\n\n- [ ] jar\n- [x] kettle"),
        ("Which is made of glass?", "jar\n\n- [x] jar\n- [ ] kettle"),
    ];
    check("quiz.csv", one_cell, &expected);
}

#[test]
fn quizzes_with_flags_by_name_or_two_letters() {
    let expected = [("Which one floats?", "duck\n\n- [ ] A. stone\n- [x] B. duck")];
    for (name, content) in [
        (
            "q.json",
            r#"[{"question": "Which one floats?", "a": "stone", "b": "duck", "correct": "b"}]"#,
        ),
        (
            "q.xml",
            "<quiz><question><text>Which one floats?</text><a>stone</a><b>duck</b><correctAnswer>B</correctAnswer></question></quiz>",
        ),
        ("q.txt", "Which one floats?\nA. stone\nB. duck\nANSWER: B\n"),
        ("q.csv", "question,opt_a,opt_b,correct_opt\nWhich one floats?,stone,duck,b\n"),
    ] {
        check(name, content, &expected);
    }
    let expected = [("Which one floats?", "duck\n\n- [ ] stone\n- [x] duck")];
    for content in [
        r#"[{"question": "Which one floats?", "answers": {"answer_a": "stone", "answer_b": "duck", "answer_c": null},
             "correct_answers": {"answer_a_correct": "false", "answer_b_correct": "true", "answer_c_correct": "false"}}]"#,
        r#"[{"question": "Which one floats?", "answers": [{"answer": "stone", "value": false}, {"answer": "duck", "value": true}]}]"#,
        r#"[{"question": "Which one floats?", "content": ["stone", "duck"], "correct": 1}]"#,
        // Digits in quotes count from one.
        r#"[{"question": "Which one floats?", "answers": ["stone", "duck"], "correctAnswer": "2"}]"#,
        r#"[{"question_title": "Which one floats?", "question_options": ["stone", "duck"], "question_answer": "duck"}]"#,
    ] {
        check("q.json", content, &expected);
    }
}

#[test]
fn templates_of_quizzes_have_notes_in_their_headers() {
    let header = "Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,\
                  \"Time limit (sec) – 5, 10, 20\",Correct answer(s) - choose at least one\n";
    let rows = "What cuts?,File,Saw,20,2\nWhat smooths?,Plane,Saw,20,1\n";
    let expected = [
        ("What cuts?", "Saw\n\n- [ ] File\n- [x] Saw"),
        ("What smooths?", "Plane\n\n- [x] Plane\n- [ ] Saw"),
    ];
    check("a.csv", &format!("{header}{rows}"), &expected);
    let optional = "Question,Correct Answer,Wrong Answer 1,Wrong Answer 2 (Optional)\nWhat cuts?,Saw,File,Plane\n";
    check("c.csv", optional, &[("What cuts?", "Saw\n\n- [x] Saw\n- [ ] File\n- [ ] Plane")]);
    let above = "Quiz,Tools,,,\n\"Fill in, below\",,,,\n";
    check("b.csv", &format!("{above}{header}{rows}"), &expected);
}
