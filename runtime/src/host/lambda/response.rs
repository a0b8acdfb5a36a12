//! From an answer to what the service that sent the event makes a response of.

use std::borrow::Borrow;
use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue, Response};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::event::Source;
use crate::service::ResponseCheck;

/// The most bytes that Lambda takes from a function: 6 MB, and a little for its envelope.
const LAMBDA_BYTES: usize = 6_291_556;
/// The most that a load balancer takes.
const LOAD_BALANCER_BYTES: usize = 1024 * 1024;
/// What is kept free for headers that are added after an answer was measured.
const LATE_HEADERS: usize = 4096;

/// An answer as an event: of a response, or of a reference to one.
#[derive(Debug)]
pub(super) struct ResponseEvent<R> {
    pub source: Source,
    pub response: R,
}

/// What looks whether the way back to this source has room for an answer.
pub(super) fn response_check(source: Source) -> ResponseCheck {
    ResponseCheck(match source {
        Source::RestApi => |response| measure(Source::RestApi, response),
        Source::HttpApi => |response| measure(Source::HttpApi, response),
        Source::LoadBalancer { multi_value: true } => {
            |response| measure(Source::LoadBalancer { multi_value: true }, response)
        }
        Source::LoadBalancer { multi_value: false } => {
            |response| measure(Source::LoadBalancer { multi_value: false }, response)
        }
    })
}

fn measure(source: Source, response: &Response<Bytes>) -> Result<(), String> {
    let limit = match source {
        Source::LoadBalancer { .. } => LOAD_BALANCER_BYTES,
        Source::RestApi | Source::HttpApi => LAMBDA_BYTES,
    } - LATE_HEADERS;
    // In JSON no byte becomes more than six, so nearly every answer is known to fit without writing it.
    if response.body().len() < limit / 8 {
        return Ok(());
    }
    let mut count = Count(0);
    let answer = ResponseEvent { source, response };
    serde_json::to_writer(&mut count, &answer).map_err(|error| error.to_string())?;
    match count.0 {
        fits if fits <= limit => Ok(()),
        bytes => Err(format!(
            "it has {bytes} bytes as an event, and {limit} are the most that it may have"
        )),
    }
}

struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<R: Borrow<Response<Bytes>>> Serialize for ResponseEvent<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let response = self.response.borrow();
        let headers = response.headers();
        let status = response.status();
        let mut answer = serializer.serialize_struct("ResponseEvent", 6)?;
        answer.serialize_field("statusCode", &status.as_u16())?;
        match self.source {
            Source::RestApi => answer.serialize_field("multiValueHeaders", &Multi(headers))?,
            Source::HttpApi => {
                answer.serialize_field("headers", &Joined(headers))?;
                let cookies: Vec<_> = headers.get_all(SET_COOKIE).iter().map(text).collect();
                if !cookies.is_empty() {
                    answer.serialize_field("cookies", &cookies)?;
                }
            }
            Source::LoadBalancer { multi_value } => {
                let reason = status.canonical_reason().unwrap_or("Unknown");
                let line = format!("{} {reason}", status.as_u16());
                answer.serialize_field("statusDescription", &line)?;
                match multi_value {
                    true => answer.serialize_field("multiValueHeaders", &Multi(headers))?,
                    false => answer.serialize_field("headers", &Single(headers))?,
                }
            }
        }
        // A text needs no decoding on the way back, which a REST API does only where it was told to.
        match std::str::from_utf8(response.body()) {
            Ok(text) => {
                answer.serialize_field("body", text)?;
                answer.serialize_field("isBase64Encoded", &false)?;
            }
            Err(_) => {
                answer.serialize_field("body", &STANDARD.encode(response.body()))?;
                answer.serialize_field("isBase64Encoded", &true)?;
            }
        }
        answer.end()
    }
}

fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// Each name with all of its values.
struct Multi<'a>(&'a HeaderMap);

impl Serialize for Multi<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.keys().map(|name| {
            let values: Vec<_> = self.0.get_all(name).iter().map(text).collect();
            (name.as_str(), values)
        }))
    }
}

/// Each name with its values as one list (RFC 9110, section 5.3), without cookies, which cannot be in a list.
struct Joined<'a>(&'a HeaderMap);

impl Serialize for Joined<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = self.0.keys().filter(|name| **name != SET_COOKIE);
        serializer.collect_map(names.map(|name| (name.as_str(), list(self.0, name))))
    }
}

/// The same with the last cookie: there is room for one.
struct Single<'a>(&'a HeaderMap);

impl Serialize for Single<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.keys().map(|name| match *name == SET_COOKIE {
            true => {
                let last = self.0.get_all(name).iter().next_back();
                (name.as_str(), last.map(text).unwrap_or_default())
            }
            false => (name.as_str(), list(self.0, name)),
        }))
    }
}

fn list(headers: &HeaderMap, name: &HeaderName) -> String {
    let values: Vec<_> = headers.get_all(name).iter().map(text).collect();
    values.join(", ")
}
