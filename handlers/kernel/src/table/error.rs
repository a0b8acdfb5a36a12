//! What can go wrong with the table, as a closed set.
//!
//! The SDK reports some forty error types, most of which no caller can act on. A handler needs to
//! know five things apart: a condition did not hold (a rule of the domain, so usually a 409), other
//! writers kept getting in the way, the table cannot be reached (503 and `Retry-After`), an item
//! does not read as what it should be, and the table refuses the request as such (a defect of ours).

use std::fmt;
use std::time::Duration;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::CancellationReason;

use super::item::Item;
use super::transact::Slot;

/// How long a caller is asked to wait after the table could not be reached.
const RETRY_AFTER: Duration = Duration::from_secs(2);
/// How long a caller is asked to wait after losing to other writers again and again.
const RETRY_AFTER_CONTENTION: Duration = Duration::from_secs(1);

/// A failed call to the table.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// One or more conditions of the write did not hold, so nothing was written.
    #[error("{0}")]
    ConditionFailed(FailedConditions),
    /// Other writes to the same items kept getting in the way for as long as the budget allowed;
    /// nothing was written.
    #[error("{operation}: other writes to the same items kept getting in the way")]
    Contended {
        /// The DynamoDB operation.
        operation: &'static str,
        /// When to try again.
        retry_after: Duration,
    },
    /// The table is throttled, slow, failing or out of reach. A write may or may not have happened.
    #[error("{operation}: the table is not available: {detail}")]
    Unavailable {
        /// The DynamoDB operation.
        operation: &'static str,
        /// When to try again.
        retry_after: Duration,
        /// What happened, for the log.
        detail: String,
    },
    /// An item, or a value on its way to becoming one, does not have the shape that it should have.
    #[error("{at}: {detail}")]
    Corrupt {
        /// The item's key, or what was being written.
        at: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The table refuses the request as such: it does not exist, access is denied, an expression is
    /// wrong, an item is too large. Trying again does not help.
    #[error("{operation}: the table refuses the request: {code}: {detail}")]
    Rejected {
        /// The DynamoDB operation.
        operation: &'static str,
        /// DynamoDB's name for the error.
        code: String,
        /// DynamoDB's message.
        detail: String,
    },
}

impl StoreError {
    /// When it makes sense to try again, where it does.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Contended { retry_after, .. } | Self::Unavailable { retry_after, .. } => {
                Some(*retry_after)
            }
            Self::ConditionFailed(_) | Self::Corrupt { .. } | Self::Rejected { .. } => None,
        }
    }

    /// Whether an item is at fault, and not the table or the way to it: it is damaged, or the table refuses a change of it,
    /// because an attribute is of another type than the change expects. Trying again does not help, and other items are fine.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Corrupt { .. } => true,
            Self::Rejected { code, .. } => code == "ValidationException",
            _ => false,
        }
    }

    /// The conditions that did not hold, where that is what went wrong.
    pub fn failed_conditions(&self) -> Option<&FailedConditions> {
        match self {
            Self::ConditionFailed(failed) => Some(failed),
            _ => None,
        }
    }

    /// The table does not answer, or not now: trying again later may help.
    pub fn unavailable(operation: &'static str, detail: impl fmt::Display) -> Self {
        Self::Unavailable {
            operation,
            retry_after: RETRY_AFTER,
            detail: detail.to_string(),
        }
    }

    /// Others kept getting in the way.
    pub fn contended(operation: &'static str) -> Self {
        Self::Contended {
            operation,
            retry_after: RETRY_AFTER_CONTENTION,
        }
    }

    /// Something that is in the table, or is to be, cannot be read or written as what it should be.
    pub fn corrupt(at: impl fmt::Display, detail: impl fmt::Display) -> Self {
        Self::Corrupt {
            at: at.to_string(),
            detail: detail.to_string(),
        }
    }
}

/// The longest reason that is kept with an item, in characters.
const LONGEST_REASON: usize = 500;

/// A reason, as it is kept with the item that it is about.
pub fn reason_to_keep(error: &impl fmt::Display) -> String {
    error.to_string().chars().take(LONGEST_REASON).collect()
}

/// The conditions of a write that did not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct FailedConditions(Vec<FailedCondition>);

/// One condition that did not hold, and the item that it was tested against.
#[derive(Debug, Clone, PartialEq)]
pub struct FailedCondition {
    /// Which write of the transaction; [`Slot::ONLY`] for a write on its own.
    pub slot: Slot,
    /// The item as it stood, or `None` where there was none.
    pub item: Option<Item>,
}

impl FailedConditions {
    pub(crate) fn new(failed: Vec<FailedCondition>) -> Self {
        Self(failed)
    }

    /// Whether the condition of this write is among those that did not hold.
    pub fn contains(&self, slot: Slot) -> bool {
        self.at(slot).is_some()
    }

    /// The failure of this write's condition, where it failed.
    pub fn at(&self, slot: Slot) -> Option<&FailedCondition> {
        self.0.iter().find(|failed| failed.slot == slot)
    }

    /// The item that a write on its own was tested against.
    pub fn item(&self) -> Option<&Item> {
        self.at(Slot::ONLY).and_then(|failed| failed.item.as_ref())
    }

    /// Each of them, in the order of the transaction.
    pub fn iter(&self) -> impl Iterator<Item = &FailedCondition> {
        self.0.iter()
    }
}

impl fmt::Display for FailedConditions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the condition of write")?;
        for (i, failed) in self.0.iter().enumerate() {
            write!(f, "{} {}", if i == 0 { "" } else { "," }, failed.slot)?;
        }
        f.write_str(" does not hold")
    }
}

/// What a failed attempt means before our own retries: [`Attempt::Conflict`] is the one thing that
/// the SDK does not retry by itself and that is worth trying again.
#[derive(Debug)]
pub(crate) enum Attempt {
    /// Another transaction holds one of the items; nothing was written.
    Conflict,
    /// The credentials have ended; nothing was written.
    Expired(StoreError),
    /// Final.
    Failed(StoreError),
}

/// Sort an SDK error into ours.
pub(crate) fn classify<E, R>(operation: &'static str, error: SdkError<E, R>) -> Attempt
where
    E: ProvideErrorMetadata + Into<aws_sdk_dynamodb::Error> + std::error::Error + 'static,
{
    let detail = match error {
        SdkError::ServiceError(service) => return classify_service(operation, service.into_err()),
        SdkError::TimeoutError(_) => "no answer in time".to_owned(),
        SdkError::DispatchFailure(failure) => {
            let kind = if failure.is_timeout() {
                "no answer in time"
            } else {
                "no connection"
            };
            match failure.as_connector_error() {
                Some(cause) => format!("{kind}: {cause}"),
                None => kind.to_owned(),
            }
        }
        SdkError::ResponseError(_) => "an answer that cannot be read".to_owned(),
        // The request could not be built: that is not the table's doing, and it will not pass.
        SdkError::ConstructionFailure(failure) => {
            return Attempt::Failed(StoreError::Rejected {
                operation,
                code: "ConstructionFailure".to_owned(),
                detail: format!("{failure:?}"),
            });
        }
        _ => "an error of an unknown kind".to_owned(),
    };
    Attempt::Failed(StoreError::unavailable(operation, detail))
}

fn classify_service<E>(operation: &'static str, error: E) -> Attempt
where
    E: ProvideErrorMetadata + Into<aws_sdk_dynamodb::Error> + 'static,
{
    let code = error.code().unwrap_or("Unknown").to_owned();
    let message = error.message().unwrap_or_default().to_owned();
    match code.as_str() {
        "TransactionConflictException" => Attempt::Conflict,
        // They ended on the way. Another attempt is signed with what the host gives then.
        "ExpiredTokenException" => Attempt::Expired(StoreError::unavailable(
            operation,
            format!("{code}: {message}"),
        )),
        "ConditionalCheckFailedException" => {
            let item = match error.into() {
                aws_sdk_dynamodb::Error::ConditionalCheckFailedException(failed) => failed.item,
                _ => None,
            };
            let slot = Slot::ONLY;
            Attempt::Failed(StoreError::ConditionFailed(FailedConditions::new(vec![
                FailedCondition { slot, item },
            ])))
        }
        "TransactionCanceledException" => {
            let reasons = match error.into() {
                aws_sdk_dynamodb::Error::TransactionCanceledException(canceled) => {
                    canceled.cancellation_reasons.unwrap_or_default()
                }
                _ => Vec::new(),
            };
            classify_cancellation(operation, reasons, message)
        }
        "ProvisionedThroughputExceededException"
        | "ThrottlingException"
        | "RequestLimitExceeded"
        | "LimitExceededException"
        | "TransactionInProgressException"
        | "InternalServerError"
        | "InternalFailure"
        | "ServiceUnavailable"
        | "ServiceUnavailableException"
        // A table that is being made or changed.
        | "ResourceInUseException"
        | "Unknown" => {
            Attempt::Failed(StoreError::unavailable(operation, format!("{code}: {message}")))
        }
        _ => Attempt::Failed(StoreError::Rejected {
            operation,
            code,
            detail: message,
        }),
    }
}

/// A canceled transaction has a reason per write. A condition that failed is the answer even where
/// another write met a conflict: trying again would find the condition failing still.
fn classify_cancellation(
    operation: &'static str,
    reasons: Vec<CancellationReason>,
    message: String,
) -> Attempt {
    let mut failed = Vec::new();
    let mut conflict = false;
    let mut throttled = false;
    let mut refused = None;
    for (index, reason) in reasons.into_iter().enumerate() {
        match reason.code.as_deref() {
            None | Some("None") => {}
            Some("ConditionalCheckFailed") => failed.push(FailedCondition {
                slot: Slot::new(index),
                item: reason.item.filter(|item| !item.is_empty()),
            }),
            Some("TransactionConflict") => conflict = true,
            Some("ThrottlingError" | "ProvisionedThroughputExceeded") => throttled = true,
            Some(other) => {
                refused.get_or_insert((
                    other.to_owned(),
                    format!("write {index}: {}", reason.message.unwrap_or_default()),
                ));
            }
        }
    }
    if let Some((code, detail)) = refused {
        return Attempt::Failed(StoreError::Rejected {
            operation,
            code,
            detail,
        });
    }
    if !failed.is_empty() {
        return Attempt::Failed(StoreError::ConditionFailed(FailedConditions::new(failed)));
    }
    if conflict {
        return Attempt::Conflict;
    }
    if throttled {
        return Attempt::Failed(StoreError::unavailable(operation, "throttled"));
    }
    Attempt::Failed(StoreError::unavailable(operation, message))
}
