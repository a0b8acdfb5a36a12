//! What a function needs to be the same server as one in a test's process, and a program that has everything in it.

use super::{EDGE_KEY, ISSUER, KEY, SECRET, TestApp};
use civicforge_handlers::app::CivicForge;
use civicforge_handlers::auth::password::PasswordCost;
use civicforge_handlers::function::{EVENTS, Function, Program, SecretName};
use civicforge_handlers::serve::media;

/// The functions that have to do with files.
const BUCKETS: [&str; 4] = [
    "propertyImages",
    "renderImages",
    "removeImages",
    "exportAccount",
];

/// Every operation and every event.
pub static EVERYTHING: Program = Program {
    routes: CivicForge::routes,
    events: Some(&EVENTS),
};

impl TestApp {
    /// The variables of this function, for a process that finds the table at this endpoint.
    pub fn variables(&self, function: &str, endpoint: &str) -> Vec<(String, String)> {
        let limits = &self.setup.limits;
        let issuers = self.setup.issuers.iter().map(|issuer| {
            serde_json::json!({
                "issuer": issuer.issuer,
                "jwksUrl": issuer.jwks_url,
                "audiences": issuer.audiences,
                "rolesClaim": issuer.roles_claim,
            })
        });
        let issuers = serde_json::Value::Array(issuers.collect()).to_string();
        let keys = serde_json::to_string(self.app.keys.now().public().jwks()).expect("JSON");
        let timeout = humantime::format_duration(limits.request_timeout).to_string();
        let cost = PasswordCost::FOR_TESTS;
        let mut variables = vec![
            ("CIVICFORGE_FUNCTION", function.to_owned()),
            ("CIVICFORGE_STAGE", "test".to_owned()),
            ("CIVICFORGE_TABLE", self.app.table.name().to_owned()),
            ("CIVICFORGE_DYNAMODB_ENDPOINT", endpoint.to_owned()),
            ("CIVICFORGE_PUBLIC_URL", ISSUER.to_owned()),
            (
                "CIVICFORGE_CORS_ORIGIN",
                self.setup.cors.origins().join(","),
            ),
            ("CIVICFORGE_TRUSTED_ISSUER", issuers),
            ("CIVICFORGE_MAX_BODY_BYTES", limits.body_bytes.to_string()),
            ("CIVICFORGE_REQUEST_TIMEOUT", timeout),
            (
                "CIVICFORGE_PASSWORD_MEMORY_KIB",
                cost.memory_kib.to_string(),
            ),
            ("CIVICFORGE_PASSWORD_PASSES", cost.passes.to_string()),
        ];
        if BUCKETS.contains(&function) {
            variables.extend([
                ("CIVICFORGE_UPLOADS_BUCKET", media::UPLOADS.to_owned()),
                ("CIVICFORGE_IMAGES_BUCKET", media::IMAGES.to_owned()),
                ("CIVICFORGE_EXPORTS_BUCKET", media::EXPORTS.to_owned()),
                ("CIVICFORGE_S3_ENDPOINT", self.storage.url.clone()),
            ]);
        }
        let granted = Function::named(function).map_or(&[][..], |function| function.secrets);
        variables.extend(granted.iter().map(|secret| match secret {
            SecretName::SigningKeys => ("CIVICFORGE_SIGNING_KEYS", KEY.clone()),
            SecretName::PublicKeys => ("CIVICFORGE_PUBLIC_KEYS", keys.clone()),
            SecretName::Secret => ("CIVICFORGE_SECRET", SECRET.to_owned()),
            SecretName::EdgeKeys => edge_keys(),
            SecretName::Vendors => {
                let settings = self.setup.vendors.clone();
                (
                    "CIVICFORGE_VENDORS",
                    settings.unwrap_or_else(|| "{}".to_owned()),
                )
            }
        }));
        let named = variables.into_iter();
        named
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}

/// The variable with which a function asks for [`EDGE_KEY`].
pub fn edge_keys() -> (&'static str, String) {
    let keys = serde_json::json!({"a": EDGE_KEY.replace('0', "a"), "b": EDGE_KEY});
    ("CIVICFORGE_EDGE_KEYS", keys.to_string())
}
