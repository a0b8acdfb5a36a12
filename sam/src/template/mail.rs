//! Mails by Amazon SES: who they come from, and what becomes of them.

use crate::Stack;
use crate::spec::Queue;
use crate::yaml::{Item, Map, Yaml, if_else, reference, sub};

use super::logical;

const MAIL: &str = include_str!("../../parts/mail.yaml");
const FEEDBACK: &str = include_str!("../../parts/mail_feedback.yaml");
const OUTPUTS: &str = include_str!("../../parts/mail_outputs.yaml");
const PARAMETERS: &str = include_str!("../../parts/mail_parameters.yaml");

const CONDITIONS: &str = "  MakesMailIdentity: !Not [!Equals [!Ref MailDomain, '']]
  HasMails: !Or
    - !Condition MakesMailIdentity
    - !Condition HasMailIdentity
  HasMailRecords: !And
    - !Condition MakesMailIdentity
    - !Not [!Equals [!Ref HostedZoneId, '']]
";

const RULES: &str = "  MailsHaveSender:
    RuleCondition: !Not [!Equals [!Ref MailDomain, '']]
    Assertions:
      - Assert: !Not [!Equals [!Ref MailFrom, '']]
        AssertDescription: Mails need the address that they come from.
      - Assert: !Not [!Equals [!Ref DomainName, '']]
        AssertDescription: Mails link to the API, which needs a domain name.
";

/// Whether a function sends mails.
pub(super) fn any(stack: &Stack) -> bool {
    let mut functions = stack.source.spec.functions.values();
    functions.any(|function| function.sends_mails)
}

fn if_any(stack: &Stack, part: &str) -> String {
    match any(stack) {
        true => part.to_owned(),
        false => String::new(),
    }
}

pub(super) fn parameters(stack: &Stack) -> String {
    if_any(stack, PARAMETERS)
}

pub(super) fn rules(stack: &Stack) -> String {
    if_any(stack, RULES)
}

pub(super) fn conditions(stack: &Stack) -> String {
    if_any(stack, CONDITIONS)
}

pub(super) fn outputs(stack: &Stack) -> String {
    if_any(stack, OUTPUTS)
}

/// The part of the template, with the queue on which SES tells of mails.
pub(super) fn resources(stack: &Stack) -> String {
    let mut out = if_any(stack, MAIL);
    let told = |(_, queue): &(&String, &Queue)| queue.mail_feedback;
    for (name, _) in stack.source.spec.queues.iter().filter(told) {
        out.push_str(&FEEDBACK.replace("@QUEUE@", &logical(name, "Queue")));
    }
    out
}

/// What a function is told that sends them.
pub(super) fn variables() -> Vec<(&'static str, Yaml)> {
    vec![
        (
            "CIVICFORGE_MAIL_FROM",
            if_else("HasMails", reference("MailFrom"), ""),
        ),
        ("CIVICFORGE_APP_URL", reference("AppUrl")),
        (
            "CIVICFORGE_SES_CONFIGURATION_SET",
            reference("MailConfigurationSet"),
        ),
    ]
}

/// What its role may do: send mails from the one address.
pub(super) fn statement() -> Map {
    let set = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:configuration-set/${MailConfigurationSet}";
    let made = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${MailDomain}";
    let nothing = reference("AWS::NoValue");
    let identity = if_else("HasMailIdentity", reference("MailIdentityArn"), nothing);
    let identity = if_else("MakesMailIdentity", sub(made), identity);
    let resources: Vec<Item> = [sub(set), identity]
        .into_iter()
        .map(|value| Item {
            comment: None,
            value,
        })
        .collect();
    let from = Map::new().with("ses:FromAddress", reference("MailFrom"));
    Map::new()
        .with("Effect", "Allow")
        .with("Action", "ses:SendEmail")
        .with("Resource", resources)
        .with("Condition", Map::new().with("StringEquals", from))
}
