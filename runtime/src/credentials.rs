//! Reading credentials from a request, and refusing them.

use std::borrow::Cow;

use base64::Engine;
use http::header::{AUTHORIZATION, COOKIE};
use http::request::Parts;

use crate::problem::Problem;
use crate::status::{Forbidden, InternalServerError, ServiceUnavailable, Unauthorized};

/// Why a caller is not let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthenticationError {
    /// 401: no credential, or not a good one. Of a scheme that refuses with another status, it is answered with that.
    Unauthorized(Unauthorized),
    /// 403: the same of a scheme that refuses with it.
    Forbidden(Forbidden),
    /// 403: a good credential without the scopes that the operation asks for.
    InsufficientScope(Forbidden),
    /// 503: what it is checked against cannot be reached.
    Unavailable(ServiceUnavailable),
    /// 500: what it is checked against is damaged, or there is a mistake.
    Internal(InternalServerError),
}

impl AuthenticationError {
    /// There is no credential.
    pub fn absent() -> Self {
        AuthenticationError::Unauthorized(Unauthorized::default().detail("A credential is needed."))
    }

    /// There is one, but it is not good. The reason is for the caller: it must not tell what would be good.
    pub fn invalid(reason: &'static str) -> Self {
        AuthenticationError::Unauthorized(Unauthorized::default().detail(reason))
    }

    /// The same by a scheme that refuses with 403.
    #[doc(hidden)]
    pub fn forbidding(self) -> Self {
        match self {
            AuthenticationError::Unauthorized(problem) => {
                AuthenticationError::Forbidden(problem.into())
            }
            other => other,
        }
    }

    /// The same with the operation's challenges, which every 401 must have (RFC 9110 §15.5.2). An operation that has none
    /// answers no 401.
    pub(crate) fn into_problem(self, challenges: &[&'static str]) -> Problem {
        match self {
            AuthenticationError::Unauthorized(problem) if challenges.is_empty() => {
                Forbidden::from(problem).into()
            }
            AuthenticationError::Unauthorized(problem) => {
                let problem = Problem::from(problem);
                if problem.has_challenge() {
                    return problem;
                }
                challenges
                    .iter()
                    .fold(problem, |problem, challenge| problem.challenge(*challenge))
            }
            AuthenticationError::Forbidden(problem)
            | AuthenticationError::InsufficientScope(problem) => problem.into(),
            AuthenticationError::Unavailable(problem) => problem.into(),
            AuthenticationError::Internal(problem) => problem.into(),
        }
    }
}

/// A user name and a password (RFC 7617).
#[derive(Clone, PartialEq, Eq)]
pub struct Basic {
    /// The user's id.
    pub user: String,
    /// The password.
    pub password: crate::values::Password,
}

/// Where a request's credentials are.
#[derive(Debug, Clone, Copy)]
pub struct Credentials<'a> {
    parts: &'a Parts,
}

impl<'a> Credentials<'a> {
    pub(crate) fn of(parts: &'a Parts) -> Self {
        Credentials { parts }
    }

    /// The bearer token (RFC 6750 §2.1), if there is one.
    ///
    /// # Errors
    ///
    /// [`AuthenticationError::Unauthorized`] for a credential that is malformed or sent more than once.
    pub fn bearer(&self) -> Result<Option<&'a str>, AuthenticationError> {
        Ok(self
            .authorization("Bearer")?
            .filter(|token| !token.is_empty()))
    }

    /// User and password (RFC 7617), if they are there.
    ///
    /// # Errors
    ///
    /// [`AuthenticationError::Unauthorized`] for a credential that is malformed or sent more than once.
    pub fn basic(&self) -> Result<Option<Basic>, AuthenticationError> {
        let Some(encoded) = self.authorization("Basic")? else {
            return Ok(None);
        };
        let malformed = || AuthenticationError::invalid("The Basic credential is malformed.");
        let decoded = base64::engine::general_purpose::STANDARD
            .decode(encoded)
            .map_err(|_| malformed())?;
        let text = String::from_utf8(decoded).map_err(|_| malformed())?;
        let (user, password) = text.split_once(':').ok_or_else(malformed)?;
        Ok(Some(Basic {
            user: user.to_owned(),
            password: crate::values::Password::new(password),
        }))
    }

    /// An API key in a header.
    ///
    /// # Errors
    ///
    /// [`AuthenticationError::Unauthorized`] for a credential that is malformed or sent more than once.
    pub fn api_key_in_header(
        &self,
        name: &str,
    ) -> Result<Option<Cow<'a, str>>, AuthenticationError> {
        let mut lines = self.parts.headers.get_all(name).iter();
        let Some(line) = lines.next() else {
            return Ok(None);
        };
        match (line.to_str(), lines.next()) {
            (Ok(key), None) => Ok(Some(Cow::Borrowed(key))),
            _ => Err(AuthenticationError::invalid("The API key is malformed.")),
        }
    }

    /// An API key in the query.
    ///
    /// # Errors
    ///
    /// [`AuthenticationError::Unauthorized`] for a credential that is malformed or sent more than once.
    pub fn api_key_in_query(
        &self,
        name: &str,
    ) -> Result<Option<Cow<'a, str>>, AuthenticationError> {
        let query = self.parts.uri.query().unwrap_or_default();
        let mut keys = form_urlencoded::parse(query.as_bytes())
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value);
        let key = keys.next();
        match keys.next() {
            None => Ok(key),
            Some(_) => Err(AuthenticationError::invalid("The API key is there twice.")),
        }
    }

    /// An API key in a cookie.
    ///
    /// # Errors
    ///
    /// None at present: what cannot be read as a cookie counts as absent.
    pub fn api_key_in_cookie(
        &self,
        name: &str,
    ) -> Result<Option<Cow<'a, str>>, AuthenticationError> {
        Ok(self
            .parts
            .headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| Cow::Borrowed(value)))
    }

    /// What follows the scheme's name in `Authorization`.
    fn authorization(&self, scheme: &str) -> Result<Option<&'a str>, AuthenticationError> {
        let mut lines = self.parts.headers.get_all(AUTHORIZATION).iter();
        let Some(line) = lines.next() else {
            return Ok(None);
        };
        let malformed = || AuthenticationError::invalid("The Authorization header is malformed.");
        if lines.next().is_some() {
            return Err(malformed());
        }
        let (name, credential) = line
            .to_str()
            .map_err(|_| malformed())?
            .split_once(' ')
            .ok_or_else(malformed)?;
        Ok(name.eq_ignore_ascii_case(scheme).then(|| credential.trim()))
    }
}
