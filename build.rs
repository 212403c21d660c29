//! Tells the crate whether the weights of the sentence encoder are here (`cfg(encoder_asset)`): a
//! package of the registry may not be large enough for them.

use std::path::Path;

const ASSET: &str = "assets/encoder.bin";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={ASSET}");
    println!("cargo::rustc-check-cfg=cfg(encoder_asset)");
    if std::env::var_os("CARGO_FEATURE_ENCODER").is_none() {
        return;
    }
    if Path::new(ASSET).exists() {
        println!("cargo::rustc-cfg=encoder_asset");
    } else {
        println!(
            "cargo::warning={ASSET} is not in this package: searching by meaning goes by single \
             words; build a clone of the repository to have the sentence encoder"
        );
    }
}
