//! Streams over pages.

use std::future::Future;

use futures::StreamExt;
use futures::stream::{BoxStream, try_unfold};

use crate::Error;

/// Items and the token of the next page.
type Page<T> = (Vec<T>, Option<String>);

struct State<R, T, F> {
    request: R,
    next: F,
    /// What was asked for last.
    token: Option<String>,
    items: std::vec::IntoIter<T>,
    is_last: bool,
}

/// The items of all pages. `next` asks for the page of a token, or for the one that `request` is for.
pub(crate) fn stream<'a, R, T, F, A>(request: R, next: F) -> BoxStream<'a, Result<T, Error>>
where
    R: Clone + Send + 'a,
    T: Send + 'a,
    F: Fn(R, Option<String>) -> A + Send + 'a,
    A: Future<Output = Result<Page<T>, Error>> + Send + 'a,
{
    let start = State {
        request,
        next,
        token: None,
        items: Vec::new().into_iter(),
        is_last: false,
    };
    try_unfold(start, |mut state| async move {
        loop {
            if let Some(item) = state.items.next() {
                return Ok(Some((item, state)));
            }
            if state.is_last {
                return Ok(None);
            }
            let asked = (state.next)(state.request.clone(), state.token.clone());
            let (items, token) = asked.await?;
            if token.is_some() && token == state.token {
                return Err(Error::InvalidAnswer {
                    message: "The next page is the same page again.".to_owned(),
                    source: None,
                });
            }
            state.is_last = token.is_none();
            state.token = token;
            state.items = items.into_iter();
        }
    })
    .boxed()
}
