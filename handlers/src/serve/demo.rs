//! ClickUp, Neon CRM, Slack and Discourse on this machine, for a look at how tasks are kept in sync.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use chrono::{Days, Utc};
use civicforge_demo_vendors::clickup::{self, Act, ClickUp, LIST, SPACE, TEAM};
use civicforge_demo_vendors::neon::{self, Account, Neon, Webhook};
use civicforge_demo_vendors::slack::{self, Slack};
use civicforge_demo_vendors::{discourse, discourse::Discourse};
use civicforge_kernel::secret_text::SecretText;
use civicforge_kernel::table::{StoreError, Table};
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

use crate::app::CivicForge;
use crate::members::NEON_USER;
use crate::sync::clickup::FromClickUp;
use crate::sync::connect::{self, ConnectError};
use crate::sync::pull::{Pull, PullError};
use crate::sync::vendors::VendorsError;
use crate::sync::webhooks::{NeonPassword, Webhooks};
use crate::tasks::mapping::Mapping;
use crate::tasks::shops::Shop;

/// Whoever registers with this address is a volunteer once the address is verified.
const VOLUNTEER: &str = "member@example.org";

/// The custom fields of the list of problems.
const SHOP: &str = "6d0f3a52-0000-4000-8000-00000000a001";
const MAJOR: &str = "6d0f3a52-0000-4000-8000-00000000a006";
const SLACK_URL: &str = "6d0f3a52-0000-4000-8000-00000000a007";
const KIND: &str = "6d0f3a52-0000-4000-8000-00000000a00a";
const DISCOURSE_URL: &str = "6d0f3a52-0000-4000-8000-00000000a00b";
const VOLUNTEER_NAME: &str = "6d0f3a52-0000-4000-8000-00000000a00c";

/// The tasks that there are at first: title, description, the place of the shop's option, the priority, and the status.
const TASKS: [(&str, &str, u8, u8, &str); 6] = [
    (
        "Sharpen the chisels",
        "All eight of them, in the drawer below the vise.",
        0,
        4,
        "to do",
    ),
    (
        "Replace the belt of the sander",
        "The new one is on the shelf.",
        0,
        3,
        "to do",
    ),
    (
        "Empty the dust collector",
        "It is two thirds full.",
        0,
        2,
        "in progress",
    ),
    (
        "Label the filament",
        "Half of the spools have no label.",
        4,
        4,
        "to do",
    ),
    (
        "Level the bed of printer 2",
        "The first layer does not stick on the left.",
        4,
        3,
        "to do",
    ),
    (
        "Clean the lens of the laser",
        "With the cloth in its box.",
        3,
        2,
        "complete",
    ),
];

/// Why they are not there.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// There is no port.
    #[error("the other systems cannot be started: {0}")]
    Start(#[from] io::Error),
    /// The table.
    #[error("the table cannot be used: {0}")]
    Store(#[from] StoreError),
    /// Their settings.
    #[error(transparent)]
    Settings(#[from] VendorsError),
    /// The webhook.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The tasks.
    #[error(transparent)]
    Pull(#[from] PullError),
    /// What is there is an organization's own.
    #[error(
        "the data folder is in sync with systems of its own, which --demo-vendors would replace: give another --data-dir"
    )]
    NotADemo,
    /// What is made here has a mistake.
    #[error("the demo has a mistake: {0}")]
    Mistake(String),
}

/// The systems. They stop when this is dropped.
pub struct Demo {
    click_up: ClickUp,
    neon: Neon,
    slack: Slack,
    discourse: Discourse,
}

impl Demo {
    /// Starts them on the loopback address: on the ports after that of the server where they are free.
    ///
    /// # Errors
    ///
    /// There is no port.
    pub async fn start(server: SocketAddr) -> Result<Self, DemoError> {
        let port = |number| match server.port() {
            0 => 0,
            port => port.checked_add(number).unwrap_or_default(),
        };
        Ok(Self {
            click_up: ClickUp::start(clickup::Setup {
                port: port(1),
                ..clickup::Setup::default()
            })
            .await?,
            neon: Neon::start(neon::Setup {
                port: port(2),
                ..neon::Setup::default()
            })
            .await?,
            slack: Slack::start(slack::Setup {
                port: port(3),
                ..slack::Setup::default()
            })
            .await?,
            discourse: Discourse::start(discourse::Setup {
                port: port(4),
                ..discourse::Setup::default()
            })
            .await?,
        })
    }

    /// The settings by which a server reaches them.
    pub fn settings(&self) -> SecretText {
        let settings = json!({
            "clickUp": {"token": clickup::TOKEN, "address": self.click_up.url()},
            "neon": {"organization": neon::ORGANIZATION, "key": neon::KEY, "address": self.neon.url()},
            "slack": {"token": slack::TOKEN, "address": self.slack.url()},
            "discourse": {"address": self.discourse.url(), "key": discourse::KEY, "user": discourse::USER},
        });
        SecretText::new(settings.to_string())
    }

    /// Where each of them shows a person what it holds.
    pub fn pages(&self) -> [(&'static str, String); 4] {
        let page = |url: String| {
            let url = url.parse::<Url>().ok();
            url.map_or_else(String::new, |url| {
                url[..url::Position::BeforePath].to_owned()
            })
        };
        [
            ("ClickUp", page(self.click_up.url())),
            ("Neon CRM", page(self.neon.url())),
            ("Slack", page(self.slack.url())),
            ("Discourse", page(self.discourse.url())),
        ]
    }

    /// Looks whether nothing of an organization's own would be replaced: the table is an earlier demo's, or in sync with nothing.
    ///
    /// # Errors
    ///
    /// It holds a mapping or webhooks that no demo has made, or fails.
    pub async fn check(table: &Table) -> Result<(), DemoError> {
        let is_a_demo = match Mapping::read(table).await? {
            Some(theirs) => theirs == mapping()?,
            None => Webhooks::read(table).await? == Webhooks::default(),
        };
        is_a_demo.then_some(()).ok_or(DemoError::NotADemo)
    }

    /// Has a server that listens at this address be in sync with them, as an operator's commands do.
    ///
    /// # Errors
    ///
    /// The table fails, or one of the systems.
    pub async fn connect(&self, app: &CivicForge, address: SocketAddr) -> Result<(), DemoError> {
        let mistake = |error: &dyn std::fmt::Display| DemoError::Mistake(error.to_string());
        let mapping = mapping()?;
        for (name, shop) in &mapping.shops {
            let shop = Shop {
                shop: name.clone().try_into().map_err(|e| mistake(&e))?,
                name: shop.name.clone(),
            };
            shop.save(&app.table).await?;
        }
        mapping.save(&app.table).await?;
        self.fill().map_err(|e| mistake(&e))?;
        // Both are known before anything is sent: a server goes for a while by the webhooks that it has read.
        let password = Uuid::new_v4().to_string();
        let known = |all: &mut Webhooks| all.neon = vec![NeonPassword::of(&password)];
        Webhooks::change(&app.table, known).await?;
        let by = mapping.click_up.ok_or_else(|| mistake(&"no clickUp"))?;
        let click_up = app.vendors.clients().await?.click_up;
        let click_up = click_up.ok_or_else(|| mistake(&"no settings of ClickUp"))?;
        let endpoint = format!("http://{address}/webhooks/clickup").parse::<Url>();
        let endpoint = endpoint.map_err(|e| mistake(&e))?;
        connect::connect(&click_up, &app.table, &by, &endpoint).await?;
        self.fill_neon(address, &password);
        let from = FromClickUp::new(Arc::clone(app.tasks.feature()), app.vendors.clone());
        let pull = Pull {
            from: &from,
            click_up: &click_up,
            by: &by,
            until: None,
        };
        pull.all(|_, _| {}).await?;
        Ok(())
    }

    /// The tasks that there are at first.
    fn fill(&self) -> Result<(), String> {
        for (title, description, shop, priority, status) in TASKS {
            let shop = json!(format!("0b7e1c00-0000-4000-8000-{shop:012}"));
            let by = clickup::RIVER;
            let task = self
                .click_up
                .create_task(by, LIST, title, description, &[(SHOP, shop)]);
            let task = task.map_err(|refused| format!("{refused:?}"))?;
            for act in [Act::Priority(Some(priority)), Act::Status(status)] {
                let done = self.click_up.act(by, &task, act);
                done.map_err(|refused| format!("{refused:?}"))?;
            }
        }
        Ok(())
    }

    /// An account of a volunteer, and webhooks for what happens to it.
    fn fill_neon(&self, address: SocketAddr, password: &str) {
        let url = format!("http://{address}/webhooks/neon");
        for trigger in [
            "editAccount",
            "createMembership",
            "updateMembership",
            "deleteMembership",
        ] {
            self.neon
                .add_webhook(Webhook::json(trigger, &url, (NEON_USER, password)));
        }
        let account = Account::volunteer("River", "Example", VOLUNTEER);
        let account = self.neon.create_account(account);
        let today = Utc::now().date_naive();
        let end = today.checked_add_days(Days::new(365)).unwrap_or(today);
        self.neon.create_membership(&account, today, end);
    }
}

fn mapping() -> Result<Mapping, DemoError> {
    serde_json::from_value(mapping_json()).map_err(|error| DemoError::Mistake(error.to_string()))
}

fn mapping_json() -> Value {
    json!({
        "shops": {
            "woodshop": {"name": "Woodshop"},
            "lasers": {"name": "Lasers"},
            "3d-printing": {"name": "3D Printing"},
        },
        "slackChannel": slack::CHANNEL,
        "discourseCategory": discourse::CATEGORY,
        "neon": {"individualTypes": ["Volunteer"]},
        "clickUp": {
            "team": TEAM,
            "space": SPACE,
            "lists": [{"list": LIST}],
            "statuses": {"open": ["to do"], "inProgress": ["in progress"], "done": ["complete"]},
            "fields": {
                "shop": SHOP,
                "problemType": KIND,
                "majorRepair": MAJOR,
                "volunteer": VOLUNTEER_NAME,
                "slackUrl": SLACK_URL,
                "discourseUrl": DISCOURSE_URL,
            },
        },
    })
}
