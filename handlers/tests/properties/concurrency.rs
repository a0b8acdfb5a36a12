//! Everybody at once.

use civicforge_testing::TestApp;
use futures::future::join_all;
use serde_json::json;

use super::support::{INQUIRIES, PROPERTIES, all, ask, listed, update};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_hundred_who_have_read_the_same_one_writes() {
    let app = TestApp::new().await;
    let ada = app.register_seller("ada").await;
    let property = listed(&app, &ada).await;
    let writes = (1..=200).map(|price| {
        let (app, ada, property) = (app.clone(), ada.clone(), property.clone());
        tokio::spawn(async move {
            let body = update(&json!({"priceMinor": price}));
            let call = app.put(&property).member(&ada).header("if-match", "\"1\"");
            call.json(&body).send().await
        })
    });
    let replies: Vec<_> = join_all(writes)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let won: Vec<_> = replies.iter().filter(|reply| reply.status == 200).collect();
    assert_eq!(won.len(), 1);
    let lost = replies.iter().filter(|reply| reply.status == 412).count();
    assert_eq!(lost, 199);
    let now = app.get(&property).send().await.json();
    assert_eq!((&now, &now["version"]), (&won[0].json(), &json!(2)));
    is_listed_as_it_is(&app, &property).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_changes_of_one_listing_leave_it_in_one_place() {
    let app = TestApp::new().await;
    let ada = app.register_seller("ada").await;
    let property = listed(&app, &ada).await;
    let writes = (1..=40).map(|price| {
        let (app, ada, property) = (app.clone(), ada.clone(), property.clone());
        tokio::spawn(async move {
            let status = if price % 2 == 0 { "active" } else { "pending" };
            let city = if price % 3 == 0 {
                "Chicago"
            } else {
                "Springfield"
            };
            let change = json!({"priceMinor": price, "status": status, "city": city});
            let call = app.put(&property).member(&ada).json(&update(&change));
            call.send().await.status
        })
    });
    let statuses: Vec<_> = join_all(writes)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let written = statuses.iter().filter(|status| **status == 200).count();
    // Whoever lost every round is told to come again, and has changed nothing.
    assert!(
        statuses.iter().all(|status| [200, 503].contains(status)),
        "{statuses:?}"
    );
    let now = app.get(&property).send().await.json();
    assert_eq!(now["version"], json!(written + 1));
    is_listed_as_it_is(&app, &property).await;
}

/// That a property, the only one, is in each list that it belongs to and in no other.
async fn is_listed_as_it_is(app: &TestApp, property: &str) {
    let now = app.get(property).send().await.json();
    for status in ["active", "pending", "sold"] {
        for city in ["", "&city=springfield", "&city=chicago"] {
            for sort in ["newest", "priceAsc"] {
                let path = format!("{PROPERTIES}?status={status}{city}&sort={sort}");
                let found = all(app, None, &path).await;
                let is_there = now["status"] == status
                    && (city.is_empty()
                        || city[6..] == *now["city"].as_str().unwrap().to_lowercase());
                assert_eq!(found.len(), usize::from(is_there), "{path}");
                if let [found] = &found[..] {
                    assert_eq!(found["priceMinor"], now["priceMinor"]);
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_hundred_inquiries_of_a_day_twenty_are_sent() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register_seller("ada").await, app.register("bob").await);
    let property = listed(&app, &ada).await;
    let asked = (0..200).map(|_| {
        let (app, bob, property) = (app.clone(), bob.clone(), property.clone());
        tokio::spawn(async move { ask(&app, &bob, &property).await.problem() })
    });
    let answers: Vec<_> = join_all(asked)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let sent = answers.iter().filter(|answer| answer.0 == 201).count();
    let refused = (429, "too_many_inquiries".to_owned());
    let refused = answers.iter().filter(|answer| **answer == refused).count();
    assert_eq!((sent, refused), (20, 180));
    for (who, role) in [(&ada, "owner"), (&bob, "inquirer")] {
        let path = format!("{INQUIRIES}?role={role}&limit=7");
        assert_eq!(all(&app, Some(who), &path).await.len(), 20);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_answer_and_close_one_is_last() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register_seller("ada").await, app.register("bob").await);
    let property = listed(&app, &ada).await;
    let inquiry = ask(&app, &bob, &property).await;
    let inquiry = inquiry.header("location").unwrap().to_owned();
    let changes = (0..60).map(|n| {
        let (app, ada, bob, inquiry) = (app.clone(), ada.clone(), bob.clone(), inquiry.clone());
        tokio::spawn(async move {
            let (who, body) = match n {
                30 => (&bob, json!({"status": "closed"})),
                n => (
                    &ada,
                    json!({"status": "responded", "reply": format!("Answer {n}")}),
                ),
            };
            app.put(&inquiry)
                .member(who)
                .json(&body)
                .send()
                .await
                .problem()
        })
    });
    let answers: Vec<_> = join_all(changes)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let done = answers.iter().filter(|answer| answer.0 == 200).count();
    let is_over = |answer: &&(u16, String)| answer.1 == "inquiry_closed";
    assert_eq!(
        done + answers.iter().filter(is_over).count(),
        60,
        "{answers:?}"
    );
    let now = app.get(&inquiry).member(&ada).send().await.json();
    assert_eq!(
        (&now["status"], &now["version"]),
        (&json!("closed"), &json!(done + 1))
    );
}
