//! Every refusal of every operation, in every status.

use chrono::TimeDelta;
use civicforge_testing::{TestApp, TestMember};
use serde_json::json;
use uuid::Uuid;

use super::audit::audit;
use super::support::{QUESTS, draft, with};

struct Cast {
    app: TestApp,
    creator: TestMember,
    performer: TestMember,
    stranger: TestMember,
    arbiter: TestMember,
}

async fn cast() -> Cast {
    let app = TestApp::new().await;
    Cast {
        creator: app.register("creator").await,
        performer: app.register("performer").await,
        stranger: app.register("stranger").await,
        arbiter: app.register_arbiter("arbiter").await,
        app,
    }
}

const EXPIRED_AFTER: TimeDelta = TimeDelta::minutes(5);

impl Cast {
    /// A quest in a status. OVERDUE ones are OPEN or CLAIMED, and their date has passed.
    async fn quest_in(&self, status: &str) -> String {
        let creator = with(&self.app, &self.creator);
        let mut posted = draft("Chairs to the garden");
        let date = self.app.clock.now() + EXPIRED_AFTER;
        posted["expiresAt"] = json!(date);
        let quest = creator.posted(&posted).await;
        let steps: &[(&TestMember, &str)] = match status {
            "OPEN" | "OVERDUE OPEN" | "EXPIRED" => &[],
            "CLAIMED" | "OVERDUE CLAIMED" => &[(&self.performer, "claim")],
            "SUBMITTED" => &[(&self.performer, "claim"), (&self.performer, "submit")],
            "ATTESTED" => &[
                (&self.performer, "claim"),
                (&self.performer, "submit"),
                (&self.creator, "attest"),
                (&self.performer, "dispute"),
            ],
            "DISPUTED" => &[
                (&self.performer, "claim"),
                (&self.performer, "submit"),
                (&self.creator, "dispute"),
            ],
            "COMPLETE" => &[
                (&self.performer, "claim"),
                (&self.performer, "submit"),
                (&self.creator, "attest"),
                (&self.performer, "attest"),
            ],
            other => panic!("{other}"),
        };
        for (who, verb) in steps {
            with(&self.app, who).does(&quest, verb).await;
        }
        if status.starts_with("OVERDUE") || status == "EXPIRED" {
            self.app.advance(EXPIRED_AFTER);
        }
        if status == "EXPIRED" {
            let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
            super::support::expire_quests(&self.app.app, 10, deadline)
                .await
                .unwrap();
        }
        quest
    }

    fn who(&self, name: &str) -> &TestMember {
        match name {
            "creator" => &self.creator,
            "performer" => &self.performer,
            "stranger" => &self.stranger,
            "arbiter" => &self.arbiter,
            other => panic!("{other}"),
        }
    }
}

/// Status, who, what, and the answer.
const REFUSALS: &[(&str, &str, &str, u16, &str)] = &[
    ("OPEN", "creator", "claim", 403, "own_quest"),
    ("CLAIMED", "creator", "claim", 403, "own_quest"),
    ("CLAIMED", "performer", "claim", 409, "quest_not_open"),
    ("CLAIMED", "stranger", "claim", 409, "quest_not_open"),
    ("SUBMITTED", "stranger", "claim", 409, "quest_not_open"),
    ("DISPUTED", "stranger", "claim", 409, "quest_not_open"),
    ("COMPLETE", "stranger", "claim", 409, "quest_not_open"),
    ("OVERDUE OPEN", "stranger", "claim", 409, "quest_expired"),
    ("EXPIRED", "stranger", "claim", 409, "quest_expired"),
    ("OPEN", "stranger", "unclaim", 409, "quest_not_claimed"),
    ("CLAIMED", "stranger", "unclaim", 403, "not_performer"),
    ("CLAIMED", "creator", "unclaim", 403, "not_performer"),
    (
        "SUBMITTED",
        "performer",
        "unclaim",
        409,
        "quest_not_claimed",
    ),
    (
        "OVERDUE CLAIMED",
        "performer",
        "unclaim",
        409,
        "quest_expired",
    ),
    ("OPEN", "stranger", "submit", 409, "quest_not_claimed"),
    ("CLAIMED", "creator", "submit", 403, "not_performer"),
    ("CLAIMED", "stranger", "submit", 403, "not_performer"),
    ("SUBMITTED", "performer", "submit", 409, "quest_not_claimed"),
    (
        "OVERDUE CLAIMED",
        "performer",
        "submit",
        409,
        "quest_expired",
    ),
    ("COMPLETE", "performer", "submit", 409, "quest_not_claimed"),
    ("OPEN", "creator", "attest", 409, "quest_not_submitted"),
    ("OPEN", "stranger", "attest", 403, "not_participant"),
    ("CLAIMED", "performer", "attest", 409, "quest_not_submitted"),
    ("SUBMITTED", "stranger", "attest", 403, "not_participant"),
    ("SUBMITTED", "arbiter", "attest", 403, "not_participant"),
    ("ATTESTED", "creator", "attest", 409, "already_attested"),
    (
        "ATTESTED",
        "performer",
        "attest",
        409,
        "quest_not_submitted",
    ),
    ("COMPLETE", "creator", "attest", 409, "already_attested"),
    ("COMPLETE", "performer", "attest", 409, "already_attested"),
    ("OPEN", "creator", "dispute", 409, "quest_not_submitted"),
    ("SUBMITTED", "stranger", "dispute", 403, "not_participant"),
    ("SUBMITTED", "arbiter", "dispute", 403, "not_participant"),
    (
        "DISPUTED",
        "performer",
        "dispute",
        409,
        "quest_not_submitted",
    ),
    ("COMPLETE", "creator", "dispute", 409, "quest_not_submitted"),
    (
        "OVERDUE CLAIMED",
        "performer",
        "attest",
        409,
        "quest_expired",
    ),
    ("EXPIRED", "creator", "dispute", 409, "quest_expired"),
    ("EXPIRED", "arbiter", "resolve", 409, "quest_expired"),
    ("DISPUTED", "creator", "resolve", 403, "not_arbiter"),
    ("DISPUTED", "performer", "resolve", 403, "not_arbiter"),
    ("DISPUTED", "stranger", "resolve", 403, "not_arbiter"),
    ("OPEN", "arbiter", "resolve", 409, "quest_not_disputed"),
    ("SUBMITTED", "arbiter", "resolve", 409, "quest_not_disputed"),
    ("COMPLETE", "arbiter", "resolve", 409, "quest_not_disputed"),
    ("OPEN", "stranger", "delete", 403, "not_creator"),
    ("OPEN", "arbiter", "delete", 403, "not_creator"),
    ("CLAIMED", "performer", "delete", 403, "not_creator"),
    ("CLAIMED", "creator", "delete", 409, "quest_not_open"),
    ("SUBMITTED", "creator", "delete", 409, "quest_not_open"),
    ("COMPLETE", "creator", "delete", 409, "quest_not_open"),
    ("OVERDUE OPEN", "creator", "delete", 409, "quest_expired"),
    ("EXPIRED", "creator", "delete", 409, "quest_expired"),
];

#[tokio::test]
async fn every_refusal_has_its_code_and_changes_nothing() {
    // A member has ten points, so there is a cast for every few of them.
    for some in REFUSALS.chunks(10) {
        let cast = cast().await;
        for (status, who, verb, expected, code) in some {
            let quest = cast.quest_in(status).await;
            let player = with(&cast.app, cast.who(who));
            let before = player.reads(&quest).await;
            let reply = match *verb {
                "delete" => player.deletes(&quest).send().await,
                verb => player.act(&quest, verb).await,
            };
            let place = format!("{who} {verb} {status}");
            assert_eq!(reply.problem(), (*expected, (*code).to_owned()), "{place}");
            assert_eq!(
                reply.header("content-type"),
                Some("application/problem+json")
            );
            let detail = reply.json()["detail"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            assert!(detail.ends_with('.'), "{place}: {detail}");
            assert_eq!(player.reads(&quest).await.body, before.body, "{place}");
        }
        let members = [
            &cast.creator,
            &cast.performer,
            &cast.stranger,
            &cast.arbiter,
        ];
        audit(&cast.app.app.table, &members).await;
    }
}

#[tokio::test]
async fn an_arbiter_who_is_a_party_is_not_its_arbiter() {
    let app = TestApp::new().await;
    let judge = app.register_arbiter("judge").await;
    let ada = app.register("ada").await;
    let theirs = super::support::submitted(&app, &judge, &ada).await;
    let done = super::support::submitted(&app, &ada, &judge).await;
    for quest in [theirs, done] {
        with(&app, &ada).does(&quest, "dispute").await;
        let reply = with(&app, &judge).act(&quest, "resolve").await;
        assert_eq!(reply.problem(), (403, "not_arbiter".to_owned()));
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_404_and_a_stranger_to_all_a_401() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let quest = Uuid::now_v7().to_string();
    let ada = with(&app, &ada);
    for verb in ["claim", "unclaim", "submit", "attest", "dispute", "resolve"] {
        let reply = ada.act(&quest, verb).await;
        assert_eq!(reply.problem(), (404, "not_found".to_owned()), "{verb}");
        let reply = app.post(&format!("{QUESTS}/{quest}/{verb}")).send().await;
        assert_eq!(
            reply.problem(),
            (401, "unauthenticated".to_owned()),
            "{verb}"
        );
        let reply = ada.act("not-a-uuid", verb).await;
        assert_eq!(
            reply.problem(),
            (400, "invalid_request".to_owned()),
            "{verb}"
        );
    }
    assert_eq!(
        ada.reads(&quest).await.problem(),
        (404, "not_found".to_owned())
    );
    assert_eq!(
        ada.deletes(&quest).send().await.problem(),
        (404, "not_found".to_owned())
    );
    for path in [QUESTS, "/api/v1/users/me/quests?role=creator"] {
        assert_eq!(app.get(path).send().await.status, 401);
    }
    assert_eq!(
        app.post(QUESTS).json(&draft("Chairs")).send().await.status,
        401
    );
}
