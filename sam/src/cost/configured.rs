//! What the template says that a price follows from.

use civicforge_codegen::model::Operation;

use crate::contract::method_name;

use super::workloads::Stage;

/// How long the values are that API Gateway writes into its access log, where they do not follow from the operation: ids have a
/// form, a latency has up to three digits, a request that was not refused has no type of error, and `-` stands for what is not there.
const LENGTHS: [(&str, usize); 6] = [
    ("requestId", 36),
    ("status", 3),
    ("responseLatency", 3),
    ("error.responseType", 1),
    ("identity.apiKeyId", 10),
    ("integrationErrorMessage", 1),
];

/// A template, as text.
#[derive(Debug, Clone, Copy)]
pub struct Configured<'a>(pub &'a str);

impl<'a> Configured<'a> {
    fn lines(self) -> impl Iterator<Item = &'a str> {
        self.0.lines().map(str::trim)
    }

    /// How many resources are of this type.
    #[must_use]
    pub fn resources(self, kind: &str) -> usize {
        let line = format!("Type: {kind}");
        self.lines().filter(|text| *text == line).count()
    }

    /// How many lines begin like this, the dash of a list aside.
    #[must_use]
    pub fn beginning(self, with: &str) -> usize {
        let lines = self.lines();
        lines
            .filter(|text| text.trim_start_matches("- ").starts_with(with))
            .count()
    }

    /// How many days a stage keeps its log lines.
    ///
    /// # Errors
    /// That the template does not say it.
    pub fn log_days(self, stage: Stage) -> Result<f64, String> {
        let stage = format!("{}: {{", stage.name());
        let mut lines = self.lines();
        let line = lines.find(|line| line.starts_with(&stage) && line.contains("LogDays: "));
        let days = line.and_then(|line| line.split("LogDays: ").nth(1));
        let days = days.and_then(|text| text.split([',', ' ', '}']).next()?.parse().ok());
        days.ok_or_else(|| "The template does not say how long log lines are kept.".to_owned())
    }
}

/// The bytes of the line that API Gateway writes in this format for a request that an operation has answered.
///
/// # Errors
/// Which variable has an unknown length.
pub fn access_line(format: &str, operation: &Operation) -> Result<f64, String> {
    let mut pieces = format.split("$context.");
    let mut bytes = pieces.next().unwrap_or_default().len();
    for piece in pieces {
        let end = piece
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
            .unwrap_or(piece.len());
        let (name, rest) = piece.split_at(end);
        let known = LENGTHS.iter().find(|(known, _)| *known == name);
        let method = method_name(operation.method).len();
        bytes += match (name, known) {
            ("httpMethod", _) => method,
            ("resourcePath", _) => operation.path.len(),
            ("routeKey", _) => method + 1 + operation.path.len(),
            (_, Some((_, length))) => *length,
            (_, None) => {
                return Err(format!(
                    "How long `$context.{name}` is in API Gateway's access log is not known: say it in sam/src/cost/configured.rs."
                ));
            }
        };
        bytes += rest.len();
    }
    // And the end of the line.
    Ok(super::model::count(bytes + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_does_not_say_it_has_no_price() {
        assert!(Configured("Days: 7").log_days(Stage::Prod).is_err());
        let days = Configured("    prod: { LogDays: 365, Rate: 1 }");
        assert_eq!(days.log_days(Stage::Prod), Ok(365.0));
    }
}
