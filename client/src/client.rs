//! How clients are made, and how sessions begin and end.

use std::fmt;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{StatusCode, Url};

use crate::retry::RetryPolicy;
use crate::tokens::{OnTokens, Tokens};
use crate::transport::Transport;
use crate::types::{LoginCredentials, Registration, TokenResponse, User};
use crate::{Client, Error};

/// What the client calls itself in `User-Agent`.
const USER_AGENT: &str = concat!("civicforge-client/", env!("CARGO_PKG_VERSION"));

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The server gives an operation up earlier than this.
const TIMEOUT: Duration = Duration::from_secs(35);

impl Client {
    /// A client with the usual settings, without a session.
    ///
    /// `base_url` is where the server is, such as `https://api.example.org`, with the path below which it is, if any.
    ///
    /// # Errors
    /// [`Error::Configuration`] if `base_url` is not an address for `http` or `https`.
    pub fn new(base_url: &str) -> Result<Self, Error> {
        Self::builder(base_url).build()
    }

    /// A client with settings of its own.
    pub fn builder(base_url: &str) -> ClientBuilder {
        ClientBuilder {
            base_url: base_url.to_owned(),
            http: reqwest::Client::builder(),
            user_agent: USER_AGENT.to_owned(),
            connect_timeout: CONNECT_TIMEOUT,
            timeout: TIMEOUT,
            retry: RetryPolicy::default(),
            tokens: None,
            on_tokens: None,
        }
    }

    /// Opens a session. It takes the place of the one that the client had.
    ///
    /// # Errors
    /// The code `invalid_credentials` for a wrong e-mail address or password, `locked_out` after too many of them.
    pub async fn login(&self, email: &str, password: &str) -> Result<User, Error> {
        let credentials = LoginCredentials {
            email: email.to_owned(),
            password: password.to_owned(),
        };
        let answer = self.login_user().body(credentials).send().await?;
        self.begin(answer.into_inner())
    }

    /// Opens an account and a session for it. The session takes the place of the one that the client had.
    ///
    /// # Errors
    /// The code `email_taken` if there is such an account; `invalid_request` with violations for all that is wrong.
    pub async fn register<R>(&self, registration: R) -> Result<User, Error>
    where
        R: TryInto<Registration>,
        R::Error: fmt::Display,
    {
        let answer = self.register_user().body(registration).send().await?;
        self.begin(answer.into_inner())
    }

    /// Ends the session, at the server and here. Without a session, nothing happens.
    ///
    /// # Errors
    /// Where the server cannot be told, the client keeps the session.
    pub async fn logout(&self) -> Result<(), Error> {
        if self.tokens().is_none() {
            return Ok(());
        }
        match self.logout_user().send().await {
            Ok(_) => {}
            // The session has ended already.
            Err(error) if error.status() == Some(StatusCode::UNAUTHORIZED) => {}
            Err(error) => return Err(error),
        }
        self.inner.session.replace(None)
    }

    /// The tokens of the session, to be kept for another run of the program.
    pub fn tokens(&self) -> Option<Tokens> {
        self.inner.session.tokens()
    }

    /// Goes on with the session that these tokens are of, or without one. The server is not asked.
    ///
    /// # Errors
    /// [`Error::Configuration`] if the access token has characters that cannot be sent.
    pub fn set_tokens(&self, tokens: impl Into<Option<Tokens>>) -> Result<(), Error> {
        self.inner.session.replace(tokens.into())
    }

    fn begin(&self, answer: TokenResponse) -> Result<User, Error> {
        self.inner.session.replace(Some(Tokens::from(&answer)))?;
        Ok(answer.user)
    }
}

/// Settings of a [`Client`].
pub struct ClientBuilder {
    base_url: String,
    http: reqwest::ClientBuilder,
    user_agent: String,
    connect_timeout: Duration,
    timeout: Duration,
    retry: RetryPolicy,
    tokens: Option<Tokens>,
    on_tokens: Option<OnTokens>,
}

impl ClientBuilder {
    /// How long a connection may take to come about; 5 seconds unless set.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long one try of a call may take, from connecting to the last byte of the answer; 35 seconds unless set,
    /// which is a little more than the server takes before it answers 504. [`RetryPolicy`] limits all tries together.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How calls are repeated.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// What the program calls itself in `User-Agent`; the name and version of this crate unless set.
    #[must_use]
    pub fn user_agent(mut self, name: &str) -> Self {
        name.clone_into(&mut self.user_agent);
        self
    }

    /// Starts with the session that these tokens are of.
    #[must_use]
    pub fn tokens(mut self, tokens: Tokens) -> Self {
        self.tokens = Some(tokens);
        self
    }

    /// Calls `told` whenever the tokens change: with the new ones after a login or a renewal, and with `None` after the
    /// end of the session. A refresh token can be used once, so a program that keeps tokens must keep the
    /// newest. The call comes before any request that uses them, and should be short.
    #[must_use]
    pub fn on_tokens(mut self, told: impl Fn(Option<&Tokens>) + Send + Sync + 'static) -> Self {
        self.on_tokens = Some(Box::new(told));
        self
    }

    /// Settings of the HTTP client underneath, such as proxies and certificates. Time-outs, redirects and the user
    /// agent are set by this builder.
    #[must_use]
    pub fn http(mut self, http: reqwest::ClientBuilder) -> Self {
        self.http = http;
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// [`Error::Configuration`] if a setting cannot be used.
    pub fn build(self) -> Result<Client, Error> {
        let base_url = base(&self.base_url)?;
        let http = self
            .http
            .user_agent(self.user_agent)
            .connect_timeout(self.connect_timeout)
            .timeout(self.timeout)
            // The server has no redirects. One from somewhere else must not see tokens.
            .redirect(Policy::none())
            .referer(false)
            .build()
            .map_err(|error| Error::Configuration(error.to_string()))?;
        let transport = Transport::new(self.retry, self.tokens, self.on_tokens)?;
        Ok(Client::new_with_client(&base_url, http, transport))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url)
            .field("user_agent", &self.user_agent)
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

/// The address to which the paths of operations are appended.
fn base(address: &str) -> Result<String, Error> {
    let refused = |why: &str| {
        // What could be a password is not repeated.
        let shown = if address.contains('@') {
            "…"
        } else {
            address
        };
        Error::Configuration(format!("The address `{shown}` {why}."))
    };
    let url = Url::parse(address).map_err(|error| refused(&format!("is none: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused("is neither http nor https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("has a user name or password; use `login`"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refused("has a query or a fragment"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}
