//! The environment of a function.

use crate::Stack;
use crate::spec::{Function, UserPool};
use crate::yaml::{Yaml, if_else, reference, sub};

/// The variables, in the order of the template.
#[must_use]
pub fn variables(stack: &Stack, name: &str, function: &Function) -> Vec<(String, Yaml)> {
    let mut out: Vec<(&str, Yaml)> = vec![
        ("CIVICFORGE_FUNCTION", name.into()),
        ("CIVICFORGE_STAGE", reference("Stage")),
        ("CIVICFORGE_TABLE", super::table::name()),
        ("CIVICFORGE_LOG_FILTER", reference("LogLevel")),
        ("CIVICFORGE_REQUEST_METRICS", reference("RequestMetrics")),
    ];
    if function.serves() {
        out.push(("CIVICFORGE_PUBLIC_URL", public_url()));
        out.push(("CIVICFORGE_CORS_ORIGIN", reference("CorsOrigins")));
        out.push((
            "CIVICFORGE_TRUSTED_ISSUER",
            trusted_issuer(&stack.source.spec.user_pool),
        ));
        out.push((
            "CIVICFORGE_ACCESS_TOKEN_LIFETIME",
            reference("AccessTokenLifetime"),
        ));
        out.push((
            "CIVICFORGE_REFRESH_TOKEN_LIFETIME",
            reference("RefreshTokenLifetime"),
        ));
    }
    if function.sends_mails {
        if !function.serves() {
            out.push(("CIVICFORGE_PUBLIC_URL", public_url()));
        }
        out.extend(super::mail::variables());
    }
    let mut out: Vec<(String, Yaml)> = out
        .into_iter()
        .map(|(variable, value)| (variable.to_owned(), value))
        .collect();
    let spec = &stack.source.spec;
    let secrets = spec.secrets_of(function).into_iter();
    out.extend(secrets.map(|(secret, variable)| (variable, reference(secret))));
    let queues = &spec.queues;
    for queue in &function.sends {
        if let Some(variable) = queues.get(queue).and_then(|queue| queue.variable.clone()) {
            out.push((variable, reference(super::logical(queue, "Queue"))));
        }
    }
    for name in &function.publishes {
        if let Some(bus) = spec.buses.get(name) {
            out.push((bus.variable.clone(), super::buses::arn(name)));
        }
    }
    for (name, bucket) in &spec.buckets {
        if let Some(variable) = &bucket.variable
            && function.buckets.iter().any(|grant| grant.bucket == *name)
        {
            out.push((variable.clone(), reference(super::buckets::id(name))));
        }
    }
    out
}

/// The name that tokens have as their issuer. Without a domain the API's name is CloudFront's, which is not known before the
/// functions are: a name that is nobody's (RFC 2606) stands for it.
fn public_url() -> Yaml {
    if_else(
        "HasDomain",
        sub("https://${DomainName}"),
        sub("https://${AWS::StackName}.invalid"),
    )
}

/// The stack's own user pool.
fn trusted_issuer(pool: &UserPool) -> Yaml {
    let issuer = "https://cognito-idp.${AWS::Region}.amazonaws.com/${UserPool}";
    // Names of roles have no signs that JSON escapes.
    let roles: Vec<String> = pool
        .roles
        .iter()
        .map(|role| format!("\"{role}\""))
        .collect();
    let roles = roles.join(", ");
    sub(format!(
        r#"{{"issuer": "{issuer}", "jwksUrl": "{issuer}/.well-known/jwks.json", "audiences": ["${{UserPoolClient}}"], "rolesClaim": "cognito:groups", "roles": [{roles}]}}"#
    ))
}
