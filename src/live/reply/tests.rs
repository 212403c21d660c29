//! Replies in the forms given in the engines' documentation, with our own texts.

use super::*;
use crate::load::LiveCommand;

fn source(reading: Options) -> LiveSource {
    LiveSource { name: "shop".into(), command: LiveCommand::Shell(String::new()), reading }
}

fn read_text(text: &str) -> Result<Reply, String> {
    let read = read(&source(Options::default()), text.as_bytes().to_vec());
    read.map_err(|error| error.to_string())
}

/// Id, question and answer of each hit, and the total.
fn hits(text: &str) -> (Vec<[String; 3]>, Option<u64>) {
    let reply = read_text(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let hit = |entry: &Entry| [&entry.id, &entry.question, &entry.answer].map(String::clone);
    (reply.entries.iter().map(hit).collect(), reply.total)
}

fn expected(total: u64) -> (Vec<[String; 3]>, Option<u64>) {
    let hits = [
        ["41", "How do I sharpen a plane iron?", "On three stones, coarse to fine."],
        ["7", "Which glue holds oily wood?", "Epoxy; wipe the wood with acetone before."],
    ];
    (hits.map(|hit| hit.map(str::to_owned)).to_vec(), Some(total))
}

#[test]
fn opensearch_and_elasticsearch() {
    let reply = |total: &str| {
        format!(
            r#"{{"took": 4, "timed_out": false, "_shards": {{"total": 5, "failed": 0}},
            "hits": {{"total": {total}, "max_score": 2.5, "hits": [
            {{"_index": "faq", "_id": "41", "_score": 2.5, "_source": {{
                "question": "How do I sharpen a plane iron?",
                "answer": "On three stones, coarse to fine."}},
             "highlight": {{"question": ["How do I <em>sharpen</em> a plane iron?"]}}}},
            {{"_index": "faq", "_id": "7", "_score": 1.5, "_source": {{
                "title": "Which glue holds oily wood?",
                "body": "Epoxy; wipe the wood with acetone before."}}}}]}}}}"#
        )
        .replace("\"title\"", "\"question\"")
        .replace("\"body\"", "\"answer\"")
    };
    assert_eq!(hits(&reply(r#"{"value": 10000, "relation": "gte"}"#)), expected(10_000));
    assert_eq!(hits(&reply("812")), expected(812));
}

#[test]
fn opensearch_with_the_passages_of_a_field_that_was_not_requested() {
    let reply = r#"{"hits": {"total": {"value": 1, "relation": "eq"}, "hits": [
        {"_id": "a/1", "_source": {"title": "Tool rest"},
         "highlight": {"body": ["The <em>rest</em> stands", "below the <em>rest</em>."]}}]}}"#;
    let (hits, _) = hits(reply);
    assert_eq!(hits, [["a/1", "Tool rest", "The rest stands … below the rest."].map(String::from)]);
}

#[test]
fn quickwit() {
    let reply = r#"{"num_hits": 90, "hits": [
        {"id": 41, "title": "How do I sharpen a plane iron?",
         "body": "On three stones, coarse to fine."},
        {"id": 7, "title": "Which glue holds oily wood?",
         "body": "Epoxy; wipe the wood with acetone before."}],
        "elapsed_time_micros": 905, "errors": []}"#;
    assert_eq!(hits(reply), expected(90));
}

#[test]
fn meilisearch() {
    let reply = |total: &str| {
        format!(
            r#"{{"hits": [
            {{"id": 41, "question": "How do I sharpen a plane iron?",
              "answer": "On three stones, coarse to fine.",
              "_formatted": {{"id": "41", "question": "How do I <em>sharpen</em> …"}}}},
            {{"id": 7, "question": "Which glue holds oily wood?",
              "answer": "Epoxy; wipe the wood with acetone before."}}],
            "offset": 0, "limit": 100, {total}, "processingTimeMs": 3, "query": "glue"}}"#
        )
    };
    assert_eq!(hits(&reply("\"estimatedTotalHits\": 1204551")), expected(1_204_551));
    assert_eq!(hits(&reply("\"totalHits\": 3, \"totalPages\": 1")), expected(3));
}

#[test]
fn typesense() {
    let hit = |document: &str| {
        format!(
            r#"{{"document": {document}, "highlight": {{}}, "highlights": [], "text_match": 130816}}"#
        )
    };
    let first = hit(
        r#"{"id": "41", "question": "How do I sharpen a plane iron?", "answer": "On three stones, coarse to fine."}"#,
    );
    let second = hit(
        r#"{"id": "7", "question": "Which glue holds oily wood?", "answer": "Epoxy; wipe the wood with acetone before."}"#,
    );
    let whole = format!(
        r#"{{"facet_counts": [], "found": 2, "hits": [{first}, {second}], "out_of": 90, "page": 1}}"#
    );
    assert_eq!(hits(&whole), expected(2));
    assert_eq!(hits(&format!(r#"{{"results": [{whole}]}}"#)), expected(2));
    let grouped = format!(
        r#"{{"found": 2, "grouped_hits": [{{"group_key": ["a"], "hits": [{first}]}}, {{"group_key": ["b"], "hits": [{second}]}}]}}"#
    );
    assert_eq!(hits(&grouped), expected(2));
}

#[test]
fn seekstorm() {
    let reply = r#"{"time": 120345, "original_query": "glue", "query": "glue", "offset": 0,
        "length": 10, "count": 2, "count_total": 55, "query_terms": ["glue"], "results": [
        {"question": "How do I sharpen a plane iron?",
         "answer": "On three stones, coarse to fine.", "_id": 41, "_score": 3.4179327487945557},
        {"question": "Which glue holds oily wood?",
         "answer": "Epoxy; wipe the wood with acetone before.", "_id": 7, "_score": 1.5}],
        "facets": {}, "suggestions": []}"#;
    assert_eq!(hits(reply), expected(55));
}

#[test]
fn csv_and_json_lines_give_the_total_in_qa_total() {
    let table = "id,question,answer,qa_total\n41,How do I sharpen a plane iron?,\"On three stones, \
                 coarse to fine.\",300\n7,Which glue holds oily wood?,Epoxy; wipe the wood with \
                 acetone before.,300\n";
    assert_eq!(hits(table), expected(300));
    let one = "id,question,answer\n41,How do I sharpen a plane iron?,\"On three stones, coarse to fine.\"\n";
    assert_eq!(hits(one).0, expected(0).0[..1]);
    let lines = r#"{"id": "41", "question": "How do I sharpen a plane iron?", "answer": "On three stones, coarse to fine.", "qa_total": 300}
{"id": "7", "question": "Which glue holds oily wood?", "answer": "Epoxy; wipe the wood with acetone before."}"#;
    assert_eq!(hits(lines), expected(300));
    let first = lines.lines().next().unwrap();
    assert_eq!(hits(first), (expected(0).0[..1].to_vec(), Some(300)));
    let list = format!("[{}]", lines.replace('\n', ",\n"));
    assert_eq!(hits(&list), expected(300));
}

#[test]
fn a_reply_without_hits_is_not_an_error() {
    for reply in [
        "",
        " \n",
        "[]",
        "id,question,answer\n",
        "question\tanswer",
        r#"{"hits": {"total": {"value": 0, "relation": "eq"}, "max_score": null, "hits": []}}"#,
        r#"{"num_hits": 0, "hits": [], "elapsed_time_micros": 5, "errors": []}"#,
        r#"{"hits": [], "estimatedTotalHits": 0, "processingTimeMs": 0, "query": "x"}"#,
        r#"{"found": 0, "hits": [], "out_of": 90}"#,
        r#"{"count": 0, "count_total": 0, "results": []}"#,
    ] {
        assert_eq!(read_text(reply).map(|reply| reply.entries.len()), Ok(0), "{reply}");
    }
}

#[test]
fn an_error_of_the_engine_is_reported() {
    for (reply, told) in [
        (
            r#"{"error": {"root_cause": [], "type": "index_not_found_exception", "reason": "no such index [fqa]"}, "status": 404}"#,
            "shop: no such index [fqa]",
        ),
        (
            r#"{"message": "Index `fqa` not found.", "code": "index_not_found", "type": "invalid_request", "link": "https://docs.example"}"#,
            "shop: Index `fqa` not found.",
        ),
        (r#"{"message": "Not Found"}"#, "shop: Not Found"),
        (r#"{"error": "unauthorized \u001b[31m"}"#, "shop: unauthorized "),
    ] {
        assert_eq!(read_text(reply), Err(told.to_owned()), "{reply}");
    }
}

#[test]
fn an_unknown_reply_is_quoted_in_the_error() {
    for (output, told) in [
        ("Killed by the oom daemon\nbye", "Killed by the oom daemon"),
        (
            "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title>",
            "web page instead of records: 502 Bad Gateway",
        ),
        ("{\"question\": \"Cut", "line 1"),
        ("\u{0}\u{1}\u{2}", "no records"),
        (r#"{"count": 3}"#, "no question"),
    ] {
        let error = read_text(output).unwrap_err();
        assert!(error.starts_with("shop: ") && error.contains(told), "{output:?}: {error}");
        assert!(!error.contains('\n'), "{error}");
    }
    let unknown = r#"{"num_hits": 1, "hits": [{"zip": 3, "town": 4}]}"#;
    let error = read_text(unknown).unwrap_err();
    assert!(error.ends_with("name one with --question: town, zip"), "{error}");
    let reading = Options { question_key: Some("town".into()), ..Options::default() };
    let named = r#"{"num_hits": 1, "hits": [{"zip": "3", "town": "Where is Ulm?"}]}"#;
    let reply = read(&source(reading), named.into()).unwrap();
    assert_eq!(reply.entries[0].question, "Where is Ulm?");
}
