//! Command lines, what they come to, and what is said about the wrong ones.

use civicforge_api::types::UserRole;
use civicforge_kernel::keys::source::SecretSource;
use civicforge_kernel::telemetry::{Emf, LogFormat, RequestMetrics};
use clap::Parser;

use super::*;

#[derive(Parser)]
struct Program {
    #[command(flatten)]
    serve: ServeArgs,
}

fn config(flags: &[&str]) -> Result<Config, String> {
    let program = Program::try_parse_from([&["civicforge"], flags].concat()).unwrap();
    program
        .serve
        .validate_in(false)
        .map_err(|errors| errors.to_string())
}

fn mistakes(flags: &[&str]) -> Vec<String> {
    let text = config(flags).unwrap_err();
    text.lines()
        .skip(1)
        .map(|line| line.trim().to_owned())
        .collect()
}

#[test]
fn without_flags() {
    let config = config(&[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.public_url, "http://127.0.0.1:8080");
    assert_eq!(config.data, DataStore::Folder(".civicforge".into()));
    assert_eq!(config.table, TableBackend::Embedded);
    assert_eq!(config.cors, CorsOrigins::List(vec![]));
    assert_eq!(config.telemetry.format, LogFormat::Json);
    assert_eq!(config.max_body_bytes, 1024 * 1024);
    assert_eq!(config.request_timeout, Duration::from_secs(30));
    assert_eq!(config.password_cost, PasswordCost::OWASP);
    assert_eq!(config.token_names.issuer, "http://127.0.0.1:8080");
    assert!(config.keys == KeySources::default());
}

#[test]
fn with_many_flags() {
    let config = config(&[
        "--listen",
        "[::1]:0",
        "--public-url",
        "https://api.example.org/",
        "--in-memory",
        "--cors-origin",
        "https://a.example,http://localhost:3000",
        "--cors-origin",
        "https://B.example/",
        "--log-format",
        "pretty",
        "--max-body-bytes",
        "2048",
        "--request-timeout",
        "1m 5s",
        "--table",
        "quests",
        "--dynamodb-endpoint",
        "http://localhost:8000",
        "--region",
        "eu-west-1",
        "--secret",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ])
    .unwrap();
    assert_eq!(
        (config.public_url.as_str(), config.data),
        ("https://api.example.org", DataStore::Memory)
    );
    let origins = [
        "https://a.example",
        "http://localhost:3000",
        "https://b.example",
    ];
    assert_eq!(
        config.cors,
        CorsOrigins::List(origins.map(str::to_owned).into())
    );
    assert_eq!(config.request_timeout, Duration::from_secs(65));
    let TableBackend::DynamoDb {
        table,
        region,
        endpoint,
    } = config.table
    else {
        panic!()
    };
    assert_eq!(
        (table.as_str(), region.as_deref()),
        ("quests", Some("eu-west-1"))
    );
    assert_eq!(endpoint.unwrap().as_str(), "http://localhost:8000/");
    assert_eq!(
        format!("{:?}", config.keys.secret),
        "Some(Given([redacted]))"
    );
}

#[test]
fn all_mistakes_at_once_by_flag_and_variable() {
    let mistakes = mistakes(&[
        "--listen",
        "8080",
        "--max-body-bytes",
        "1",
        "--request-timeout",
        "0s",
        "--log-format",
        "xml",
        "--cors-origin",
        "a.example",
        "--in-memory",
        "--data-dir",
        "x",
        "--region",
        "eu-west-1",
        "--dynamodb-endpoint",
        "ftp://x",
        "--log-filter",
        "info=loud",
        "--token-audience",
        "",
        "--public-url",
        "nowhere",
        "--password-passes",
        "NaN",
    ]);
    for (flag, variable) in [
        ("--listen", "CIVICFORGE_LISTEN"),
        ("--max-body-bytes", "CIVICFORGE_MAX_BODY_BYTES"),
        ("--request-timeout", "CIVICFORGE_REQUEST_TIMEOUT"),
        ("--log-format", "CIVICFORGE_LOG_FORMAT"),
        ("--cors-origin", "CIVICFORGE_CORS_ORIGIN"),
        ("--in-memory", "CIVICFORGE_IN_MEMORY"),
        ("--region", "CIVICFORGE_REGION"),
        ("--dynamodb-endpoint", "CIVICFORGE_DYNAMODB_ENDPOINT"),
        ("--log-filter", "CIVICFORGE_LOG_FILTER"),
        ("--token-audience", "CIVICFORGE_TOKEN_AUDIENCE"),
        ("--public-url", "CIVICFORGE_PUBLIC_URL"),
        ("--password-passes", "CIVICFORGE_PASSWORD_PASSES"),
    ] {
        let start = format!("{flag} ({variable}): ");
        assert!(
            mistakes.iter().any(|mistake| mistake.starts_with(&start)),
            "{start} {mistakes:#?}"
        );
    }
}

#[test]
fn secrets_are_checked_but_not_repeated() {
    let mistakes = mistakes(&["--signing-keys", "hunter2-pem", "--secret", "hunter2"]);
    assert_eq!(mistakes.len(), 2);
    assert!(
        mistakes.iter().all(|mistake| !mistake.contains("hunter2")),
        "{mistakes:?}"
    );
    let program = Program::try_parse_from(["civicforge", "--secret", "hunter2"]).unwrap();
    assert!(!format!("{:?}", program.serve).contains("hunter2"));
}

#[test]
fn a_secret_is_said_in_one_way_and_an_arn_is_one() {
    let arn =
        |region: &str| format!("arn:aws:secretsmanager:{region}:123456789012:secret:keys-Ab12");
    let (here, there) = (arn("eu-central-1"), arn("us-east-1"));
    for (arguments, mistake) in [
        (
            &["--signing-keys-file", "a", "--signing-keys-arn", &here][..],
            "--signing-keys-arn (CIVICFORGE_SIGNING_KEYS_ARN): cannot be set together with CIVICFORGE_SIGNING_KEYS_FILE",
        ),
        (
            &["--secret", &"A".repeat(43), "--secret-file", "b"],
            "--secret-file (CIVICFORGE_SECRET_FILE): cannot be set together with CIVICFORGE_SECRET",
        ),
        (
            &["--secret-arn", "keys"],
            "--secret-arn (CIVICFORGE_SECRET_ARN): \"keys\": expected arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME",
        ),
        (
            &["--signing-keys-arn", &here, "--secret-arn", &there],
            "--secret-arn (CIVICFORGE_SECRET_ARN): must be in eu-central-1, as signing-keys-arn is",
        ),
    ] {
        assert_eq!(mistakes(arguments), [mistake]);
    }
    let config = config(&["--signing-keys-arn", &here, "--secret-file", "b"]).unwrap();
    let expected = KeySources {
        signing_keys: Some(SecretSource::Kept(here.clone())),
        secret: Some(SecretSource::File("b".into())),
        ..KeySources::default()
    };
    assert_eq!(config.keys, expected);
}

#[test]
fn localhost_is_an_address() {
    let listen = config(&["--listen", "localhost:9000"]).unwrap().listen;
    assert_eq!(listen.to_string(), "127.0.0.1:9000");
    let wrong = mistakes(&["--listen", "notlocalhost.example:9000"]);
    assert!(
        wrong[0].starts_with("--listen (CIVICFORGE_LISTEN): "),
        "{wrong:?}"
    );
}

#[test]
fn every_flag_has_its_twin() {
    let command = <Program as clap::CommandFactory>::command();
    command.clone().debug_assert();
    for arg in command
        .get_arguments()
        .filter(|arg| arg.get_long() != Some("help"))
    {
        let twin = read::variable(arg.get_long().unwrap());
        assert_eq!(
            arg.get_env().and_then(|env| env.to_str()),
            Some(twin.as_str())
        );
        assert!(arg.get_help().is_some(), "{twin}");
    }
}

#[test]
fn issuers_in_each_form() {
    let compact = "https://i.example,jwks=https://i.example/jwks,audience=a,audience=b,role=arbiter,roles-claim=groups";
    let json =
        r#"{"issuer":"https://j.example","jwksUrl":"http://127.0.0.1:9/jwks","audiences":["c"]}"#;
    let two = config(&["--trusted-issuer", compact, "--trusted-issuer", json]).unwrap();
    assert_eq!(two.trusted_issuers.len(), 2);
    assert_eq!(two.trusted_issuers[0].audiences, ["a", "b"]);
    assert_eq!(two.trusted_issuers[0].roles_claim, "groups");
    assert_eq!(two.trusted_issuers[0].roles, [UserRole::Arbiter]);
    assert_eq!(two.trusted_issuers[1].roles_claim, "cognito:groups");
    assert_eq!(two.trusted_issuers[1].roles, [], "none is given by default");
    let listed = json.replace('}', r#","roles":["arbiter"]}"#);
    let listed = config(&["--trusted-issuer", &listed]).unwrap();
    assert_eq!(listed.trusted_issuers[0].roles, [UserRole::Arbiter]);
    let array = config(&["--trusted-issuer", &format!("[{json}]")]).unwrap();
    assert_eq!(array.trusted_issuers, two.trusted_issuers[1..]);
}

/// A function would not start with it otherwise.
#[test]
fn the_user_pool_of_the_stack_can_be_trusted() {
    let template = include_str!("../../../sam/template.yaml");
    let lines = template.lines().filter_map(|line| {
        line.trim()
            .strip_prefix("CIVICFORGE_TRUSTED_ISSUER: !Sub '")
    });
    let mut found = 0;
    for line in lines {
        let text = line.trim_end_matches('\'');
        let text = text.replace("${AWS::Region}", "eu-central-1");
        let text = text.replace("${UserPool}", "eu-central-1_AbCdEfGhI");
        let issuers = config(&["--trusted-issuer", &text])
            .unwrap()
            .trusted_issuers;
        assert_eq!(issuers[0].roles, [UserRole::Arbiter]);
        found += 1;
    }
    assert!(found > 0, "the template has no issuer");
}

#[test]
fn issuers_that_can_not_be_trusted() {
    for (text, reason) in [
        ("https://i.example", "expected jwks=URL"),
        (
            "https://i.example,jwks=https://i/k",
            "at least one audience",
        ),
        ("https://i.example,jwks=http://i/k,audience=a", "over https"),
        (
            "https://i.example,jwks=https://i/k,aud=a",
            "expected jwks=, audience=, role= or roles-claim=",
        ),
        // It named the claim once, and must not be taken for roles.
        (
            "https://i.example,jwks=https://i/k,audience=a,roles=groups",
            "expected jwks=, audience=, role= or roles-claim=",
        ),
        (
            "https://i.example,jwks=https://i/k,audience=a,role=queen",
            "\"queen\" is no role",
        ),
        (
            "https://i.example,jwks=https://i/k,audience=a,role=admin",
            "no token makes an admin",
        ),
        (
            r#"{"issuer":"https://i","jwksUrl":"https://i/k","audiences":["a"],"roles":["queen"]}"#,
            "queen",
        ),
        (
            r#"{"issuer":"https://i","jwksUrl":"https://i/k","audiences":["a"],"roles":["admin"]}"#,
            "no token makes an admin",
        ),
        (
            "http://127.0.0.1:8080,jwks=https://i/k,audience=a",
            "is an issuer already",
        ),
        ("{}", "not the JSON of an issuer"),
        ("i,jwks=https://i/k,audience=a", "not a URL"),
    ] {
        let mistakes = mistakes(&["--trusted-issuer", text]);
        assert!(
            mistakes.len() == 1 && mistakes[0].contains(reason),
            "{text}: {mistakes:?}"
        );
    }
}

#[test]
fn a_region_that_is_not_given_is_left_to_the_host() {
    assert!(mistakes(&["--table", "no spaces", "--region", "x"])[0].starts_with("--table"));
    let program = Program::try_parse_from(["civicforge", "--table", "quests"]).unwrap();
    let config = program.serve.validate_in(true).unwrap();
    assert!(matches!(
        config.table,
        TableBackend::DynamoDb { region: None, .. }
    ));
    assert_eq!(config.telemetry.format, LogFormat::Pretty);
}

#[test]
fn jobs_are_on_or_off() {
    assert!(config(&[]).unwrap().jobs);
    assert!(!config(&["--jobs", "off"]).unwrap().jobs);
    let wrong = mistakes(&["--jobs", "some"]);
    assert_eq!(
        wrong,
        ["--jobs (CIVICFORGE_JOBS): \"some\": expected on or off"]
    );
}

#[test]
fn all_origins_or_some() {
    assert_eq!(
        config(&["--cors-origin", "*"]).unwrap().cors,
        CorsOrigins::Any
    );
    assert_eq!(mistakes(&["--cors-origin", "*,https://a.example"]).len(), 1);
    assert_eq!(
        mistakes(&["--cors-origin", "https://a.example/path"]).len(),
        1
    );
}

#[test]
fn metrics_are_asked_for_and_need_lines_of_json() {
    let telemetry = |flags: &[&str]| config(flags).unwrap().telemetry;
    assert_eq!(telemetry(&[]).metrics, None);
    let asked = telemetry(&["--metrics", "emf", "--stage", "prod"]);
    let metrics = |requests| {
        let stage = "prod".to_owned();
        Some(Emf { stage, requests })
    };
    assert_eq!(asked.metrics, metrics(RequestMetrics::Stage));
    let flags = [
        "--metrics=emf",
        "--stage=prod",
        "--request-metrics=operation",
    ];
    assert_eq!(
        telemetry(&flags).metrics,
        metrics(RequestMetrics::Operation)
    );
    let daemon = telemetry(&["--xray-daemon", "127.0.0.1:2000"]).daemon;
    assert_eq!(daemon.map(|daemon| daemon.port()), Some(2000));
    let wrong = [
        "--metrics=prometheus",
        "--request-metrics=all",
        "--metrics-listen=9090",
        "--trust-traces-from=10.0.0.0/33",
        "--stage=no spaces",
        "--stage=",
        "--xray-daemon=localhost",
    ];
    for flag in wrong {
        assert!(
            mistakes(&[flag])[0].starts_with(flag.split_once('=').unwrap().0),
            "{flag}"
        );
    }
    let pretty = mistakes(&["--metrics=emf", "--log-format=pretty"]);
    assert!(pretty[0].contains("needs --log-format json"), "{pretty:?}");
}

#[test]
fn lifetimes_of_tokens_have_bounds_and_an_order() {
    let lifetimes = |access: &str, refresh: &str| {
        let flags = [
            "--access-token-lifetime",
            access,
            "--refresh-token-lifetime",
            refresh,
        ];
        config(&flags).map(|config| {
            let of = config.token_lifetimes;
            (of.access.num_seconds(), of.refresh.num_seconds())
        })
    };
    let config = config(&[]).unwrap();
    assert_eq!(config.token_lifetimes, TokenLifetimes::default());
    assert_eq!(lifetimes("1m", "1h"), Ok((60, 3600)));
    assert_eq!(lifetimes("1day", "90days"), Ok((86_400, 7_776_000)));
    for (access, refresh, expected) in [
        (
            "59s",
            "1h",
            "--access-token-lifetime (CIVICFORGE_ACCESS_TOKEN_LIFETIME): \"59s\": expected a duration from 1m to 1day",
        ),
        (
            "25h",
            "30days",
            "\"25h\": expected a duration from 1m to 1day",
        ),
        (
            "30m",
            "91days",
            "--refresh-token-lifetime (CIVICFORGE_REFRESH_TOKEN_LIFETIME): \"91days\": expected a duration from 1h to",
        ),
        ("30m", "soon", "\"soon\": expected a duration from 1h to"),
        (
            "3h",
            "2h",
            "must not be shorter than CIVICFORGE_ACCESS_TOKEN_LIFETIME",
        ),
    ] {
        let wrong = lifetimes(access, refresh).unwrap_err();
        assert!(wrong.contains(expected), "{wrong}");
    }
}

#[test]
fn documentation_is_on_or_off() {
    assert!(config(&[]).unwrap().docs);
    assert!(!config(&["--docs", "off"]).unwrap().docs);
    let wrong = mistakes(&["--docs", "no"]);
    assert_eq!(
        wrong,
        ["--docs (CIVICFORGE_DOCS): \"no\": expected on or off"]
    );
}

#[test]
fn mails_are_files_until_somebody_says_how_and_from_whom() {
    let here = config(&[]).unwrap().mail;
    assert_eq!(here.carrier, MailCarrier::Folder);
    assert_eq!(here.app_url, None);
    let sent = config(&[
        "--mail=smtp://me:hunter2@mail.example.org?tls=required",
        "--mail-from=Civic Forge <no-reply@example.org>",
        "--app-url=https://app.example.org/members/",
    ]);
    let sent = sent.unwrap();
    assert!(!format!("{sent:?}").contains("hunter2"));
    let from = sent.mail.from.unwrap();
    assert_eq!(from.email.to_string(), "no-reply@example.org");
    let app = "https://app.example.org/members".to_owned();
    assert_eq!(sent.mail.app_url, Some(app));
    let said = mistakes(&[
        "--mail=smtp://me:hunter2@mail.example.org",
        "--mail-from=nobody",
        "--app-url=app.example.org",
        "--trust-addresses-from=10.0.0.0/33",
    ]);
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(
        said.iter().all(|said| !said.contains("hunter2")),
        "{said:?}"
    );
    let said = mistakes(&["--mail=ses"]);
    assert_eq!(said, ["--mail (CIVICFORGE_MAIL): needs --mail-from"]);
}
