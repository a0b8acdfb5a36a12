//! The settings that a server and a function have in common: what each is called, and what it is where nobody says it.
//!
//! A flag of the server takes its name, its variable and its default from here, and so does a function, which has variables alone. What
//! a text means is in [`parts`](super::parts), for both.

/// One setting.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// The flag, without its hyphens. In errors, it names the setting.
    pub(crate) flag: &'static str,
    /// Its environment variable.
    pub(crate) variable: &'static str,
    /// What is read where nothing is said. Empty where there is no such text.
    pub(crate) default: &'static str,
}

macro_rules! settings {
    ($($(#[$attribute:meta])* $name:ident = $flag:literal, $variable:literal, $default:literal;)+) => {
        $($(#[$attribute])* pub(crate) const $name: Setting = Setting { flag: $flag, variable: $variable, default: $default };)+

        #[cfg(all(test, feature = "lambda", feature = "server"))]
        const ALL: &[Setting] = &[$($name),+];
    };
}

settings! {
    TABLE = "table", "CIVICFORGE_TABLE", "";
    DYNAMODB_ENDPOINT = "dynamodb-endpoint", "CIVICFORGE_DYNAMODB_ENDPOINT", "";
    SECRETS_ENDPOINT = "secrets-endpoint", "CIVICFORGE_SECRETS_ENDPOINT", "";
    EVENTS_ENDPOINT = "events-endpoint", "CIVICFORGE_EVENTS_ENDPOINT", "";
    EVENT_BUS = "event-bus", "CIVICFORGE_EVENT_BUS", "";
    APP_URL = "app-url", "CIVICFORGE_APP_URL", "";
    MAIL_FROM = "mail-from", "CIVICFORGE_MAIL_FROM", "";
    SES_ENDPOINT = "ses-endpoint", "CIVICFORGE_SES_ENDPOINT", "";
    SES_CONFIGURATION_SET = "ses-configuration-set", "CIVICFORGE_SES_CONFIGURATION_SET", "";
    UPLOADS_BUCKET = "uploads-bucket", "CIVICFORGE_UPLOADS_BUCKET", "";
    IMAGES_BUCKET = "images-bucket", "CIVICFORGE_IMAGES_BUCKET", "";
    EXPORTS_BUCKET = "exports-bucket", "CIVICFORGE_EXPORTS_BUCKET", "";
    S3_ENDPOINT = "s3-endpoint", "CIVICFORGE_S3_ENDPOINT", "";
    PUBLIC_URL = "public-url", "CIVICFORGE_PUBLIC_URL", "";
    CORS_ORIGIN = "cors-origin", "CIVICFORGE_CORS_ORIGIN", "";
    // Every wrong signature is an error to `s3s`, and anybody may send one.
    LOG_FILTER = "log-filter", "CIVICFORGE_LOG_FILTER", "info,s3s=off";
    MAX_BODY_BYTES = "max-body-bytes", "CIVICFORGE_MAX_BODY_BYTES", "1048576";
    TOKEN_ISSUER = "token-issuer", "CIVICFORGE_TOKEN_ISSUER", "";
    TOKEN_AUDIENCE = "token-audience", "CIVICFORGE_TOKEN_AUDIENCE", "civicforge";
    TRUSTED_ISSUER = "trusted-issuer", "CIVICFORGE_TRUSTED_ISSUER", "";
    ACCESS_TOKEN_LIFETIME = "access-token-lifetime", "CIVICFORGE_ACCESS_TOKEN_LIFETIME", "30m";
    REFRESH_TOKEN_LIFETIME = "refresh-token-lifetime", "CIVICFORGE_REFRESH_TOKEN_LIFETIME", "7days";
    PASSWORD_MEMORY_KIB = "password-memory-kib", "CIVICFORGE_PASSWORD_MEMORY_KIB", "19456";
    PASSWORD_PASSES = "password-passes", "CIVICFORGE_PASSWORD_PASSES", "2";
    // What a server and a function do not have the same default for: a server has nothing in front of it that counts its requests, or
    // gives up after 29 seconds.
    #[cfg(feature = "server")]
    REQUEST_METRICS = "request-metrics", "CIVICFORGE_REQUEST_METRICS", "stage";
    #[cfg(feature = "lambda")]
    FUNCTION_REQUEST_METRICS = "request-metrics", "CIVICFORGE_REQUEST_METRICS", "none";
    #[cfg(feature = "server")]
    REQUEST_TIMEOUT = "request-timeout", "CIVICFORGE_REQUEST_TIMEOUT", "30s";
    #[cfg(feature = "lambda")]
    FUNCTION_REQUEST_TIMEOUT = "request-timeout", "CIVICFORGE_REQUEST_TIMEOUT", "25s";
}

impl Setting {
    /// What is read: what was said, or the default.
    pub(crate) fn or_default<'a>(&self, said: Option<&'a str>) -> &'a str {
        said.unwrap_or(self.default)
    }
}

#[cfg(all(test, feature = "lambda", feature = "server"))]
mod tests {
    use super::*;
    use crate::config::read::variable;

    #[test]
    fn a_variable_has_the_name_of_its_flag() {
        for setting in ALL {
            assert_eq!(setting.variable, variable(setting.flag));
        }
    }
}
