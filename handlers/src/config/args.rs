//! What can be typed. Values are texts here, so that all mistakes can be reported at once.

use clap::Args;
use clap::builder::FalseyValueParser;

use super::settings;

/// The flag that names the data folder, for every command that has one.
#[derive(Args, Clone, Debug, Default)]
pub struct FolderArgs {
    /// Folder for keys and the embedded database [default: .civicforge]
    #[arg(long, env = "CIVICFORGE_DATA_DIR", value_name = "FOLDER")]
    pub data_dir: Option<String>,
}

/// The flags that say where the data is; each has an environment variable.
#[derive(Args, Clone, Debug, Default)]
pub struct StorageArgs {
    /// Where the data of this machine is.
    #[command(flatten)]
    pub folder: FolderArgs,

    /// Use this DynamoDB table instead of the embedded database
    #[arg(long, env = settings::TABLE.variable, value_name = "NAME")]
    pub table: Option<String>,

    /// Endpoint of the table, if it is not the region's own
    #[arg(long, env = settings::DYNAMODB_ENDPOINT.variable, value_name = "URL")]
    pub dynamodb_endpoint: Option<String>,

    /// AWS region of the table [default: that of the environment, the profile or the instance]
    #[arg(long, env = "CIVICFORGE_REGION", value_name = "REGION")]
    pub region: Option<String>,
}

/// The flags of `civicforge serve`; each has an environment variable.
// The comments on the fields are the help text.
#[allow(
    rustdoc::bare_urls,
    rustdoc::invalid_html_tags,
    reason = "a terminal shows them, not a browser"
)]
#[derive(Args, Clone, Default)]
pub struct ServeArgs {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(
        long,
        env = "CIVICFORGE_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:8080"
    )]
    pub listen: Option<String>,

    /// URL under which clients reach the server, if it is behind a proxy [default: http://<listen>]
    #[arg(long, env = settings::PUBLIC_URL.variable, value_name = "URL")]
    pub public_url: Option<String>,

    /// Address and port of the storage of files, on which images are uploaded and shown [default: the
    /// port after that of --listen, or after those of --demo-vendors]
    #[arg(long, env = "CIVICFORGE_MEDIA_LISTEN", value_name = "ADDRESS:PORT")]
    pub media_listen: Option<String>,

    /// URL under which clients reach the storage of files, if it is behind a proxy, which hands on its Host [default:
    /// http://<media-listen>]
    #[arg(long, env = "CIVICFORGE_MEDIA_URL", value_name = "URL")]
    pub media_url: Option<String>,

    /// Bucket of Amazon S3 that images are uploaded to, for servers that share a table, with --images-bucket,
    /// --exports-bucket and --media-url [default: none, and files are in the data folder]
    #[arg(long, env = settings::UPLOADS_BUCKET.variable, value_name = "NAME")]
    pub uploads_bucket: Option<String>,

    /// Bucket of Amazon S3 with the images that everybody may see, which --media-url shows
    #[arg(long, env = settings::IMAGES_BUCKET.variable, value_name = "NAME")]
    pub images_bucket: Option<String>,

    /// Bucket of Amazon S3 with what members get who ask for everything about them
    #[arg(long, env = settings::EXPORTS_BUCKET.variable, value_name = "NAME")]
    pub exports_bucket: Option<String>,

    /// Endpoint of Amazon S3, if it is not the region's own
    #[arg(long, env = settings::S3_ENDPOINT.variable, value_name = "URL")]
    pub s3_endpoint: Option<String>,

    /// Where the data is.
    #[command(flatten)]
    pub place: StorageArgs,

    /// Keep everything in memory: nothing is left after exit
    #[arg(long, env = "CIVICFORGE_IN_MEMORY", value_parser = FalseyValueParser::new())]
    pub in_memory: bool,

    /// Start ClickUp, Neon CRM, Slack and Discourse on this machine too, in memory, with some tasks: for a look at how tasks are
    /// kept in sync, without an account anywhere. The data is in .civicforge-demo then
    #[arg(long, env = "CIVICFORGE_DEMO_VENDORS", value_parser = FalseyValueParser::new())]
    pub demo_vendors: bool,

    /// Make new keys where those of an existing database are missing, instead of refusing to start
    #[arg(long, env = "CIVICFORGE_NEW_KEYS", value_parser = FalseyValueParser::new())]
    pub new_keys: bool,

    /// Web origin that may call the API, such as https://app.example.org, or '*'; repeatable, and
    /// separated by commas in the variable
    #[arg(
        long,
        env = settings::CORS_ORIGIN.variable,
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    pub cors_origin: Vec<String>,

    /// Whether this process also expires quests, gives pending rewards, and delivers messages: on or off. With off it
    /// only serves; another process or the functions must do the work
    #[arg(
        long,
        env = "CIVICFORGE_JOBS",
        value_name = "on|off",
        default_value = "on"
    )]
    pub jobs: Option<String>,

    /// Whether the contract and its documentation are served (/docs, /openapi.json, /openapi.yaml, /events.json, and / leads to
    /// them): on or off
    #[arg(
        long,
        env = "CIVICFORGE_DOCS",
        value_name = "on|off",
        default_value = "on"
    )]
    pub docs: Option<String>,

    /// How log lines look: json or pretty [default: pretty on a terminal, json otherwise]
    #[arg(long, env = "CIVICFORGE_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<String>,

    /// Metrics in the log lines: emf (CloudWatch's embedded metric format; needs JSON) or off
    #[arg(
        long,
        env = "CIVICFORGE_METRICS",
        value_name = "FORMAT",
        default_value = "off"
    )]
    pub metrics: Option<String>,

    /// Which metrics of requests are among them: none, stage (of all requests together) or operation (of each operation
    /// too; CloudWatch asks for each)
    #[arg(
        long,
        env = settings::REQUEST_METRICS.variable,
        value_name = "none|stage|operation",
        default_value = settings::REQUEST_METRICS.default
    )]
    pub request_metrics: Option<String>,

    /// Where Prometheus scrapes metrics, at /metrics: a port of its own [default: nowhere]
    #[arg(long, env = "CIVICFORGE_METRICS_LISTEN", value_name = "ADDRESS:PORT")]
    pub metrics_listen: Option<String>,

    /// Which of your installations it is; a dimension of all metrics
    #[arg(
        long,
        env = "CIVICFORGE_STAGE",
        value_name = "NAME",
        default_value = "local"
    )]
    pub stage: Option<String>,

    /// Where the X-Ray daemon listens; segments of recorded traces are sent to it
    #[arg(long, env = "CIVICFORGE_XRAY_DAEMON", value_name = "ADDRESS:PORT")]
    pub xray_daemon: Option<String>,

    /// Whose traces are continued (traceparent, X-Amzn-Trace-Id): networks such as 10.0.0.0/8, of proxies and callers
    /// that set these headers themselves; repeatable [default: none]
    #[arg(
        long,
        env = "CIVICFORGE_TRUST_TRACES_FROM",
        value_name = "CIDR",
        value_delimiter = ','
    )]
    pub trust_traces_from: Vec<String>,

    /// Whose X-Forwarded-For says where a request comes from: networks such as 10.0.0.0/8, of the proxies in front of the server;
    /// repeatable [default: none]
    #[arg(
        long,
        env = "CIVICFORGE_TRUST_ADDRESSES_FROM",
        value_name = "CIDR",
        value_delimiter = ','
    )]
    pub trust_addresses_from: Vec<String>,

    /// Which log lines are written, such as info or civicforge_handlers=debug,info
    #[arg(
        long,
        env = settings::LOG_FILTER.variable,
        value_name = "FILTER",
        default_value = settings::LOG_FILTER.default
    )]
    pub log_filter: Option<String>,

    /// Most bytes of a request's body
    #[arg(
        long,
        env = settings::MAX_BODY_BYTES.variable,
        value_name = "BYTES",
        default_value = settings::MAX_BODY_BYTES.default
    )]
    pub max_body_bytes: Option<String>,

    /// How long a request may take
    #[arg(
        long,
        env = settings::REQUEST_TIMEOUT.variable,
        value_name = "DURATION",
        default_value = settings::REQUEST_TIMEOUT.default
    )]
    pub request_timeout: Option<String>,

    /// How long requests in flight may go on after the signal to stop
    #[arg(
        long,
        env = "CIVICFORGE_SHUTDOWN_GRACE",
        value_name = "DURATION",
        default_value = "30s"
    )]
    pub shutdown_grace: Option<String>,

    /// The iss claim of our own tokens [default: the public URL]
    #[arg(long, env = settings::TOKEN_ISSUER.variable, value_name = "URL")]
    pub token_issuer: Option<String>,

    /// The aud claim of our own tokens
    #[arg(
        long,
        env = settings::TOKEN_AUDIENCE.variable,
        value_name = "NAME",
        default_value = settings::TOKEN_AUDIENCE.default
    )]
    pub token_audience: Option<String>,

    /// How long an access token is good for, 1m to 1day: what is taken from a member goes on for so long
    #[arg(
        long,
        env = settings::ACCESS_TOKEN_LIFETIME.variable,
        value_name = "DURATION",
        default_value = settings::ACCESS_TOKEN_LIFETIME.default
    )]
    pub access_token_lifetime: Option<String>,

    /// How long a refresh token is good for, 1h to 90days: a member who does nothing for so long logs in again
    #[arg(
        long,
        env = settings::REFRESH_TOKEN_LIFETIME.variable,
        value_name = "DURATION",
        default_value = settings::REFRESH_TOKEN_LIFETIME.default
    )]
    pub refresh_token_lifetime: Option<String>,

    /// Accept the access tokens of this issuer too: ISSUER,jwks=URL,audience=NAME, with role=ROLE for
    /// each role that its tokens may carry, and roles-claim=CLAIM; or an object (or an array of them) in JSON with issuer,
    /// jwksUrl, audiences, roles, rolesClaim; repeatable
    #[arg(long, env = settings::TRUSTED_ISSUER.variable, value_name = "ISSUER")]
    pub trusted_issuer: Vec<String>,

    /// RSA private keys in PEM that sign access tokens: the first one signs, and all of them verify; better given in the
    /// variable than on the command line [default: kept in the data folder]
    #[arg(
        long,
        env = "CIVICFORGE_SIGNING_KEYS",
        value_name = "PEM",
        hide_env_values = true
    )]
    pub signing_keys: Option<String>,

    /// File with the signing keys, such as a mounted secret; what changes in it is used within a second
    #[arg(long, env = "CIVICFORGE_SIGNING_KEYS_FILE", value_name = "FILE")]
    pub signing_keys_file: Option<String>,

    /// Secret of AWS Secrets Manager with the signing keys; what changes in it is used within five minutes
    #[arg(long, env = "CIVICFORGE_SIGNING_KEYS_ARN", value_name = "ARN")]
    pub signing_keys_arn: Option<String>,

    /// 32 bytes in base64 that authenticate page tokens; of several lines the first one is used, and what was made with the
    /// others is accepted; better given in the variable than on the command line [default: kept in the data folder]
    #[arg(
        long,
        env = "CIVICFORGE_SECRET",
        value_name = "BASE64",
        hide_env_values = true
    )]
    pub secret: Option<String>,

    /// File with the secret, such as a mounted secret; what changes in it is used within a second
    #[arg(long, env = "CIVICFORGE_SECRET_FILE", value_name = "FILE")]
    pub secret_file: Option<String>,

    /// Secret of AWS Secrets Manager with the secret; what changes in it is used within five minutes
    #[arg(long, env = "CIVICFORGE_SECRET_ARN", value_name = "ARN")]
    pub secret_arn: Option<String>,

    /// The other systems that tasks are kept in sync with, in JSON (docs/sync.md); better given in the variable than on the
    /// command line [default: none]
    #[arg(
        long,
        env = "CIVICFORGE_VENDORS",
        value_name = "JSON",
        hide_env_values = true
    )]
    pub vendors: Option<String>,

    /// File with the settings of the other systems, such as a mounted secret; what changes in it is used within five minutes
    #[arg(long, env = "CIVICFORGE_VENDORS_FILE", value_name = "FILE")]
    pub vendors_file: Option<String>,

    /// Secret of AWS Secrets Manager with the settings of the other systems; what changes in it is used within five minutes
    #[arg(long, env = "CIVICFORGE_VENDORS_ARN", value_name = "ARN")]
    pub vendors_arn: Option<String>,

    /// How mails are sent: folder (each becomes a file in the folder mail of the data folder), ses (Amazon SES), or the URL of a server
    /// of SMTP, smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST?tls=required; better given in the variable than on
    /// the command line
    #[arg(
        long,
        env = "CIVICFORGE_MAIL",
        value_name = "folder|ses|URL",
        default_value = "folder",
        hide_env_values = true
    )]
    pub mail: Option<String>,

    /// Who mails are from, such as 'CivicForge <no-reply@example.org>'; needed where they are sent
    #[arg(long, env = settings::MAIL_FROM.variable, value_name = "ADDRESS")]
    pub mail_from: Option<String>,

    /// URL of the frontend, whose pages verify-email and reset-password take the tokens of mails [default: none, and mails have the
    /// tokens themselves]
    #[arg(long, env = settings::APP_URL.variable, value_name = "URL")]
    pub app_url: Option<String>,

    /// Endpoint of Amazon SES, if it is not the region's own
    #[arg(long, env = settings::SES_ENDPOINT.variable, value_name = "URL")]
    pub ses_endpoint: Option<String>,

    /// Configuration set of Amazon SES that says where bounces and complaints go
    #[arg(long, env = settings::SES_CONFIGURATION_SET.variable, value_name = "NAME")]
    pub ses_configuration_set: Option<String>,

    /// Endpoint of AWS Secrets Manager, if it is not the region's own
    #[arg(long, env = settings::SECRETS_ENDPOINT.variable, value_name = "URL")]
    pub secrets_endpoint: Option<String>,

    /// Bus of Amazon EventBridge that events are published on, by name or ARN; every process that delivers messages of
    /// a table must have the same [default: none, and the log has a line for each]
    #[arg(long, env = settings::EVENT_BUS.variable, value_name = "BUS")]
    pub event_bus: Option<String>,

    /// Endpoint of EventBridge, if it is not the region's own
    #[arg(long, env = settings::EVENTS_ENDPOINT.variable, value_name = "URL")]
    pub events_endpoint: Option<String>,

    /// Memory of one password hash; lower it in tests only
    #[arg(
        long,
        env = settings::PASSWORD_MEMORY_KIB.variable,
        value_name = "KIB",
        default_value = settings::PASSWORD_MEMORY_KIB.default
    )]
    pub password_memory_kib: Option<String>,

    /// Passes over the memory of one password hash
    #[arg(
        long,
        env = settings::PASSWORD_PASSES.variable,
        value_name = "N",
        default_value = settings::PASSWORD_PASSES.default
    )]
    pub password_passes: Option<String>,

    /// Passwords that are hashed at once [default: the number of cores]
    #[arg(long, env = "CIVICFORGE_PASSWORD_CONCURRENCY", value_name = "N")]
    pub password_concurrency: Option<String>,
}

impl std::fmt::Debug for ServeArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Some of the texts are secrets. What is worth printing is the `Config`.
        f.debug_struct("ServeArgs").finish_non_exhaustive()
    }
}
