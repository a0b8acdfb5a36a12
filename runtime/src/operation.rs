//! One operation: what the contract says of it, and the one way in which all of them are carried out.

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Response};

use crate::body::{Body, ReadError};
use crate::context::Context;
use crate::credentials::{AuthenticationError, Credentials};
use crate::descriptor::{Descriptor, RequestBody};
use crate::error::OperationError;
use crate::input::Input;
use crate::limits::Limits;
use crate::negotiate::{self, ContentType};
use crate::path::Path;
use crate::problem::{Failure, Problem};
use crate::response::{HandlerResponse, IntoResponse};
use crate::status::{
    BadRequest, ContentTooLarge, NotAcceptable, RequestTimeout, UnsupportedMediaType,
};
use crate::violation::Violations;

/// An operation that `S` carries out. Generated code implements it, once for each operation.
pub trait Operation<S>: Sized + 'static {
    /// What the contract says.
    const DESCRIPTOR: &'static Descriptor;
    /// Who calls: a principal, an enum or tuple of them, an `Option`, or `()` where anyone may.
    type Principal: Send;
    /// The typed request.
    type Request: Send;
    /// The declared successes.
    type Response: IntoResponse + Send;

    /// Finds out who calls. The context has the body where the descriptor says that it is signed.
    fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> impl Future<Output = Result<Self::Principal, AuthenticationError>> + Send;

    /// Makes the request from its parts. `None` only where it has added a violation.
    fn decode(input: &mut Input<'_>) -> Option<Self::Request>;

    /// Calls the hand-written method.
    fn call(
        server: &S,
        context: &Context,
        principal: Self::Principal,
        request: Self::Request,
    ) -> impl Future<Output = Result<Self::Response, OperationError<Self>>> + Send;

    /// The response that the contract declares for the status of a failure, where its body is another one than a problem.
    fn failure(_server: &S, _context: &Context, _failure: Failure<'_>) -> Option<HandlerResponse> {
        None
    }
}

/// A request on its way through an operation.
#[derive(Debug)]
pub struct PendingRequest {
    pub(crate) context: Arc<Context>,
    pub(crate) body: Body,
    pub(crate) limits: Limits,
}

type Running = Pin<Box<dyn Future<Output = HandlerResponse> + Send>>;
type Run = dyn Fn(PendingRequest) -> Running + Send + Sync;
type Fail = dyn Fn(&Context, Failure<'_>) -> Option<HandlerResponse> + Send + Sync;

/// An operation, and the server that carries it out.
#[derive(Clone)]
pub struct Route {
    pub(crate) descriptor: &'static Descriptor,
    pub(crate) run: Arc<Run>,
    fail: Arc<Fail>,
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Route").field(&self.descriptor.id).finish()
    }
}

impl Route {
    /// The operation `O`, carried out by this server.
    pub fn of<O, S>(server: &Arc<S>) -> Self
    where
        O: Operation<S>,
        S: Send + Sync + 'static,
    {
        let (runs, fails) = (server.clone(), server.clone());
        Route {
            descriptor: O::DESCRIPTOR,
            run: Arc::new(move |pending| Box::pin(run::<S, O>(runs.clone(), pending))),
            fail: Arc::new(move |context, failure| O::failure(&fails, context, failure)),
        }
    }

    /// What the contract says of it.
    pub fn descriptor(&self) -> &'static Descriptor {
        self.descriptor
    }

    /// What is sent. A failure has the body that the contract declares for its status, which hand-written code makes; where that
    /// panics, the problem itself is sent.
    pub(crate) fn respond(&self, context: &Context, result: HandlerResponse) -> Response<Bytes> {
        let HandlerResponse::Problem { problem, headers } = result else {
            return result.into_response(&context.request_id, context.parts.uri.path());
        };
        let failing = AssertUnwindSafe(|| (self.fail)(context, Failure(&problem)));
        let declared = std::panic::catch_unwind(failing).unwrap_or_else(|_| {
            tracing::error!(
                requestId = context.request_id(),
                operationId = self.descriptor.id,
                "the body of an error could not be made: a panic"
            );
            None
        });
        let mut response = match declared {
            Some(HandlerResponse::Response(mut response)) => {
                problem.mark(&mut response);
                response
            }
            Some(HandlerResponse::Problem { .. }) | None => {
                problem.into_response(&context.request_id, context.parts.uri.path())
            }
        };
        for (name, value) in headers {
            response.headers_mut().append(name, value);
        }
        response
    }
}

async fn run<S: Send + Sync, O: Operation<S>>(
    server: Arc<S>,
    pending: PendingRequest,
) -> HandlerResponse {
    let PendingRequest {
        context,
        body,
        limits,
    } = pending;
    let (principal, media) = match receive::<S, O>(&server, &context, body, limits).await {
        Ok(received) => received,
        Err(problem) => return problem.into(),
    };
    let mut input = Input::new(&context, media);
    let request = O::decode(&mut input);
    match (request, input.into_violations()) {
        (Some(request), violations) if violations.is_empty() => {
            context.touch_path();
            match O::call(&server, &context, principal, request).await {
                Ok(response) => response.into_response(),
                Err(error) => error.into_response(),
            }
        }
        (_, violations) => HandlerResponse::problem(invalid(violations)),
    }
}

/// Who calls, and which of the declared media types the body has, which is read into the context.
///
/// Authentication comes first, so that an unauthenticated caller learns nothing of the rules; then what can be refused from the
/// headers alone; then the body; and then, in [`run`], all of the request's violations at once. Where a credential signs the
/// body, the body has to be there first, and nothing but its length and its time is looked at before the caller is known.
async fn receive<S: Send + Sync, O: Operation<S>>(
    server: &S,
    context: &Context,
    mut body: Body,
    limits: Limits,
) -> Result<(O::Principal, Option<usize>), Problem> {
    let descriptor = O::DESCRIPTOR;
    let is_signed = descriptor.body.is_some_and(|expected| expected.signed);
    if is_signed {
        read(context, std::mem::take(&mut body), limits).await?;
    }
    let headers = &context.parts.headers;
    let credentials = Credentials::of(&context.parts);
    let principal = match O::authenticate(server, context, credentials).await {
        Ok(principal) => principal,
        Err(rejection) => return Err(rejection.into_problem(descriptor.challenges)),
    };
    if !negotiate::accepts(headers, descriptor.produces) {
        let types = descriptor.produces.join(", ");
        let detail = format!("This operation answers with {types}.");
        return Err(NotAcceptable::default().detail(detail).into());
    }
    let Some(expected) = descriptor.body else {
        // Also a chunked body of no chunks is no body, which only reading it shows.
        return match body.read(0, limits.body_timeout).await {
            Ok(_) => Ok((principal, None)),
            Err(_) => Err(invalid_body("unexpected", "this operation takes no body")),
        };
    };
    let mut media = None;
    if !is_signed {
        if !body.is_empty() {
            media = Some(media_type(headers, expected)?);
        }
        read(context, body, limits).await?;
    }
    if context.body().is_empty() {
        // Where one is required, its absence is found with whatever else is wrong.
        return Ok((principal, None));
    }
    if media.is_none() {
        media = Some(media_type(headers, expected)?);
    }
    Ok((principal, media))
}

/// The 400 that lists what is wrong.
fn invalid(violations: Violations) -> BadRequest {
    let detail = match violations.len() {
        1 => "The request breaks one rule of the contract.".to_owned(),
        count => format!("The request breaks {count} rules of the contract."),
    };
    BadRequest::default().detail(detail).violations(violations)
}

/// A 400 about the body as a whole.
fn invalid_body(rule: &'static str, message: &'static str) -> Problem {
    let mut violations = Violations::new();
    violations.add(&Path::Root, rule, message);
    invalid(violations).into()
}

/// Reads the body into the context.
async fn read(context: &Context, body: Body, limits: Limits) -> Result<(), Problem> {
    let bytes = body
        .read(limits.body_bytes, limits.body_timeout)
        .await
        .map_err(|error| match error {
            ReadError::TooLarge => ContentTooLarge::default()
                .detail(format!("The body may have {} bytes.", limits.body_bytes))
                .into(),
            ReadError::TimedOut => RequestTimeout::default()
                .detail("The body did not come in time.")
                .into(),
            ReadError::Broken => invalid_body("syntax", "the body ended before its end"),
        })?;
    // The context was made for this request alone, and its body is set only here.
    let _ = context.body.set(bytes);
    Ok(())
}

/// Which of the declared media types the body has.
fn media_type(headers: &HeaderMap, expected: RequestBody) -> Result<usize, Problem> {
    let unsupported = |what: &str| {
        let types = expected.media_types.join(", ");
        Problem::from(
            UnsupportedMediaType::default()
                .detail(format!("{what}; this operation takes {types}.")),
        )
    };
    if negotiate::is_encoded(headers) {
        return Err(unsupported("The body has a Content-Encoding"));
    }
    match negotiate::content_type(headers) {
        ContentType::Absent => Err(unsupported("There is no Content-Type")),
        ContentType::Unusable(why) => Err(unsupported(why)),
        ContentType::MediaType(actual) => negotiate::most_specific(expected.media_types, actual)
            .ok_or_else(|| unsupported("The Content-Type is another")),
    }
}
