use super::*;

fn vector(n: i8) -> SentenceVector {
    SentenceVector::from_bytes([n, 1, 2, -n].into())
}

fn filled(file: PathBuf) -> VectorCache {
    let mut cache = VectorCache { file: Some(file), ..VectorCache::default() };
    for n in 0..50 {
        cache.insert(TextKey::new(&format!("text {n}")), vector(n));
    }
    cache
}

#[test]
fn a_file_returns_what_was_saved_and_nothing_when_damaged() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("new").join("x.vectors");
    filled(file.clone()).save();
    let data = read(&file).expect("it was written");
    let known = parse(&data).expect("it is whole");
    assert_eq!(known.len(), 50);
    assert_eq!(known[&TextKey::new("text 7")].vector, vector(7));
    for at in [0, 9, 13, 17, 30, data.len() - 1] {
        let mut damaged = data.clone();
        damaged[at] ^= 4;
        assert!(parse(&damaged).is_none(), "byte {at}");
    }
    assert!(parse(&data[..data.len() - 1]).is_none() && parse(b"").is_none());
}

#[cfg(unix)]
#[test]
fn files_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("new").join("x.vectors");
    filled(file.clone()).save();
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().expect("a folder")), 0o700);
}

#[test]
fn vectors_of_removed_texts_and_old_files_are_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("x.vectors");
    filled(file.clone()).save();
    let mut again = VectorCache {
        vectors: parse(&read(&file).expect("written")).expect("whole"),
        file: Some(file.clone()),
        grown: false,
    };
    again.get(TextKey::new("text 3"));
    again.insert(TextKey::new("new"), vector(9));
    again.save();
    assert_eq!(parse(&read(&file).expect("written")).expect("whole").len(), 2);
    let old = folder.path().join("old.vectors");
    fs::write(&old, [0; 1000]).expect("written");
    let long_ago = SystemTime::UNIX_EPOCH;
    fs::File::options()
        .append(true)
        .open(&old)
        .and_then(|f| f.set_modified(long_ago))
        .expect("touched");
    shrink(folder.path(), 500).expect("shrunk");
    assert!(file.exists() && !old.exists());
}

/// With `QA_UPDATE_VECTORS` set it updates the file.
#[cfg(encoder_asset)]
#[test]
fn the_built_in_collection_is_encoded_in_advance() {
    use crate::load::{Source, collect};
    use crate::search::semantic::encoder::Encoder;
    use crate::search::semantic::sentences::texts::texts_of;
    let (collection, _) = collect(&[Source::BuiltIn]).expect("the built-in collection loads");
    let index = Index::new(&collection.entries);
    let mut ready =
        VectorCache { vectors: parse(BUILT_IN).unwrap_or_default(), ..VectorCache::default() };
    let mut new = VectorCache::default();
    let mut outdated = 0;
    for id in texts_of(&index, 0..index.len() as u32) {
        let text = id.read(&index).expect("the entry is there");
        let encoder = Encoder::english().expect("the encoder is whole");
        let vector = encoder.encode(&text);
        let kept = ready.get(TextKey::new(&text));
        outdated += usize::from(kept.is_none_or(|kept| kept.cosine(&vector) < 0.99));
        new.insert(TextKey::new(&text), vector);
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/quick-answers.vectors");
    if std::env::var_os("QA_UPDATE_VECTORS").is_some() {
        let mut file = fs::File::create(path).expect("the file can be created");
        new.write_to(&mut file).expect("the file can be written");
    } else {
        assert_eq!(outdated, 0, "run again with QA_UPDATE_VECTORS=1");
    }
}
