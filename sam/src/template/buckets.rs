//! Buckets, and what tells functions of their objects.

use crate::Stack;
use crate::spec::{Bucket, Cors, ObjectTrigger};
use crate::yaml::{Map, Yaml, attribute, if_else, line, nothing, reference, sub};

use super::functions::invocable;
use super::{logical, queues};

pub(super) const INTRODUCTION: &str = "Buckets. Nobody reads them but roles, and the distribution those that it serves. They outlive the stack.";

pub(super) const TRIGGERS: &str = "What tells functions of objects. EventBridge does, because a bucket that named its function \
    would be needed by the role of that function.";

/// Where events go that a function has not taken, or has failed on.
pub(super) const DEAD_LETTERS: &str = "ObjectDeadLetterQueue";

/// The logical id of a bucket that a grant names. One of the stack's own parts can be named too.
pub(super) fn id(name: &str) -> String {
    logical(name, "Bucket")
}

/// The buckets that no function of `functions.yaml` has to declare.
pub const OF_THE_STACK: [&str; 1] = ["publishedSpec"];

/// Their resources by name.
pub(super) fn resources(stack: &Stack) -> Vec<(String, Map)> {
    let mut out = Vec::new();
    for (name, bucket) in &stack.source.spec.buckets {
        out.push((id(name), itself(stack, name, bucket)));
        out.push((logical(name, "BucketPolicy"), bucket_policy(name, bucket)));
        if bucket.served.is_some() {
            out.push((logical(name, "Access"), access(name)));
        }
    }
    out
}

/// Buckets that the distribution serves, with their paths.
pub(super) fn served(stack: &Stack) -> impl Iterator<Item = (&str, &str)> {
    let buckets = stack.source.spec.buckets.iter();
    buckets.filter_map(|(name, bucket)| Some((name.as_str(), bucket.served.as_deref()?)))
}

/// How the distribution shows who it is.
fn access(name: &str) -> Map {
    let config = Map::new()
        .with("Name", sub(format!("${{AWS::StackName}}-{name}")))
        .with("OriginAccessControlOriginType", "s3")
        .with("SigningBehavior", "always")
        .with("SigningProtocol", "sigv4");
    Map::new()
        .with("Type", "AWS::CloudFront::OriginAccessControl")
        .with(
            "Properties",
            Map::new().with("OriginAccessControlConfig", config),
        )
}

/// The bucket as an origin of the distribution.
pub(super) fn origin(name: &str) -> Map {
    let config = Map::new().with("OriginAccessIdentity", "");
    Map::new()
        .with("Id", name)
        .with(
            "DomainName",
            attribute(format!("{}.RegionalDomainName", id(name))),
        )
        .with(
            "OriginAccessControlId",
            attribute(format!("{}.Id", logical(name, "Access"))),
        )
        .with("S3OriginConfig", Yaml::Inline(config))
}

fn itself(stack: &Stack, name: &str, bucket: &Bucket) -> Map {
    let algorithm = Map::new().with("SSEAlgorithm", "AES256");
    let encryption = Map::new().with("ServerSideEncryptionByDefault", Yaml::Inline(algorithm));
    let closed = Map::new()
        .with("BlockPublicAcls", true)
        .with("BlockPublicPolicy", true)
        .with("IgnorePublicAcls", true)
        .with("RestrictPublicBuckets", true);
    let owner = Map::new().with("ObjectOwnership", "BucketOwnerEnforced");
    let log = Map::new()
        .with("DestinationBucketName", reference("LogBucket"))
        .with("LogFilePrefix", format!("s3/{name}/"));
    let mut properties = Map::new()
        .with(
            "BucketEncryption",
            Map::new().with("ServerSideEncryptionConfiguration", vec![encryption]),
        )
        .with("OwnershipControls", Map::new().with("Rules", vec![owner]))
        .with("PublicAccessBlockConfiguration", closed)
        .with("LoggingConfiguration", log)
        .with(
            "LifecycleConfiguration",
            Map::new().with("Rules", lifecycle(bucket)),
        );
    if bucket.versions.is_some() {
        let status = Map::new().with("Status", "Enabled");
        properties.put("VersioningConfiguration", status);
    }
    if let Some(cors) = &bucket.cors {
        properties.put("CorsConfiguration", browsers(cors));
    }
    if triggers(stack).any(|(_, trigger)| trigger.bucket == name) {
        let bridge = Map::new().with("EventBridgeEnabled", true);
        properties.put(
            "NotificationConfiguration",
            Map::new().with("EventBridgeConfiguration", bridge),
        );
    }
    Map::new()
        .with_comment(bucket.description.as_str(), "Type", "AWS::S3::Bucket")
        .with("DeletionPolicy", "Retain")
        .with("UpdateReplacePolicy", "Retain")
        .with("Properties", properties)
}

/// Uploads that were never ended, and what is to be gone when it is old.
fn lifecycle(bucket: &Bucket) -> Vec<Map> {
    let abort = Map::new().with("DaysAfterInitiation", 1);
    let uploads = Map::new()
        .with("Id", "uploads")
        .with("Status", "Enabled")
        .with("AbortIncompleteMultipartUpload", Yaml::Inline(abort));
    let old = bucket.expires.iter().enumerate().map(|(index, expiry)| {
        Map::new()
            .with("Id", format!("expires{}", index + 1))
            .with("Status", "Enabled")
            .with("Prefix", expiry.prefix.as_str())
            .with("ExpirationInDays", expiry.days)
    });
    let versions = bucket.versions.map(|days| {
        let expires = Map::new().with("NoncurrentDays", days);
        Map::new()
            .with("Id", "versions")
            .with("Status", "Enabled")
            .with("NoncurrentVersionExpiration", Yaml::Inline(expires))
            // Else what is deleted leaves a mark for ever.
            .with("ExpiredObjectDeleteMarker", true)
    });
    std::iter::once(uploads)
        .chain(old)
        .chain(versions)
        .collect()
}

/// Without an origin there is nothing to allow.
fn browsers(cors: &Cors) -> Yaml {
    let origins = Yaml::Tagged(
        "!Split",
        Box::new(line([Yaml::from(","), reference("CorsOrigins")])),
    );
    let mut rule = Map::new()
        .with("AllowedOrigins", origins)
        .with(
            "AllowedMethods",
            line(cors.methods.iter().map(|method| method.name())),
        )
        .with("ExposedHeaders", line(["ETag"]))
        .with("MaxAge", 3600);
    if !cors.headers.is_empty() {
        rule.put(
            "AllowedHeaders",
            line(cors.headers.iter().map(String::as_str)),
        );
    }
    if_else(
        "HasCorsOrigins",
        Map::new().with("CorsRules", vec![rule]),
        nothing(),
    )
}

/// Who may what, beside roles.
fn bucket_policy(name: &str, bucket: &Bucket) -> Map {
    let reading = bucket.served.as_ref().map(|_| distribution_reads(name));
    let statements: Vec<Map> = reading.into_iter().chain([encrypted_only(name)]).collect();
    let document = Map::new()
        .with("Version", "2012-10-17")
        .with("Statement", statements);
    Map::new().with("Type", "AWS::S3::BucketPolicy").with(
        "Properties",
        Map::new()
            .with("Bucket", reference(id(name)))
            .with("PolicyDocument", document),
    )
}

fn distribution_reads(name: &str) -> Map {
    let distribution =
        "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}";
    let condition = Map::new().with("aws:SourceArn", sub(distribution));
    let service = Map::new().with("Service", "cloudfront.amazonaws.com");
    Map::new()
        .with("Sid", "DistributionReads")
        .with("Effect", "Allow")
        .with("Principal", Yaml::Inline(service))
        .with("Action", "s3:GetObject")
        .with("Resource", sub(format!("${{{}.Arn}}/*", id(name))))
        .with("Condition", Map::new().with("StringEquals", condition))
}

fn encrypted_only(name: &str) -> Map {
    let bucket = id(name);
    let resources: Vec<Yaml> = vec![
        attribute(format!("{bucket}.Arn")),
        sub(format!("${{{bucket}.Arn}}/*")),
    ];
    Map::new()
        .with("Sid", "EncryptedTransportOnly")
        .with("Effect", "Deny")
        .with("Principal", "*")
        .with("Action", "s3:*")
        .with("Resource", resources)
        .with(
            "Condition",
            Map::new().with("Bool", Map::new().with("aws:SecureTransport", "false")),
        )
}

/// Functions with what they are told of.
fn triggers(stack: &Stack) -> impl Iterator<Item = (&str, &ObjectTrigger)> {
    let functions = stack.source.spec.functions.iter();
    functions.flat_map(|(name, function)| {
        let objects = function.events.iter().filter_map(|e| e.object.as_ref());
        objects.map(move |trigger| (name.as_str(), trigger))
    })
}

/// Whether a function is told of objects.
pub(super) fn any_trigger(stack: &Stack) -> bool {
    triggers(stack).next().is_some()
}

/// The rules that tell functions of objects, by name, and what they may.
pub(super) fn rules(stack: &Stack) -> Vec<(String, Map)> {
    let mut out: Vec<(String, Map)> = Vec::new();
    let mut rules = Vec::new();
    for (function, trigger) in triggers(stack) {
        let start = logical(function, "ObjectRule");
        let others = rules.iter().filter(|id: &&String| id.starts_with(&start));
        let number = match others.count() {
            0 => String::new(),
            more => (more + 1).to_string(),
        };
        let id = format!("{start}{number}");
        let permission = logical(function, &format!("ObjectPermission{number}"));
        out.push((id.clone(), rule(function, trigger)));
        out.push((permission, may_invoke(function, &id)));
        rules.push(id);
    }
    if rules.is_empty() {
        return out;
    }
    let properties = Map::new()
        .with("SqsManagedSseEnabled", true)
        .with("MessageRetentionPeriod", queues::LONGEST);
    let queue = Map::new()
        .with("Type", "AWS::SQS::Queue")
        .with("Properties", properties);
    out.push((DEAD_LETTERS.to_owned(), queue));
    out.push((format!("{DEAD_LETTERS}Policy"), may_send(&rules)));
    out
}

fn rule(function: &str, trigger: &ObjectTrigger) -> Map {
    let bucket = Map::new().with("name", vec![reference(id(&trigger.bucket))]);
    let mut detail = Map::new().with("bucket", bucket);
    if let Some(prefix) = &trigger.prefix {
        let prefix = Map::new().with("prefix", prefix.as_str());
        detail.put("object", Map::new().with("key", vec![Yaml::Inline(prefix)]));
    }
    let pattern = Map::new()
        .with("source", line(["aws.s3"]))
        .with("detail-type", line([trigger.event.name()]))
        .with("detail", detail);
    let target = Map::new()
        .with("Id", "function")
        .with(
            "Arn",
            reference(format!("{}.Alias", logical(function, "Function"))),
        )
        .with(
            "DeadLetterConfig",
            Map::new().with("Arn", attribute(format!("{DEAD_LETTERS}.Arn"))),
        );
    Map::new().with("Type", "AWS::Events::Rule").with(
        "Properties",
        Map::new()
            .with("EventPattern", pattern)
            .with("Targets", vec![target]),
    )
}

fn may_invoke(function: &str, rule: &str) -> Map {
    let rule = Map::new().with("SourceArn", attribute(format!("{rule}.Arn")));
    invocable(function, "events.amazonaws.com", rule)
}

/// The rules may put on the queue what a function did not take.
fn may_send(rules: &[String]) -> Map {
    let rules: Vec<Yaml> = rules
        .iter()
        .map(|rule| attribute(format!("{rule}.Arn")))
        .collect();
    let statement = Map::new()
        .with("Effect", "Allow")
        .with(
            "Principal",
            Map::new().with("Service", "events.amazonaws.com"),
        )
        .with("Action", "sqs:SendMessage")
        .with("Resource", attribute(format!("{DEAD_LETTERS}.Arn")))
        .with(
            "Condition",
            Map::new().with("ArnEquals", Map::new().with("aws:SourceArn", rules)),
        );
    let document = Map::new()
        .with("Version", "2012-10-17")
        .with("Statement", vec![statement]);
    Map::new().with("Type", "AWS::SQS::QueuePolicy").with(
        "Properties",
        Map::new()
            .with("Queues", vec![reference(DEAD_LETTERS)])
            .with("PolicyDocument", document),
    )
}
