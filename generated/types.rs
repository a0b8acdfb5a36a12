// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use super::{rt, schemas};

/// A member's word that the work was done.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attestation {
    /// The id of a member. A UUID of version 7.
    pub user_id: UserId,
    /// As what a member attests: `requestor` is the creator of the quest.
    pub role: AttestationRole,
    /// When the member attested.
    pub attested_at: rt::DateTime<rt::Utc>,
    /// What the member said about it. Cleaned HTML. Absent where nothing was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// The signature that came with it, over the message that `attestQuest` describes. Absent
    /// without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

impl rt::Decode for Attestation {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            user_id: members.required("userId")?,
            role: members.required("role")?,
            attested_at: members.required("attestedAt")?,
            notes: members.optional("notes")?,
            signature: members.optional("signature")?,
        })
    }
}

/// As what a member attests: `requestor` is the creator of the quest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttestationRole {
    /// `requestor`.
    Requestor,
    /// `performer`.
    Performer,
}

rt::string_enum!(AttestationRole { Requestor = "requestor", Performer = "performer" });

/// The state of something that the server depends on.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ComponentStatus {
    /// What was checked, such as `table`.
    pub name: String,
    /// Always `up`; otherwise the answer is 503.
    pub status: ComponentStatusStatus,
}

impl rt::Decode for ComponentStatus {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            name: members.required("name")?,
            status: members.required("status")?,
        })
    }
}

/// Always `up`; otherwise the answer is 503.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ComponentStatusStatus {
    /// `up`.
    Up,
}

rt::string_enum!(ComponentStatusStatus { Up = "up" });

/// That the server runs.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Health {
    /// Always `ok`; a server that does not run does not answer.
    pub status: HealthStatus,
    /// The version of the server.
    pub version: String,
}

impl rt::Decode for Health {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            status: members.required("status")?,
            version: members.required("version")?,
        })
    }
}

/// Always `ok`; a server that does not run does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HealthStatus {
    /// `ok`.
    Ok,
}

rt::string_enum!(HealthStatus { Ok = "ok" });

/// A public RSA key as a JSON Web Key (RFC 7517 and RFC 7518).
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Jwk {
    /// The key's type.
    pub kty: JwkKty,
    /// What the key is for.
    pub r#use: JwkUse,
    /// The algorithm that the key is used with, and no other.
    pub alg: JwkAlg,
    /// The key's id, the same as in the header of the tokens that it signs.
    pub kid: String,
    /// The modulus, base64url without padding.
    pub n: String,
    /// The public exponent, base64url without padding.
    pub e: String,
}

impl rt::Decode for Jwk {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            kty: members.required("kty")?,
            r#use: members.required("use")?,
            alg: members.required("alg")?,
            kid: members.required("kid")?,
            n: members.required("n")?,
            e: members.required("e")?,
        })
    }
}

/// The algorithm that the key is used with, and no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JwkAlg {
    /// `RS256`.
    Rs256,
}

rt::string_enum!(JwkAlg { Rs256 = "RS256" });

/// The key's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JwkKty {
    /// `RSA`.
    Rsa,
}

rt::string_enum!(JwkKty { Rsa = "RSA" });

/// A JSON Web Key Set (RFC 7517).
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct JwkSet {
    /// The public keys.
    pub keys: Vec<Jwk>,
}

impl rt::Decode for JwkSet {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            keys: members.required("keys")?,
        })
    }
}

/// What the key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JwkUse {
    /// `sig`.
    Sig,
}

rt::string_enum!(JwkUse { Sig = "sig" });

/// A member's credentials.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct LoginCredentials {
    /// The e-mail address. Upper and lower case are alike.
    pub email: String,
    /// The password, exactly as it was set.
    pub password: rt::Password,
}

impl rt::Decode for LoginCredentials {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            email: members.required("email")?,
            password: members.required("password")?,
        })
    }
}

/// What may go with an attestation.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct NewAttestation {
    /// A few words about the work. Cleaned HTML: only p, br, b, i, em, strong, a (href, title), ul,
    /// ol and li stay. At most 500 characters, also after trimming and cleaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// An EIP-191 signature of the message that `attestQuest` describes: the 65 bytes r, s and v in
    /// hexadecimal, v being 27 or 28.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

impl rt::Decode for NewAttestation {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            notes: members.optional("notes")?,
            signature: members.optional("signature")?,
        })
    }
}

/// What went wrong, as RFC 9457 describes it. Every error of every operation has this form.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// Identifies the kind of problem. `about:blank` means that `status` and `code` say it all.
    pub r#type: String,
    /// A short name for the kind of problem. With `about:blank`, the name of the HTTP status.
    pub title: String,
    /// The HTTP status.
    pub status: i32,
    /// What went wrong this time, for people. Its wording may change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The path that the request was for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// Which rule was broken. The values are stable; later versions may add more.
    ///
    /// | code | status | meaning |
    /// |---|---|---|
    /// | `invalid_request` | 400 | The request breaks the contract; see `violations`. |
    /// | `invalid_page_token` | 400 | The page token was altered or belongs to another query or member. |
    /// | `unauthenticated` | 401 | There is no access token, or it is not valid (any more). |
    /// | `invalid_credentials` | 401 | The e-mail address or the password is wrong. |
    /// | `invalid_refresh_token` | 401 | The refresh token is unknown, expired, used before or of an ended session. |
    /// | `forbidden` | 403 | The caller may not do this. |
    /// | `own_quest` | 403 | The caller has posted the quest and can not perform it. |
    /// | `not_creator` | 403 | The caller has not posted the quest. |
    /// | `not_performer` | 403 | The caller is not the quest's performer. |
    /// | `not_participant` | 403 | The caller is neither the quest's creator nor its performer. |
    /// | `not_arbiter` | 403 | The caller is not an arbiter, or has a part in the quest. |
    /// | `not_found` | 404 | There is no such thing, or no such path. |
    /// | `method_not_allowed` | 405 | The path does not have this method; see `Allow`. |
    /// | `not_acceptable` | 406 | `Accept` allows nothing that the operation can answer. |
    /// | `request_timeout` | 408 | The body did not arrive in time. |
    /// | `email_taken` | 409 | There is an account with this e-mail address. |
    /// | `insufficient_points` | 409 | The caller has no quest-creation point left. |
    /// | `quest_not_open` | 409 | The quest is not OPEN. |
    /// | `quest_not_claimed` | 409 | The quest is not CLAIMED. |
    /// | `quest_not_submitted` | 409 | The quest is not SUBMITTED. |
    /// | `quest_not_disputed` | 409 | The quest is not DISPUTED. |
    /// | `quest_expired` | 409 | The quest's `expiresAt` has passed. |
    /// | `already_attested` | 409 | The caller has attested the quest before. |
    /// | `wallet_required` | 409 | A signature was sent, but the caller has no wallet address. |
    /// | `signature_mismatch` | 409 | The signature does not recover to the caller's wallet address. |
    /// | `precondition_failed` | 412 | The current `ETag` is not among those in `If-Match`. |
    /// | `payload_too_large` | 413 | The body is larger than the server takes. |
    /// | `unsupported_media_type` | 415 | The operation does not take a body of this media type or encoding. |
    /// | `idempotency_key_reused` | 422 | The `Idempotency-Key` was used for another request. |
    /// | `locked_out` | 429 | Too many failed logins for this e-mail address. |
    /// | `too_many_requests` | 429 | The caller sends requests faster than its plan allows. |
    /// | `quota_exceeded` | 429 | The caller has sent as many requests as its plan allows in a day. |
    /// | `internal_error` | 500 | The server made a mistake. |
    /// | `service_unavailable` | 503 | Something that the server depends on does not answer. |
    /// | `timed_out` | 504 | The operation took too long. |
    pub code: ProblemCode,
    /// Every place where the request breaks the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub violations: Option<Vec<Violation>>,
    /// The request's id, the same as in `X-Request-Id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl rt::Decode for Problem {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            r#type: members.required("type")?,
            title: members.required("title")?,
            status: members.required("status")?,
            detail: members.optional("detail")?,
            instance: members.optional("instance")?,
            code: members.required("code")?,
            violations: members.optional("violations")?,
            request_id: members.optional("requestId")?,
        })
    }
}

/// Which rule was broken. The values are stable; later versions may add more.
///
/// | code | status | meaning |
/// |---|---|---|
/// | `invalid_request` | 400 | The request breaks the contract; see `violations`. |
/// | `invalid_page_token` | 400 | The page token was altered or belongs to another query or member. |
/// | `unauthenticated` | 401 | There is no access token, or it is not valid (any more). |
/// | `invalid_credentials` | 401 | The e-mail address or the password is wrong. |
/// | `invalid_refresh_token` | 401 | The refresh token is unknown, expired, used before or of an ended session. |
/// | `forbidden` | 403 | The caller may not do this. |
/// | `own_quest` | 403 | The caller has posted the quest and can not perform it. |
/// | `not_creator` | 403 | The caller has not posted the quest. |
/// | `not_performer` | 403 | The caller is not the quest's performer. |
/// | `not_participant` | 403 | The caller is neither the quest's creator nor its performer. |
/// | `not_arbiter` | 403 | The caller is not an arbiter, or has a part in the quest. |
/// | `not_found` | 404 | There is no such thing, or no such path. |
/// | `method_not_allowed` | 405 | The path does not have this method; see `Allow`. |
/// | `not_acceptable` | 406 | `Accept` allows nothing that the operation can answer. |
/// | `request_timeout` | 408 | The body did not arrive in time. |
/// | `email_taken` | 409 | There is an account with this e-mail address. |
/// | `insufficient_points` | 409 | The caller has no quest-creation point left. |
/// | `quest_not_open` | 409 | The quest is not OPEN. |
/// | `quest_not_claimed` | 409 | The quest is not CLAIMED. |
/// | `quest_not_submitted` | 409 | The quest is not SUBMITTED. |
/// | `quest_not_disputed` | 409 | The quest is not DISPUTED. |
/// | `quest_expired` | 409 | The quest's `expiresAt` has passed. |
/// | `already_attested` | 409 | The caller has attested the quest before. |
/// | `wallet_required` | 409 | A signature was sent, but the caller has no wallet address. |
/// | `signature_mismatch` | 409 | The signature does not recover to the caller's wallet address. |
/// | `precondition_failed` | 412 | The current `ETag` is not among those in `If-Match`. |
/// | `payload_too_large` | 413 | The body is larger than the server takes. |
/// | `unsupported_media_type` | 415 | The operation does not take a body of this media type or encoding. |
/// | `idempotency_key_reused` | 422 | The `Idempotency-Key` was used for another request. |
/// | `locked_out` | 429 | Too many failed logins for this e-mail address. |
/// | `too_many_requests` | 429 | The caller sends requests faster than its plan allows. |
/// | `quota_exceeded` | 429 | The caller has sent as many requests as its plan allows in a day. |
/// | `internal_error` | 500 | The server made a mistake. |
/// | `service_unavailable` | 503 | Something that the server depends on does not answer. |
/// | `timed_out` | 504 | The operation took too long. |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemCode {
    /// `invalid_request`.
    InvalidRequest,
    /// `invalid_page_token`.
    InvalidPageToken,
    /// `unauthenticated`.
    Unauthenticated,
    /// `invalid_credentials`.
    InvalidCredentials,
    /// `invalid_refresh_token`.
    InvalidRefreshToken,
    /// `forbidden`.
    Forbidden,
    /// `own_quest`.
    OwnQuest,
    /// `not_creator`.
    NotCreator,
    /// `not_performer`.
    NotPerformer,
    /// `not_participant`.
    NotParticipant,
    /// `not_arbiter`.
    NotArbiter,
    /// `not_found`.
    NotFound,
    /// `method_not_allowed`.
    MethodNotAllowed,
    /// `not_acceptable`.
    NotAcceptable,
    /// `request_timeout`.
    RequestTimeout,
    /// `email_taken`.
    EmailTaken,
    /// `insufficient_points`.
    InsufficientPoints,
    /// `quest_not_open`.
    QuestNotOpen,
    /// `quest_not_claimed`.
    QuestNotClaimed,
    /// `quest_not_submitted`.
    QuestNotSubmitted,
    /// `quest_not_disputed`.
    QuestNotDisputed,
    /// `quest_expired`.
    QuestExpired,
    /// `already_attested`.
    AlreadyAttested,
    /// `wallet_required`.
    WalletRequired,
    /// `signature_mismatch`.
    SignatureMismatch,
    /// `precondition_failed`.
    PreconditionFailed,
    /// `payload_too_large`.
    PayloadTooLarge,
    /// `unsupported_media_type`.
    UnsupportedMediaType,
    /// `idempotency_key_reused`.
    IdempotencyKeyReused,
    /// `locked_out`.
    LockedOut,
    /// `too_many_requests`.
    TooManyRequests,
    /// `quota_exceeded`.
    QuotaExceeded,
    /// `internal_error`.
    InternalError,
    /// `service_unavailable`.
    ServiceUnavailable,
    /// `timed_out`.
    TimedOut,
}

rt::string_enum!(
    ProblemCode { InvalidRequest = "invalid_request", InvalidPageToken =
    "invalid_page_token", Unauthenticated = "unauthenticated", InvalidCredentials =
    "invalid_credentials", InvalidRefreshToken = "invalid_refresh_token", Forbidden =
    "forbidden", OwnQuest = "own_quest", NotCreator = "not_creator", NotPerformer =
    "not_performer", NotParticipant = "not_participant", NotArbiter = "not_arbiter",
    NotFound = "not_found", MethodNotAllowed = "method_not_allowed", NotAcceptable =
    "not_acceptable", RequestTimeout = "request_timeout", EmailTaken = "email_taken",
    InsufficientPoints = "insufficient_points", QuestNotOpen = "quest_not_open",
    QuestNotClaimed = "quest_not_claimed", QuestNotSubmitted = "quest_not_submitted",
    QuestNotDisputed = "quest_not_disputed", QuestExpired = "quest_expired",
    AlreadyAttested = "already_attested", WalletRequired = "wallet_required",
    SignatureMismatch = "signature_mismatch", PreconditionFailed = "precondition_failed",
    PayloadTooLarge = "payload_too_large", UnsupportedMediaType =
    "unsupported_media_type", IdempotencyKeyReused = "idempotency_key_reused", LockedOut
    = "locked_out", TooManyRequests = "too_many_requests", QuotaExceeded =
    "quota_exceeded", InternalError = "internal_error", ServiceUnavailable =
    "service_unavailable", TimedOut = "timed_out" }
);

/// A piece of work that one member asks for and another does. Every member can read it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Quest {
    /// The id of a quest. A UUID of version 7.
    pub quest_id: QuestId,
    /// What is to be done, in a line. Plain text.
    pub title: String,
    /// What is to be done. Cleaned HTML.
    pub description: String,
    /// Where a quest stands. OPEN: can be claimed. CLAIMED: somebody does it. SUBMITTED: the work
    /// is handed in and waits for attestations. COMPLETE: the work counts as done. DISPUTED: an
    /// arbiter has to decide. EXPIRED: its time passed before the work was handed in.
    pub status: QuestStatus,
    /// The member who has posted the quest.
    pub creator_id: UserId,
    /// The member who does it. Absent while nobody has claimed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub performer_id: Option<UserId>,
    /// Experience points that the performer receives.
    pub reward_xp: i32,
    /// Reputation points that the performer receives.
    pub reward_reputation: i32,
    /// At most one by each of the two, in the order in which they were made.
    pub attestations: Vec<Attestation>,
    /// What the performer says about the work. Cleaned HTML. Absent until it is handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submission_text: Option<String>,
    /// Why the quest is or was disputed. Cleaned HTML. Absent where it never was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dispute_reason: Option<String>,
    /// When the quest was posted.
    pub created_at: rt::DateTime<rt::Utc>,
    /// When the performer took it. Absent while nobody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed_at: Option<rt::DateTime<rt::Utc>>,
    /// When the work was handed in. Absent until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submitted_at: Option<rt::DateTime<rt::Utc>>,
    /// When the quest became COMPLETE. Absent until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<rt::DateTime<rt::Utc>>,
    /// When the quest expires unless the work is handed in before. From then on it can not be
    /// claimed, given back, submitted or deleted; its status becomes EXPIRED soon after. Absent
    /// where it never does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<rt::DateTime<rt::Utc>>,
    /// When the quest last changed.
    pub updated_at: rt::DateTime<rt::Utc>,
    /// Counts the changes of the quest, from 1.
    pub version: i64,
}

impl rt::Decode for Quest {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            quest_id: members.required("questId")?,
            title: members.required("title")?,
            description: members.required("description")?,
            status: members.required("status")?,
            creator_id: members.required("creatorId")?,
            performer_id: members.optional("performerId")?,
            reward_xp: members.required("rewardXp")?,
            reward_reputation: members.required("rewardReputation")?,
            attestations: members.required("attestations")?,
            submission_text: members.optional("submissionText")?,
            dispute_reason: members.optional("disputeReason")?,
            created_at: members.required("createdAt")?,
            claimed_at: members.optional("claimedAt")?,
            submitted_at: members.optional("submittedAt")?,
            completed_at: members.optional("completedAt")?,
            expires_at: members.optional("expiresAt")?,
            updated_at: members.required("updatedAt")?,
            version: members.required("version")?,
        })
    }
}

/// A member's quests in numbers.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct QuestCounts {
    /// Quests that the member has posted, without deleted ones.
    pub created: i64,
    /// Quests of which the member is the performer, whatever their status.
    pub performed: i64,
    /// Those of the performed quests that are COMPLETE.
    pub completed: i64,
}

impl rt::Decode for QuestCounts {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            created: members.required("created")?,
            performed: members.required("performed")?,
            completed: members.required("completed")?,
        })
    }
}

/// A dispute.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct QuestDispute {
    /// Why an arbiter should decide; becomes `disputeReason`. Cleaned HTML: only p, br, b, i, em,
    /// strong, a (href, title), ul, ol and li stay. 20 to 1000 characters, also after trimming and
    /// cleaning.
    pub reason: String,
}

impl rt::Decode for QuestDispute {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            reason: members.required("reason")?,
        })
    }
}

/// A quest to post.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestDraft {
    /// What is to be done, in a line. Plain text. 5 to 200 characters, also after trimming.
    pub title: String,
    /// What is to be done. Cleaned HTML: only p, br, b, i, em, strong, a (href, title), ul, ol and
    /// li stay. 20 to 2000 characters, also after trimming and cleaning.
    pub description: String,
    /// Experience points that the performer receives.
    ///
    /// Where it is absent: `100`.
    pub reward_xp: i32,
    /// Reputation points that the performer receives.
    ///
    /// Where it is absent: `10`.
    pub reward_reputation: i32,
    /// When the quest expires unless the work is handed in before. It must be in the future;
    /// otherwise the rule `future` is violated. Absent for a quest that never expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<rt::DateTime<rt::Utc>>,
}

impl rt::Decode for QuestDraft {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            title: members.required("title")?,
            description: members.required("description")?,
            reward_xp: members.optional("rewardXp")?.unwrap_or(100),
            reward_reputation: members.optional("rewardReputation")?.unwrap_or(10),
            expires_at: members.optional("expiresAt")?,
        })
    }
}

/// The id of a quest. A UUID of version 7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct QuestId(rt::Uuid);

impl QuestId {
    /// What it holds.
    pub fn into_inner(self) -> rt::Uuid {
        self.0
    }
}

impl std::ops::Deref for QuestId {
    type Target = rt::Uuid;

    fn deref(&self) -> &rt::Uuid {
        &self.0
    }
}

impl std::fmt::Display for QuestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<rt::Uuid> for QuestId {
    fn from(value: rt::Uuid) -> Self {
        QuestId(value)
    }
}

impl rt::Decode for QuestId {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        rt::Decode::decode(node).map(QuestId)
    }
}

/// A page of quests.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestPage {
    /// The quests of this page.
    pub items: Vec<Quest>,
    /// What to send as `pageToken` for the next page. Absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_page_token: Option<String>,
}

impl rt::Decode for QuestPage {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            items: members.required("items")?,
            next_page_token: members.optional("nextPageToken")?,
        })
    }
}

/// The decision of a dispute.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct QuestResolution {
    /// How a dispute ends: the work counts as done, or the quest is open again.
    pub outcome: ResolutionOutcome,
    /// Why it was decided so. Kept with the quest for the record; no answer shows it. Cleaned HTML:
    /// only p, br, b, i, em, strong, a (href, title), ul, ol and li stay. At most 500 characters,
    /// also after trimming and cleaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

impl rt::Decode for QuestResolution {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            outcome: members.required("outcome")?,
            notes: members.optional("notes")?,
        })
    }
}

/// The part that a member has in a quest: has posted it, or performs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestRole {
    /// `creator`.
    Creator,
    /// `performer`.
    Performer,
}

rt::string_enum!(QuestRole { Creator = "creator", Performer = "performer" });

/// Where a quest stands. OPEN: can be claimed. CLAIMED: somebody does it. SUBMITTED: the work
/// is handed in and waits for attestations. COMPLETE: the work counts as done. DISPUTED: an
/// arbiter has to decide. EXPIRED: its time passed before the work was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestStatus {
    /// `OPEN`.
    Open,
    /// `CLAIMED`.
    Claimed,
    /// `SUBMITTED`.
    Submitted,
    /// `COMPLETE`.
    Complete,
    /// `DISPUTED`.
    Disputed,
    /// `EXPIRED`.
    Expired,
}

rt::string_enum!(
    QuestStatus { Open = "OPEN", Claimed = "CLAIMED", Submitted = "SUBMITTED", Complete =
    "COMPLETE", Disputed = "DISPUTED", Expired = "EXPIRED" }
);

/// Work to hand in.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestSubmission {
    /// What was done. Cleaned HTML: only p, br, b, i, em, strong, a (href, title), ul, ol and li
    /// stay. 10 to 2000 characters, also after trimming and cleaning.
    pub submission_text: String,
}

impl rt::Decode for QuestSubmission {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            submission_text: members.required("submissionText")?,
        })
    }
}

/// That the server can do its work.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Readiness {
    /// Always `ready`; otherwise the answer is 503.
    pub status: ReadinessStatus,
    /// Everything that was checked.
    pub components: Vec<ComponentStatus>,
}

impl rt::Decode for Readiness {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            status: members.required("status")?,
            components: members.required("components")?,
        })
    }
}

/// Always `ready`; otherwise the answer is 503.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadinessStatus {
    /// `ready`.
    Ready,
}

rt::string_enum!(ReadinessStatus { Ready = "ready" });

/// A refresh token to exchange.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RefreshGrant {
    /// The refresh token of the last answer that had one.
    pub refresh_token: rt::Password,
}

impl rt::Decode for RefreshGrant {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            refresh_token: members.required("refreshToken")?,
        })
    }
}

/// A new account.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Registration {
    /// The e-mail address. Unique among members; upper and lower case are alike.
    pub email: String,
    /// The password. It must not be made of the member's own e-mail address, name or user name, and
    /// not be easy to guess: common passwords, words with a digit, keyboard walks, dates and
    /// repetitions are (zxcvbn scores them 0 or 1). Otherwise the rule `passwordStrength` is
    /// violated, and its message says why. There is no rule about kinds of characters. White space
    /// counts, at the ends too; the same characters composed differently (Unicode normalisation)
    /// are the same password.
    pub password: rt::Password,
    /// The name that other members see. Plain text.
    pub name: String,
    /// A public handle. It need not be unique.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// A telephone number in E.164 form. Nobody else sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// What the member mainly does in the community.
    ///
    /// Where it is absent: `"buyer"`.
    pub user_type: UserType,
}

impl rt::Decode for Registration {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            email: members.required("email")?,
            password: members.required("password")?,
            name: members.required("name")?,
            username: members.optional("username")?,
            phone_number: members.optional("phoneNumber")?,
            user_type: members.optional("userType")?.unwrap_or(UserType::Buyer),
        })
    }
}

/// How a dispute ends: the work counts as done, or the quest is open again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResolutionOutcome {
    /// `complete`.
    Complete,
    /// `reopen`.
    Reopen,
}

rt::string_enum!(ResolutionOutcome { Complete = "complete", Reopen = "reopen" });

/// The tokens of a session, and who they are for.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenResponse {
    /// The access token, for `Authorization: Bearer …`.
    pub access_token: rt::Password,
    /// An opaque token for `refreshToken`. It can be used once.
    pub refresh_token: rt::Password,
    /// How to send the access token.
    pub token_type: TokenResponseTokenType,
    /// For how many seconds the access token is valid.
    pub expires_in: i32,
    /// For how many seconds the refresh token is valid.
    pub refresh_expires_in: i32,
    /// A member's account as only the member sees it.
    pub user: User,
}

impl rt::Decode for TokenResponse {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            access_token: members.required("accessToken")?,
            refresh_token: members.required("refreshToken")?,
            token_type: members.required("tokenType")?,
            expires_in: members.required("expiresIn")?,
            refresh_expires_in: members.required("refreshExpiresIn")?,
            user: members.required("user")?,
        })
    }
}

/// How to send the access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenResponseTokenType {
    /// `Bearer`.
    Bearer,
}

rt::string_enum!(TokenResponseTokenType { Bearer = "Bearer" });

/// A member's account as only the member sees it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The id of a member. A UUID of version 7.
    pub user_id: UserId,
    /// The e-mail address, as it was registered.
    pub email: String,
    /// The name that other members see. Plain text.
    pub name: String,
    /// A public handle. Absent where none is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// A telephone number in E.164 form. Absent where none is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// What a member mainly does in the community.
    pub user_type: UserType,
    /// What the member may do.
    pub roles: Vec<UserRole>,
    /// Whether the organisation has verified who the member is.
    pub verified: bool,
    /// An Ethereum address, with its EIP-55 checksum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wallet_address: Option<WalletAddress>,
    /// Reputation points earned so far.
    pub reputation: i64,
    /// Experience points earned so far.
    pub experience: i64,
    /// How many quests the member can post.
    pub quest_creation_points: i32,
    /// When the account was opened.
    pub created_at: rt::DateTime<rt::Utc>,
    /// When the account last changed.
    pub updated_at: rt::DateTime<rt::Utc>,
    /// Counts the changes of the account, from 1.
    pub version: i64,
}

impl rt::Decode for User {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            user_id: members.required("userId")?,
            email: members.required("email")?,
            name: members.required("name")?,
            username: members.optional("username")?,
            phone_number: members.optional("phoneNumber")?,
            user_type: members.required("userType")?,
            roles: members.required("roles")?,
            verified: members.required("verified")?,
            wallet_address: members.optional("walletAddress")?,
            reputation: members.required("reputation")?,
            experience: members.required("experience")?,
            quest_creation_points: members.required("questCreationPoints")?,
            created_at: members.required("createdAt")?,
            updated_at: members.required("updatedAt")?,
            version: members.required("version")?,
        })
    }
}

/// The id of a member. A UUID of version 7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct UserId(rt::Uuid);

impl UserId {
    /// What it holds.
    pub fn into_inner(self) -> rt::Uuid {
        self.0
    }
}

impl std::ops::Deref for UserId {
    type Target = rt::Uuid;

    fn deref(&self) -> &rt::Uuid {
        &self.0
    }
}

impl std::fmt::Display for UserId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<rt::Uuid> for UserId {
    fn from(value: rt::Uuid) -> Self {
        UserId(value)
    }
}

impl rt::Decode for UserId {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        rt::Decode::decode(node).map(UserId)
    }
}

/// What every member may know about another.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UserProfile {
    /// The id of a member. A UUID of version 7.
    pub user_id: UserId,
    /// The member's name. Plain text.
    pub name: String,
    /// A public handle. Absent where none is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// What a member mainly does in the community.
    pub user_type: UserType,
    /// Whether the organisation has verified who the member is.
    pub verified: bool,
    /// Reputation points earned so far.
    pub reputation: i64,
    /// Experience points earned so far.
    pub experience: i64,
    /// A member's quests in numbers.
    pub quest_counts: QuestCounts,
    /// When the account was opened.
    pub created_at: rt::DateTime<rt::Utc>,
}

impl rt::Decode for UserProfile {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            user_id: members.required("userId")?,
            name: members.required("name")?,
            username: members.optional("username")?,
            user_type: members.required("userType")?,
            verified: members.required("verified")?,
            reputation: members.required("reputation")?,
            experience: members.required("experience")?,
            quest_counts: members.required("questCounts")?,
            created_at: members.required("createdAt")?,
        })
    }
}

/// What a member may do. `arbiter` decides disputes and is given by the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UserRole {
    /// `member`.
    Member,
    /// `arbiter`.
    Arbiter,
}

rt::string_enum!(UserRole { Member = "member", Arbiter = "arbiter" });

/// What a member mainly does in the community.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UserType {
    /// `buyer`.
    Buyer,
    /// `seller`.
    Seller,
    /// `agent`.
    Agent,
}

rt::string_enum!(UserType { Buyer = "buyer", Seller = "seller", Agent = "agent" });

/// The editable fields of an account, as a whole.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UserUpdate {
    /// The name that other members see. Plain text.
    pub name: String,
    /// A public handle. It need not be unique. Absent or `null` removes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<rt::Nullable<String>>,
    /// A telephone number in E.164 form. Nobody else sees it. Absent or `null` removes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<rt::Nullable<String>>,
    /// What a member mainly does in the community.
    pub user_type: UserType,
}

impl rt::Decode for UserUpdate {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            name: members.required("name")?,
            username: members.optional("username")?,
            phone_number: members.optional("phoneNumber")?,
            user_type: members.required("userType")?,
        })
    }
}

/// One place where a request breaks the contract. It never repeats a secret value.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Violation {
    /// Which part of the request it is in.
    pub r#in: ViolationIn,
    /// For the body, the JSON Pointer (RFC 6901) of the place; empty for the body as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// For everything else, the name of the parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The rule that was broken: a JSON Schema keyword such as `minLength` or `required`, or one of
    /// the contract's own such as `syntax`, `passwordStrength`, `eip55`, `future` and `pageToken`.
    pub rule: String,
    /// What is wrong, for people. Its wording may change.
    pub message: String,
}

impl rt::Decode for Violation {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            r#in: members.required("in")?,
            pointer: members.optional("pointer")?,
            name: members.optional("name")?,
            rule: members.required("rule")?,
            message: members.required("message")?,
        })
    }
}

/// Which part of the request it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ViolationIn {
    /// `body`.
    Body,
    /// `query`.
    Query,
    /// `path`.
    Path,
    /// `header`.
    Header,
    /// `cookie`.
    Cookie,
}

rt::string_enum!(
    ViolationIn { Body = "body", Query = "query", Path = "path", Header = "header",
    Cookie = "cookie" }
);

/// An Ethereum address, with its EIP-55 checksum.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct WalletAddress(String);

impl WalletAddress {
    /// What it holds.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl std::ops::Deref for WalletAddress {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

impl std::fmt::Display for WalletAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for WalletAddress {
    type Error = rt::Invalid;

    fn try_from(value: String) -> Result<Self, rt::Invalid> {
        rt::Invalid::check(&value, &schemas::WALLET_ADDRESS)?;
        Ok(WalletAddress(value))
    }
}

impl rt::Decode for WalletAddress {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        rt::Decode::decode(node).map(WalletAddress)
    }
}

/// The wallet address to set, or its removal.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WalletUpdate {
    /// An Ethereum address, or `null` to remove it. With letters of both cases it must have the
    /// right EIP-55 checksum; otherwise the rule `eip55` is violated. It is kept and answered with
    /// its checksum.
    pub wallet_address: rt::Nullable<String>,
}

impl rt::Decode for WalletUpdate {
    fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
        let members = rt::Members::of(node)?;
        Ok(Self {
            wallet_address: members.required("walletAddress")?,
        })
    }
}

rt::deserialize_decoded! {
    Attestation, AttestationRole, ComponentStatus, ComponentStatusStatus, Health,
    HealthStatus, Jwk, JwkAlg, JwkKty, JwkSet, JwkUse, LoginCredentials, NewAttestation,
    Problem, ProblemCode, Quest, QuestCounts, QuestDispute, QuestDraft, QuestId,
    QuestPage, QuestResolution, QuestRole, QuestStatus, QuestSubmission, Readiness,
    ReadinessStatus, RefreshGrant, Registration, ResolutionOutcome, TokenResponse,
    TokenResponseTokenType, User, UserId, UserProfile, UserRole, UserType, UserUpdate,
    Violation, ViolationIn, WalletAddress, WalletUpdate
}
