//! The kinds of problems. Their names are stable: people put them into scripts.

use std::fmt;

use civicforge_codegen::diagnostic::{self, Kind, Severity};

/// A problem with `functions.yaml`, with the contract, or with the two together.
pub type Problem = diagnostic::Diagnostic<Code>;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal;)+) => {
        /// What kind of problem a diagnostic reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            /// One that the generator of the server reports as well: the text, or the contract.
            Document(diagnostic::Code),
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code of this generator.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its stable name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    Self::Document(code) => code.name(),
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

codes! {
    /// A field that must be there is missing.
    MissingField = "missing-field";
    /// A field that there is not.
    UnknownField = "unknown-field";
    /// A value of the wrong kind, such as a text for a number.
    WrongKind = "wrong-kind";
    /// A value of the right kind that cannot stand here.
    BadValue = "bad-value";
    /// A number that AWS does not take here.
    OutOfRange = "out-of-range";
    /// The name of a function, a queue or a list of attributes that cannot be one.
    BadName = "bad-name";
    /// The same thing twice in one list.
    Duplicate = "duplicate";

    /// An operation that the contract does not have.
    UnknownOperation = "unknown-operation";
    /// An operation of the contract that no function serves.
    UnservedOperation = "unserved-operation";
    /// An operation that two functions serve.
    ServedTwice = "served-twice";
    /// A function with neither operations nor events, or with both.
    FunctionKind = "function-kind";
    /// A function for requests that may take longer than API Gateway waits.
    HttpTimeout = "http-timeout";
    /// An entry of `events` with none of its fields, or with several.
    BadTrigger = "bad-trigger";
    /// A function whose operations take tokens, and that reads no keys to verify them with.
    MissingKeys = "missing-keys";
    /// A schedule that EventBridge Scheduler does not take.
    BadSchedule = "bad-schedule";
    /// A queue that is not in `queues`.
    UnknownQueue = "unknown-queue";
    /// A queue that no function receives from, or that several do.
    QueueConsumer = "queue-consumer";

    /// More pipes on the table's stream than may read it.
    TooManyStreams = "too-many-streams";
    /// A program that is not in `programs`.
    UnknownProgram = "unknown-program";
    /// A secret that is not in `secrets`.
    UnknownSecret = "unknown-secret";
    /// A bucket that is not in `buckets`.
    UnknownBucket = "unknown-bucket";
    /// A bus that is not in `buses`.
    UnknownBus = "unknown-bus";
    /// A program that no function runs, a secret that none reads, a bus that none publishes on, or a limit for no path.
    Unused = "unused";

    /// Actions that cannot stand in one grant, or not on an index.
    BadActions = "bad-actions";
    /// A grant about items that does not say which, or one about the table that does.
    GrantKeys = "grant-keys";
    /// A write without the attributes that it may name, or a read with some.
    GrantAttributes = "grant-attributes";
    /// A list of attributes that is not in `attributes`, or that nothing uses.
    AttributeList = "attribute-list";

    /// What only the other kind of API has.
    OtherApi = "other-api";
    /// A path that API Gateway does not take.
    GatewayPath = "gateway-path";
    /// A construct of the contract that the template cannot carry.
    GatewayUnsupported = "gateway-unsupported";

    /// More resources than a REST API may have.
    TooManyApiResources = "too-many-api-resources";
    /// More routes than an HTTP API may have.
    TooManyApiRoutes = "too-many-api-routes";
    /// More cache behaviors than a CloudFront distribution may have.
    TooManyBehaviors = "too-many-behaviors";
    /// More resources than a CloudFormation stack may have.
    TooManyResources = "too-many-resources";
    /// A template that is longer than CloudFormation reads.
    TemplateTooLarge = "template-too-large";
    /// A role whose policies are longer than IAM takes.
    PolicyTooLarge = "policy-too-large";
}

impl Kind for Code {
    fn severity(&self) -> Severity {
        match self {
            Self::Document(code) => code.severity(),
            _ => Severity::Error,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
