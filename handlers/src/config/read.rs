//! Reading one setting after the other, and collecting what is wrong with them.

use std::ops::RangeInclusive;
use std::time::Duration;

use url::Url;

/// One setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("--{flag} ({}): {message}", self.variable())]
pub struct ConfigError {
    /// The flag, without its hyphens.
    pub flag: &'static str,
    /// What is wrong.
    pub message: String,
}

impl ConfigError {
    /// The flag's environment variable.
    pub fn variable(&self) -> String {
        variable(self.flag)
    }
}

/// The environment variable of a flag.
pub(super) fn variable(flag: &str) -> String {
    format!("CIVICFORGE_{}", flag.replace('-', "_").to_uppercase())
}

/// All settings that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigErrors(pub Vec<ConfigError>);

impl std::fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the configuration cannot be used:")?;
        self.0
            .iter()
            .try_for_each(|mistake| write!(f, "\n  {mistake}"))
    }
}

impl std::error::Error for ConfigErrors {}

/// Collects the mistakes. A setting that is wrong reads as a stand-in, so that the others are still
/// looked at.
#[derive(Default)]
pub(crate) struct Reader {
    mistakes: Vec<ConfigError>,
}

impl Reader {
    /// What was wrong.
    #[cfg(feature = "lambda")]
    pub(crate) fn into_mistakes(self) -> Vec<ConfigError> {
        self.mistakes
    }

    /// The result, if nothing was wrong.
    #[cfg(feature = "server")]
    pub(crate) fn finish<T>(self, config: T) -> Result<T, ConfigErrors> {
        if self.mistakes.is_empty() {
            Ok(config)
        } else {
            Err(ConfigErrors(self.mistakes))
        }
    }

    pub(crate) fn wrong(&mut self, flag: &'static str, message: impl Into<String>) {
        self.mistakes.push(ConfigError {
            flag,
            message: message.into(),
        });
    }

    /// A setting that is read by `read`, whose error says what was expected.
    pub(crate) fn read<T>(
        &mut self,
        flag: &'static str,
        text: &str,
        stand_in: T,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> T {
        read(text.trim()).unwrap_or_else(|expected| {
            self.wrong(flag, format!("{text:?}: {expected}"));
            stand_in
        })
    }

    pub(crate) fn number<N>(
        &mut self,
        flag: &'static str,
        text: &str,
        range: RangeInclusive<N>,
    ) -> N
    where
        N: std::str::FromStr + PartialOrd + std::fmt::Display + Copy,
    {
        self.read(flag, text, *range.start(), |text| {
            let number = text.parse().ok().filter(|number| range.contains(number));
            let expected = || {
                format!(
                    "expected a number from {} to {}",
                    range.start(),
                    range.end()
                )
            };
            number.ok_or_else(expected)
        })
    }

    /// A duration of up to an hour.
    pub(crate) fn duration(&mut self, flag: &'static str, text: &str) -> Duration {
        let range = Duration::from_nanos(1)..=Duration::from_secs(60 * 60);
        self.duration_in(flag, text, range)
    }

    pub(crate) fn duration_in(
        &mut self,
        flag: &'static str,
        text: &str,
        range: RangeInclusive<Duration>,
    ) -> Duration {
        let (least, most) = (*range.start(), *range.end());
        self.read(flag, text, most, |text| {
            let duration = humantime::parse_duration(text).ok();
            let duration = duration.filter(|duration| range.contains(duration));
            duration.ok_or_else(|| {
                let most = humantime::format_duration(most);
                match least.as_secs() {
                    0 => format!("expected a duration up to {most}, such as 30s or 1m 30s"),
                    _ => {
                        let least = humantime::format_duration(least);
                        format!("expected a duration from {least} to {most}, such as 1h 30m")
                    }
                }
            })
        })
    }

    /// An absolute `http` or `https` URL. None if it was wrong.
    pub(crate) fn url(&mut self, flag: &'static str, text: &str) -> Option<Url> {
        self.read(flag, text, None, |text| web_url(text).map(Some))
    }
}

/// An absolute `http` or `https` URL without user, query and fragment.
pub(crate) fn web_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("not a URL: {error}"))?;
    let plain = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    match url.scheme() {
        "http" | "https" if plain && url.has_host() => Ok(url),
        "http" | "https" => Err("expected a URL without user, query and fragment".to_owned()),
        _ => Err("expected an http or https URL".to_owned()),
    }
}
