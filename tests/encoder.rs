//! The sentence encoder against its teacher: the references in `tests/encoder` are made by
//! `assets/encoder/reference.py`.
#![cfg(encoder_asset)]

use quick_answer::search::{Encoder, SentenceVector};
use serde::Deserialize;

fn encoder() -> &'static Encoder {
    Encoder::english().expect("the encoder that is compiled in is whole")
}

fn sentences() -> Vec<&'static str> {
    include_str!("encoder/sentences.txt").lines().collect()
}

fn vectors(bytes: &[u8]) -> Vec<SentenceVector> {
    let vector = |row: &[u8]| row.iter().map(|byte| byte.cast_signed()).collect();
    bytes.chunks_exact(384).map(|row| SentenceVector::from_bytes(vector(row))).collect()
}

/// The least and the mean cosine of what belongs together.
fn likeness(ours: &[SentenceVector], theirs: &[SentenceVector]) -> (f32, f32) {
    assert_eq!(ours.len(), theirs.len());
    let cosines: Vec<f32> = ours.iter().zip(theirs).map(|(a, b)| a.cosine(b)).collect();
    let least = cosines.iter().copied().fold(1.0, f32::min);
    (least, cosines.iter().sum::<f32>() / cosines.len() as f32)
}

#[test]
fn tokens_are_those_of_the_teachers_tokenizer() {
    #[derive(Deserialize)]
    struct Reference {
        text: String,
        ids: Vec<u32>,
    }
    let mut count = 0;
    for line in include_str!("encoder/tokens.jsonl").lines() {
        let Reference { text, ids } = serde_json::from_str(line).expect("a reference is JSON");
        assert_eq!(encoder().tokens(&text), ids, "{text:?}");
        count += 1;
    }
    assert_eq!(count, 2000);
}

/// The teacher's sums are of 32-bit numbers, ours of 8-bit ones.
#[test]
fn vectors_are_those_of_the_teacher() {
    let tokens: Vec<_> = sentences().iter().map(|text| encoder().tokens(text)).collect();
    let ours: Vec<_> = tokens.chunks(16).flat_map(|batch| encoder().encode_tokens(batch)).collect();
    let (least, mean) = likeness(&ours, &vectors(include_bytes!("encoder/four-bits.bin")));
    assert!(least > 0.99 && mean > 0.995, "with the same weights: {least}, {mean}");
    let (least, mean) = likeness(&ours, &vectors(include_bytes!("encoder/teacher.bin")));
    assert!(least > 0.94 && mean > 0.965, "with its weights at full size: {least}, {mean}");
}

#[test]
fn a_batch_changes_no_vector() {
    let texts: Vec<_> = sentences().into_iter().take(12).chain([""]).collect();
    let tokens: Vec<_> = texts.iter().map(|text| encoder().tokens(text)).collect();
    let together = encoder().encode_tokens(&tokens);
    for (text, embedding) in texts.iter().zip(together) {
        assert!(encoder().encode(text).cosine(&embedding) > 0.9999, "{text:?}");
    }
}

#[test]
fn what_means_the_same_is_near() {
    let near = |a: &str, b: &str| encoder().encode(a).cosine(&encoder().encode(b));
    assert!(near("How do I delete a folder?", "removing a directory") > 0.6);
    assert!(near("How do I delete a folder?", "When does the bakery open?") < 0.3);
}
