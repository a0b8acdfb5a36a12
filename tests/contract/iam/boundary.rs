//! The permissions boundary of `sam/cicd.yaml`, which every role of a stack has. What a role's policy allows is only allowed where
//! the boundary allows it too.

use serde_norway::Value;

use super::access::Access;
use super::policy::{list, text, texts};

const CICD: &str = include_str!("../../../sam/cicd.yaml");

/// A condition key, and its value in a request.
type Context<'a> = &'a [(&'a str, &'a str)];

/// What a role may be at most.
pub struct Boundary(Value);

impl Boundary {
    pub fn read() -> Self {
        let cicd: Value = serde_norway::from_str(CICD).expect("YAML");
        Self(cicd["Resources"]["Boundary"]["Properties"]["PolicyDocument"]["Statement"].clone())
    }

    /// Whether it lets through what is done with the table, and that the key is used under which the table is encrypted.
    pub fn permits_access(&self, access: &Access) -> bool {
        let on = match &access.index {
            None => "Table.Arn".to_owned(),
            Some(index) => format!("${{Table.Arn}}/index/{index}"),
        };
        self.permits_use(&access.action, &on) && self.permits_key("dynamodb")
    }

    /// Whether it lets an action through, on a resource as the template names it.
    pub fn permits_use(&self, action: &str, on: &str) -> bool {
        let (service, _) = action.split_once(':').expect("a service");
        let table = "table/civicforge-${Stage}-Table-1";
        let resource = match service {
            "dynamodb" => match on.strip_prefix("${Table.Arn}") {
                Some(index) => format!("{table}{index}"),
                None => table.to_owned(),
            },
            "events" => format!("event-bus/civicforge-${{Stage}}-{on}"),
            "sqs" => format!("civicforge-${{Stage}}-{on}"),
            "secretsmanager" => return self.permits_secret(action, on),
            "logs" => format!("log-group:{on}"),
            "ses" => {
                let on = on.replace("${MailConfigurationSet}", "civicforge-${Stage}-mails");
                return self.permits(action, &on, &[]);
            }
            "s3" => {
                let (bucket, key) = match on.strip_prefix("${") {
                    Some(of_bucket) => of_bucket.split_once('}').expect("a bucket"),
                    None => (on, ""),
                };
                let bucket = bucket.trim_end_matches(".Arn").to_lowercase();
                let bucket =
                    format!("arn:${{AWS::Partition}}:s3:::civicforge-${{Stage}}-{bucket}-1");
                return self.permits(action, &format!("{bucket}{key}"), &[]);
            }
            "xray" => return self.permits(action, "*", &[]),
            other => panic!("nobody has said what resources of {other} are called"),
        };
        self.permits(action, &arn(service, &resource), &[])
    }

    fn permits_secret(&self, action: &str, on: &str) -> bool {
        let secret = arn("secretsmanager", &format!("secret:{on}-AbCdEf"));
        // The tags of a stack are on all that is made for it.
        let tag = [("aws:ResourceTag/civicforge:stage", "Stage")];
        self.permits(action, &secret, &tag) && self.permits_key("secretsmanager")
    }

    /// Whether a service may use its own key for a role.
    fn permits_key(&self, service: &str) -> bool {
        let via = format!("{service}.${{AWS::Region}}.amazonaws.com");
        self.permits(
            "kms:Decrypt",
            &arn("kms", "key/1"),
            &[("kms:ViaService", &via)],
        )
    }

    fn permits(&self, action: &str, resource: &str, context: Context<'_>) -> bool {
        list(&self.0).into_iter().any(|statement| {
            assert_eq!(statement["Effect"], "Allow");
            texts(&statement["Action"])
                .iter()
                .any(|allowed| allowed == action)
                && texts(&statement["Resource"])
                    .iter()
                    .any(|pattern| matches(pattern, resource))
                && holds(&statement["Condition"], context)
        })
    }
}

fn arn(service: &str, resource: &str) -> String {
    format!("arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}")
}

fn holds(conditions: &Value, context: Context<'_>) -> bool {
    let operators = conditions.as_mapping().into_iter().flatten();
    let mut keys = operators.flat_map(|(operator, keys)| {
        assert_eq!(
            text(operator),
            "StringEquals",
            "nobody has said what it means"
        );
        keys.as_mapping().expect("condition keys")
    });
    keys.all(|(key, values)| {
        let key = text(key);
        let found = context.iter().find(|(name, _)| *name == key);
        found.is_some_and(|(_, value)| texts(values).iter().any(|allowed| allowed == value))
    })
}

/// `*` stands for any text.
fn matches(pattern: &str, value: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = value.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}
