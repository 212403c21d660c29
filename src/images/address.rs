//! Converts the address of an image to a file beside the source.

use std::path::{Component, Path, PathBuf};

/// The relative path of an address; `None` for network addresses, other schemes, and absolute
/// paths, which refer to the root of a web server.
pub(super) fn local_path(address: &str) -> Option<PathBuf> {
    let address = address.split(['#', '?']).next()?;
    let has_scheme = address.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/'));
    let path = PathBuf::from(percent_decoded(address)?);
    let is_relative = path.components().all(|part| {
        matches!(part, Component::Normal(_) | Component::CurDir | Component::ParentDir)
    });
    (!has_scheme && is_relative && path != Path::new("")).then_some(path)
}

/// Decodes `%20` and the like; `None` for text that is not UTF-8 or has a NUL.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let value = digits.filter(|_| byte == b'%').and_then(|d| u8::from_str_radix(d, 16).ok());
        bytes.push(value.unwrap_or(byte));
        rest = if value.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_relative_addresses_are_files() {
        for (address, path) in [
            ("a.png", "a.png"),
            ("./pictures/a%20b.png?raw=1#x", "./pictures/a b.png"),
            ("../c.gif", "../c.gif"),
            ("100%.png", "100%.png"),
        ] {
            assert_eq!(local_path(address), Some(path.into()), "{address}");
        }
        for address in [
            "https://a.example/b.png",
            "//a.example/b.png",
            "/b.png",
            "%2Fb.png",
            "file:///b.png",
            "data:image/png;base64,AAAA",
            "a%00.png",
            "%ff.png",
            "",
            "#a",
        ] {
            assert_eq!(local_path(address), None, "{address}");
        }
    }
}
