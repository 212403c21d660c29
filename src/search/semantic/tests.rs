use super::embedder::Embedder;
use super::embedding::{DIMS, Embedding};
use super::embedding_table::{EmbeddingTable, HEAD, WordId};
use proptest::prelude::*;

fn embed(table: &EmbeddingTable, text: &str) -> Option<Embedding> {
    Embedder::new(*table).embed(text)
}

fn cosine(a: &str, b: &str) -> f32 {
    let of = |text| embed(EmbeddingTable::english(), text).unwrap_or_default();
    of(a).dot(&of(b))
}

/// A table of the words a, bee, been and toy; the vector of each has its scale at one position.
fn tiny() -> EmbeddingTable {
    let mut data = b"QAMEAN01".to_vec();
    data.extend(4_u32.to_le_bytes());
    data.extend((DIMS as u16).to_le_bytes());
    data.extend(2_u16.to_le_bytes());
    let coded = b"\0\x01a\0\x03bee\0\x04been\0\x03toy";
    data.extend((coded.len() as u32).to_le_bytes());
    data.extend(0.5_f32.to_le_bytes());
    for scale in [1_u16, 2, 3, 1000] {
        data.extend(scale.to_le_bytes());
    }
    for word in 0..4_usize {
        data.extend((0..DIMS).map(|at| if at == word { 100_u8 } else { 0 }));
    }
    data.extend([0_u32.to_le_bytes(), 8_u32.to_le_bytes()].concat());
    data.extend(coded);
    EmbeddingTable::parse(data.leak()).expect("a sound table")
}

#[test]
fn a_table_is_read_as_it_was_written() {
    let table = tiny();
    assert_eq!(table.len(), 4);
    for (word, expected) in [
        ("a", Some(0)),
        ("bee", Some(1)),
        ("been", Some(2)),
        ("toy", Some(3)),
        ("toys", Some(3)),
        ("toyed", Some(3)),
        ("beeing", Some(1)),
        ("as", None),
        ("", None),
        ("A", None),
        ("zebra", None),
        ("töy", None),
    ] {
        assert_eq!(table.find(word), expected.map(WordId), "{word}");
    }
    let mut expected = Embedding::default();
    (expected.0[0], expected.0[3]) = (2.0 * 50.0, 50_000.0);
    let mut sum = Embedding::default();
    sum.add(table.word("a").expect("known"), 2.0);
    sum.add(table.word("toys").expect("known"), 1.0);
    assert_eq!(sum, expected);
    assert_eq!(embed(&table, "Zebra!"), None);
}

#[test]
fn a_damaged_table_is_rejected() {
    static DATA: &[u8] = include_bytes!("../../../assets/meaning.bin");
    for cut in [0, 1, HEAD - 1, HEAD, DATA.len() / 2, DATA.len() - 1] {
        assert!(EmbeddingTable::parse(&DATA[..cut]).is_none());
    }
    assert_eq!(EmbeddingTable::EMPTY.find("word"), None);
}

#[test]
fn every_word_is_found_at_its_own_place_and_is_nearest_to_itself() {
    let table = EmbeddingTable::english();
    assert!(table.len() > 20_000);
    let mut last = Vec::new();
    for block in 0..table.offsets.len() / 4 {
        let first = table.first_of(block).expect("a block's first word");
        assert!(last.as_slice() < first, "sorted");
        assert_eq!(table.exact(first), Some(WordId((block * table.block) as u16)));
        last = first.to_vec();
    }
    let vectors: Vec<Embedding> = (0..table.len() as u16)
        .map(|id| {
            let mut one = Embedding::default();
            one.add(table.get(WordId(id)).expect("a vector"), 1.0);
            one.normalised()
        })
        .collect();
    for (id, one) in vectors.iter().enumerate().step_by(997) {
        assert!(vectors.iter().all(|other| one.dot(other) <= one.dot(one) + 1e-6), "{id}");
    }
}

#[test]
fn every_machine_gets_the_same_bits() {
    let vector = embed(EmbeddingTable::english(), "Why does my counselor keep looking at me?");
    let bits = vector.unwrap_or_default().0.map(f32::to_bits);
    // FNV-1a over all numbers (Fowler, Noll and Vo).
    let sum = bits.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, &bits| {
        (sum ^ u64::from(bits)).wrapping_mul(0x0100_0000_01b3)
    });
    assert_eq!(sum, 0x4793_2e69_19a4_df63);
}

#[test]
fn words_that_mean_the_same_are_near() {
    for (a, b) in [
        ("counselor", "therapist"),
        ("sobbing", "crying"),
        ("embrace", "hug"),
        ("delete a folder", "remove a directory"),
        ("buy a car", "purchase an automobile"),
    ] {
        let near = cosine(a, b);
        assert!(near > 0.4, "{a} ~ {b}: {near}");
    }
    for (a, b) in [("hug", "password"), ("cry", "install"), ("therapist", "banana")] {
        let near = cosine(a, b);
        assert!(near < 0.2, "{a} ~ {b}: {near}");
    }
}

proptest! {
    #[test]
    fn any_text_has_a_vector_of_length_one_or_none(text in any::<String>(), more in "[a-z ]{0,40}") {
        for text in [text, more] {
            let Some(vector) = embed(EmbeddingTable::english(), &text) else { continue };
            prop_assert!((vector.dot(&vector) - 1.0).abs() < 1e-4);
            prop_assert_eq!(embed(EmbeddingTable::english(), &text), Some(vector));
            prop_assert!((vector.quantize().cosine(&vector.quantize()) - 1.0).abs() < 0.05);
        }
    }

    #[test]
    fn the_order_of_words_does_not_matter(mut parts in prop::collection::vec("[a-z]{1,6}", 1..8)) {
        let forward = embed(EmbeddingTable::english(), &parts.join(" "));
        parts.reverse();
        let backward = embed(EmbeddingTable::english(), &parts.join(" "));
        prop_assert_eq!(forward.is_some(), backward.is_some());
        if let (Some(a), Some(b)) = (forward, backward) {
            prop_assert!((a.dot(&b) - 1.0).abs() < 1e-4);
        }
    }
}
