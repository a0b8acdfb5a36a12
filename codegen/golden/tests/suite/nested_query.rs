//! Lists and objects within objects, in a query and in a form.

use std::sync::{Arc, Mutex};

use civicforge_codegen_golden::nested_query::default::*;
use civicforge_codegen_golden::nested_query::routes;
use civicforge_codegen_golden::nested_query::security::Authenticate;
use civicforge_codegen_golden::nested_query::types::SearchCreated;
use civicforge_runtime::context::Context;
use civicforge_runtime::service::Service;
use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{get, post, service, violations};

#[derive(Default)]
struct Recorder {
    search: Mutex<Option<SearchRequest>>,
    order: Mutex<Value>,
}

impl Authenticate for Recorder {}

impl DefaultApi for Recorder {
    async fn search(
        &self,
        _: &Context,
        request: SearchRequest,
    ) -> Result<SearchResponse, SearchError> {
        *self.search.lock().unwrap() = Some(request);
        Ok(SearchResponse {
            status: StatusCode::NO_CONTENT,
        })
    }

    async fn order(&self, _: &Context, request: OrderRequest) -> Result<OrderResponse, OrderError> {
        *self.order.lock().unwrap() = json!(request.body);
        Ok(OrderResponse {
            status: StatusCode::NO_CONTENT,
        })
    }
}

fn recorder() -> (Arc<Recorder>, Service) {
    let recorder = Arc::<Recorder>::default();
    let service = service(routes(&recorder));
    (recorder, service)
}

#[tokio::test]
async fn values_within_values() {
    let (recorder, service) = recorder();
    let query = "filter[color]=red&filter[size][min]=1&filter[size][max]=3&filter[tags][]=a&filter[tags][]=b\
        &filter[codes][x][0]=1&filter[codes][x][1]=2&filter%5Bfree%5D%5Bp%5D%5Bq%5D=r\
        &sort[0][by]=name&sort[0][descending]=true&sort[1][by]=age\
        &expand[]=owner&expand[]=items&created[gte]=5&other=1";
    let response = service.call(get(&format!("/search?{query}"))).await;
    assert_eq!(
        response.status(),
        StatusCode::NO_CONTENT,
        "{:?}",
        response.body()
    );
    let search = recorder.search.lock().unwrap().take().unwrap();
    assert_eq!(
        json!(search.filter),
        json!({
            "color": "red",
            "size": {"min": 1, "max": 3},
            "tags": ["a", "b"],
            "codes": {"x": [1, 2]},
            "free": {"p": {"q": "r"}},
        })
    );
    assert_eq!(
        json!(search.sort),
        json!([{"by": "name", "descending": true}, {"by": "age"}])
    );
    assert_eq!(
        search.expand,
        Some(vec!["owner".to_owned(), "items".to_owned()])
    );
    assert_eq!(json!(search.created), json!({"gte": 5}));
    assert_eq!(json!(search.rest), json!({"other": "1"}));

    let response = service.call(get("/search?created=7&expand=owner")).await;
    assert_eq!(
        response.status(),
        StatusCode::NO_CONTENT,
        "{:?}",
        response.body()
    );
    let search = recorder.search.lock().unwrap().take().unwrap();
    assert_eq!(search.created, Some(SearchCreated::Int64(7)));
    assert_eq!(search.expand, Some(vec!["owner".to_owned()]));
}

#[tokio::test]
async fn every_rule_that_is_broken_is_located() {
    let (_, service) = recorder();
    for (query, expected) in [
        (
            "filter[size][min]=x&filter[size][other]=1&filter[tags][]=a&filter[tags][]=a&filter[codes][x][]=y\
             &sort[0][descending]=maybe&sort[1][by]=a&sort[2][by]=b&expand[]=a",
            vec![
                "query expand /0 minLength",
                "query filter /codes/x/0 type",
                "query filter /size/min type",
                "query filter /size/other additionalProperties",
                "query filter /tags uniqueItems",
                "query sort /0/by required",
                "query sort /0/descending type",
                "query sort maxItems",
            ],
        ),
        (
            "filter[color]=a&filter[color]=b",
            vec!["query filter /color duplicate"],
        ),
        (
            "filter[size][min]=1&filter[size][min]=2",
            vec!["query filter /size/min duplicate"],
        ),
        ("filter=1", vec!["query filter syntax"]),
        ("sort[][by]=a", vec!["query sort syntax"]),
        ("sort[1][by]=a", vec!["query sort syntax"]),
        ("filter[color=a", vec!["query filter syntax"]),
    ] {
        let response = service.call(get(&format!("/search?{query}"))).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{query}");
        let mut found = violations(&response);
        found.sort();
        assert_eq!(found, expected, "{query}");
    }
}

#[tokio::test]
async fn forms() {
    let (recorder, service) = recorder();
    let media_type = "application/x-www-form-urlencoded";
    let body = "lines[0][product]=a&lines[0][count]=2&lines[1][product]=b+c&lines[1][tags][]=x&metadata[k]=v&note=n";
    let response = service.call(post("/orders", media_type, body)).await;
    assert_eq!(
        response.status(),
        StatusCode::NO_CONTENT,
        "{:?}",
        response.body()
    );
    assert_eq!(
        *recorder.order.lock().unwrap(),
        json!({
            "lines": [{"product": "a", "count": 2}, {"product": "b c", "count": 1, "tags": ["x"]}],
            "metadata": {"k": "v"},
            "note": "n",
        })
    );
    for (body, expected) in [
        ("note=n", vec!["body /lines required"]),
        (
            "lines[0][count]=x",
            vec!["body /lines/0/product required", "body /lines/0/count type"],
        ),
        ("lines[][product]=a", vec!["body /lines syntax"]),
        (
            "lines[0][product]=a&linesx=1",
            vec!["body /linesx additionalProperties"],
        ),
    ] {
        let response = service.call(post("/orders", media_type, body)).await;
        let mut found = violations(&response);
        found.sort_by(|one, other| other.cmp(one));
        assert_eq!(found, expected, "{body}");
    }
}
