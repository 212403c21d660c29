//! Parses values of options that have known names, so that completions list them.

use crate::text::nearest;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use std::ffi::OsStr;
use std::fmt::Display;
use std::marker::PhantomData;
use std::str::FromStr;

/// Parses with [`FromStr`], and suggests names; other values may be valid as well.
#[derive(Debug, Clone)]
pub struct Suggested<T> {
    names: fn() -> Vec<&'static str>,
    value: PhantomData<fn() -> T>,
}

impl<T> Suggested<T> {
    /// A parser that suggests these names.
    pub fn new(names: fn() -> Vec<&'static str>) -> Self {
        Self { names, value: PhantomData }
    }
}

impl<T> TypedValueParser for Suggested<T>
where
    T: FromStr<Err: Display> + Clone + Send + Sync + 'static,
{
    type Value = T;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        let text =
            value.to_str().ok_or_else(|| command.clone().error(ErrorKind::InvalidUtf8, ""))?;
        text.parse::<T>().map_err(|error: T::Err| {
            let option = argument.map_or(String::new(), |argument| format!(" for '{argument}'"));
            let error = error.to_string();
            // An error with its own hint is more specific.
            let near = nearest(text, (self.names)()).filter(|_| !error.contains("did you mean"));
            let what = near.map_or(error, |name| format!("did you mean `{name}`?"));
            let message = format!("invalid value '{text}'{option}: {what}");
            command.clone().error(ErrorKind::ValueValidation, message)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.names)().into_iter().map(PossibleValue::new)))
    }
}
