//! ClickUp: tasks, fields, people.

use std::collections::HashSet;

use chrono::{TimeDelta, Utc};
use civicforge_demo_vendors::Fault;
use civicforge_demo_vendors::clickup::{Act, LIST, RIVER, SERVICE, SKY, SPACE, TEAM};
use civicforge_handlers::vendors::VendorError;
use civicforge_handlers::vendors::clickup::{
    Assignees, FieldSetting, NewTask, TaskChanges, TaskQuery,
};
use serde_json::{Value, json};

use super::support::{answer, clickup, has_shape_of, sample};

const SHOP: &str = "6d0f3a52-0000-4000-8000-00000000a001";
const LABELS: &str = "6d0f3a52-0000-4000-8000-00000000a003";
const MAJOR: &str = "6d0f3a52-0000-4000-8000-00000000a006";
const SLACK: &str = "6d0f3a52-0000-4000-8000-00000000a007";
const LASERS: &str = "0b7e1c00-0000-4000-8000-000000000003";

fn set(id: &str, value: impl Into<Value>) -> FieldSetting {
    FieldSetting {
        id: id.to_owned(),
        value: value.into(),
    }
}

fn named(name: &str) -> NewTask {
    NewTask {
        name: name.to_owned(),
        ..NewTask::default()
    }
}

fn refusal(error: VendorError) -> (u16, Option<String>) {
    match error {
        VendorError::Refused(said) => (said.status, said.code),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_task_is_created_read_and_changed() {
    let (_server, client) = clickup().await;
    let new = NewTask {
        description: Some("The upper guard moves by hand.".to_owned()),
        priority: Some(2),
        custom_fields: vec![set(SHOP, LASERS), set(MAJOR, true)],
        ..named("Band saw blade guard is loose")
    };
    let made = client.create_task(LIST, &new).await.unwrap();
    assert_eq!(made.status.name, "to do");
    assert_eq!(made.creator.as_ref().unwrap().id, SERVICE);
    assert_eq!(made.list.id, LIST);
    assert_eq!(made.priority, Some(2));
    assert_eq!(made.field(SHOP).unwrap().option().unwrap().name, "Lasers");
    assert_eq!(made.field(MAJOR).unwrap().is_checked(), Some(true));
    assert_eq!(made.field(SLACK).unwrap().value, None);

    let changes = TaskChanges {
        status: Some("In Progress".to_owned()),
        assignees: Some(Assignees {
            add: vec![RIVER, SKY],
            rem: vec![],
        }),
        ..TaskChanges::default()
    };
    let changed = client.update_task(&made.id, &changes).await.unwrap();
    assert_eq!(changed.status.kind, "custom");
    assert_eq!(changed.assignees.len(), 2);
    assert!(changed.date_updated > made.date_updated);
    let changes = TaskChanges {
        status: Some("complete".to_owned()),
        description: Some(String::new()),
        assignees: Some(Assignees {
            add: vec![],
            rem: vec![SKY],
        }),
        ..TaskChanges::default()
    };
    client.update_task(&made.id, &changes).await.unwrap();
    let url = "https://example.slack.com/archives/C0/p1";
    client.set_field(&made.id, &set(SLACK, url)).await.unwrap();
    client.clear_field(&made.id, SHOP).await.unwrap();
    let read = client.task(&made.id).await.unwrap();
    assert_eq!(
        read.assignees[0].email.as_deref(),
        Some("river@example.org")
    );
    assert_eq!(read.assignees.len(), 1);
    assert!(read.date_closed.is_some());
    assert_eq!(read.description.as_deref(), Some(""));
    assert_eq!(read.field(SLACK).unwrap().url().unwrap().as_str(), url);
    assert_eq!(read.field(SHOP).unwrap().value, None);
}

#[tokio::test]
async fn the_server_shows_a_task_as_the_recorded_one() {
    let (server, _) = clickup().await;
    let fields = [(SHOP, json!(LASERS))];
    let id = server
        .create_task(RIVER, LIST, "Guard", "Loose", &fields)
        .unwrap();
    let mut recorded = sample("clickup-task");
    // Nobody here has any.
    recorded.as_object_mut().unwrap().remove("attachments");
    recorded["sharing"] = json!({ "public": false });
    has_shape_of(&server.task(&id).unwrap(), &recorded, "task");
}

#[tokio::test]
async fn people_and_fields_are_read() {
    let (server, client) = clickup().await;
    assert_eq!(client.user().await.unwrap().id, SERVICE);
    let teams = client.teams().await.unwrap();
    assert_eq!(teams[0].id, TEAM);
    let pending = teams[0]
        .members
        .iter()
        .find(|member| member.user.username.is_none());
    assert_eq!(
        pending.unwrap().user.email.as_deref(),
        Some("pending@example.org")
    );
    let list = client.list(LIST).await.unwrap();
    let statuses: Vec<_> = list.statuses.iter().map(|status| &*status.kind).collect();
    assert_eq!(statuses, ["open", "custom", "closed"]);
    assert!(!list.archived && list.space.unwrap().id == SPACE);
    let fields = client.fields(LIST).await.unwrap();
    let shop = fields.iter().find(|field| field.id == SHOP).unwrap();
    assert_eq!((&*shop.kind, shop.options.len()), ("drop_down", 8));
    server.traffic().look(|all| {
        assert!(
            all.iter()
                .all(|one| one.header("authorization") == Some("pk_5100099_EXAMPLE"))
        );
        let agent = |one: &civicforge_demo_vendors::Received| {
            one.header("user-agent").unwrap().starts_with("civicforge/")
        };
        assert!(all.iter().all(agent));
    });
}

#[tokio::test]
async fn all_pages_have_every_task_once_and_closed_ones_only_if_asked() {
    let (server, client) = clickup().await;
    for n in 0..201 {
        let id = server
            .create_task(RIVER, LIST, &format!("Task {n}"), "", &[])
            .unwrap();
        if n % 2 == 0 {
            server.act(RIVER, &id, Act::Status("complete")).unwrap();
        }
    }
    for (include_closed, expected) in [(true, 201), (false, 100)] {
        let (mut ids, mut page) = (HashSet::new(), 0);
        loop {
            let query = TaskQuery {
                include_closed,
                page,
                ..TaskQuery::default()
            };
            let found = client.tasks(LIST, &query).await.unwrap();
            assert!(
                found
                    .tasks
                    .is_sorted_by(|a, b| a.date_updated >= b.date_updated)
            );
            for task in found.tasks {
                assert!(ids.insert(task.id));
            }
            if !found.has_more {
                break;
            }
            page += 1;
        }
        assert_eq!(ids.len(), expected);
    }
    let last = client
        .tasks(LIST, &TaskQuery::default())
        .await
        .unwrap()
        .tasks;
    let since = TaskQuery {
        updated_after: Some(last[3].date_updated),
        ..TaskQuery::default()
    };
    assert_eq!(client.tasks(LIST, &since).await.unwrap().tasks, last[..3]);
    let later = TaskQuery {
        updated_after: Some(Utc::now() + TimeDelta::days(1)),
        ..since
    };
    let none = client.tasks(LIST, &later).await.unwrap();
    assert!(none.tasks.is_empty() && !none.has_more);
}

#[tokio::test]
async fn a_page_says_whether_there_are_more_however_it_says_so() {
    let (server, client) = clickup().await;
    let task = sample("clickup-task");
    for (body, has_more) in [
        (json!({ "tasks": [task], "last_page": true }), false),
        (json!({ "tasks": [task], "last_page": false }), true),
        (json!({ "tasks": [task] }), true),
        (json!({ "tasks": [] }), false),
        // It would be asked for pages forever.
        (json!({ "tasks": [], "last_page": false }), false),
    ] {
        server.faults().once(answer(200, &body));
        let page = client.tasks(LIST, &TaskQuery::default()).await.unwrap();
        assert_eq!(page.has_more, has_more, "{body}");
    }
}

#[tokio::test]
async fn one_task_of_another_shape_does_not_hide_the_others() {
    let (server, client) = clickup().await;
    let good = sample("clickup-task");
    let mut numbers = good.clone();
    for key in ["date_created", "date_updated"] {
        numbers[key] = json!(good[key].as_str().unwrap().parse::<i64>().unwrap());
    }
    numbers["id"] = json!(42);
    numbers["list"]["id"] = json!(900_200_300_400_i64);
    numbers["creator"]["id"] = json!("-1");
    let mut bad = good.clone();
    bad["status"] = json!("private words");
    bad["id"] = json!("bad");
    let body = json!({ "tasks": [bad, good, "what", numbers], "last_page": true });
    server.faults().once(answer(200, &body));
    let page = client.tasks(LIST, &TaskQuery::default()).await.unwrap();
    assert_eq!(page.tasks.len(), 2);
    assert_eq!(page.tasks[1].id, "42");
    assert_eq!(page.tasks[1].list.id, LIST);
    assert_eq!(page.tasks[1].creator.as_ref().unwrap().id, -1);
    assert_eq!(page.tasks[0].date_updated, page.tasks[1].date_updated);
    assert_eq!(page.unreadable[0].id.as_deref(), Some("bad"));
    assert!(page.unreadable[0].why.contains("status"), "{page:?}");
    assert!(!page.unreadable[0].why.contains("private"), "{page:?}");
    assert_eq!(page.unreadable[1].id, None);
}

#[tokio::test]
async fn recorded_answers_are_read() {
    let (server, client) = clickup().await;
    let next = |name| server.faults().once(answer(200, &sample(name)));
    next("clickup-task");
    let task = client.task("86e0x0001").await.unwrap();
    assert_eq!(task.field(SHOP).unwrap().option().unwrap().name, "Woodshop");
    assert_eq!(task.field(LABELS).unwrap().labels().len(), 2);
    assert_eq!(task.date_updated.timestamp_millis(), 1_764_334_800_456);
    assert_eq!(task.priority, Some(2));
    next("clickup-task-page");
    let page = client.tasks(LIST, &TaskQuery::default()).await.unwrap();
    assert_eq!(
        (page.tasks.len(), page.unreadable.len(), page.has_more),
        (3, 0, false)
    );
    assert!(page.tasks.iter().any(|task| task.date_closed.is_some()));
    next("clickup-list-fields");
    let fields = client.fields(LIST).await.unwrap();
    let kinds: Vec<_> = fields.iter().map(|field| &*field.kind).collect();
    assert!(kinds.contains(&"list_relationship") && kinds.contains(&"formula"));
    server
        .faults()
        .once(answer(429, &sample("clickup-error-rate-limited")));
    client.user().await.unwrap();
    server
        .faults()
        .once(answer(401, &sample("clickup-error-not-authorized")));
    let gone = client.user().await;
    assert!(matches!(gone, Err(VendorError::Gone(_))), "{gone:?}");
    next("clickup-team");
    assert_eq!(client.teams().await.unwrap()[0].members.len(), 3);
}

#[tokio::test]
async fn a_task_that_is_gone_is_gone_however_it_is_answered() {
    let (server, client) = clickup().await;
    let id = server.create_task(RIVER, LIST, "Task", "", &[]).unwrap();
    server.act(RIVER, &id, Act::Delete).unwrap();
    for (answers_404, code) in [(false, "OAUTH_027"), (true, "ITEM_013")] {
        server.answer_404(answers_404);
        let gone = client.task(&id).await.unwrap_err();
        let VendorError::Gone(said) = &gone else {
            panic!("{gone:?}")
        };
        assert_eq!(said.code.as_deref(), Some(code));
        let gone = client.update_task(&id, &TaskChanges::default()).await;
        assert!(matches!(gone, Err(VendorError::Gone(_))), "{gone:?}");
        let gone = client.set_field(&id, &set(MAJOR, true)).await;
        assert!(matches!(gone, Err(VendorError::Gone(_))), "{gone:?}");
    }
    let elsewhere = client.tasks("1", &TaskQuery::default()).await;
    assert!(
        matches!(elsewhere, Err(VendorError::Gone(_))),
        "{elsewhere:?}"
    );
}

#[tokio::test]
async fn what_will_never_work_is_refused_at_once() {
    let (server, client) = clickup().await;
    let id = server.create_task(RIVER, LIST, "Task", "", &[]).unwrap();
    let status = |name: &str| Some(name.to_owned());
    let unknown = TaskChanges {
        status: status("waiting"),
        ..TaskChanges::default()
    };
    let refused = client.update_task(&id, &unknown).await.unwrap_err();
    assert_eq!(refusal(refused), (400, Some("ITEM_114".to_owned())));
    let new = NewTask {
        status: status("waiting"),
        ..named("Task")
    };
    let refused = client.create_task(LIST, &new).await.unwrap_err();
    assert_eq!(refusal(refused), (400, Some("CRTSK_001".to_owned())));
    // It is an option's id that is written, and not what is read.
    let refused = client.set_field(&id, &set(SHOP, 3)).await.unwrap_err();
    assert_eq!(refusal(refused).0, 400);
    server.faults().once(answer(
        404,
        &json!({ "err": "Route not found", "ECODE": "APP_001" }),
    ));
    assert_eq!(refusal(client.user().await.unwrap_err()).0, 404);
    server.faults().once(Fault::html(400));
    let VendorError::Refused(said) = client.user().await.unwrap_err() else {
        panic!()
    };
    assert_eq!(said.to_string(), "400: HTML");
    let asked = server.traffic().look(Vec::len);
    assert_eq!(asked, 5, "each was asked once");
}

#[tokio::test]
async fn an_id_leads_nowhere_else() {
    let (server, client) = clickup().await;
    for id in ["..", ".", ""] {
        let refused = client.task(id).await.unwrap_err();
        assert!(matches!(refused, VendorError::Refused(_)), "{refused:?}");
    }
    for id in ["../team", "a/b", "a?b=c", "a#b", "%2e%2e"] {
        let gone = client.task(id).await.unwrap_err();
        assert!(matches!(gone, VendorError::Gone(_)), "{id}: {gone:?}");
    }
    server.traffic().look(|all| {
        for one in all {
            assert!(one.path.starts_with("/api/v2/task/"), "{}", one.path);
            assert_eq!((one.path.matches('/').count(), &*one.query), (4, ""));
        }
    });
}

#[tokio::test]
async fn an_answer_about_another_task_is_not_believed() {
    let (server, client) = clickup().await;
    let id = server.create_task(RIVER, LIST, "Task", "", &[]).unwrap();
    let lie = || Fault::lie(|task| task["id"] = json!("86e0x9999"));
    server.faults().once(lie());
    let lied = client.update_task(&id, &TaskChanges::default()).await;
    assert!(matches!(lied, Err(VendorError::Unreadable(_))), "{lied:?}");
    server.faults().once(lie());
    let lied = client.task(&id).await;
    assert!(matches!(lied, Err(VendorError::Unreadable(_))), "{lied:?}");
}
