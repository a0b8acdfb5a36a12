// Generated from sam/functions.yaml by `cargo run -p civicforge-sam -- generate`. Do not edit.

//! Which Lambda function serves which operations, which secrets each may read, and what each program is made of.

use civicforge_api::{
    auth, health, inquiries, notifications, properties, quests, sync, tasks, users,
};
use civicforge_runtime::operation::Route;

use crate::app::CivicForge;
#[cfg(feature = "images")]
use crate::function::IMAGES_EVENTS;
use crate::function::{EVENTS, Function, Program, SecretName};

/// Every function. One that serves no operation handles events of the kind that it is called after.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "api",
        program: "reads",
        operations: &[
            "getHealth",
            "getReadiness",
            "getJwks",
            "listMyQuests",
            "getUserProfile",
            "listQuests",
            "getQuest",
            "listMyTasks",
            "listShops",
            "listTasks",
            "getTask",
            "getTaskPeople",
            "listProperties",
            "listMyProperties",
            "getProperty",
            "listInquiries",
            "getInquiry",
        ],
        secrets: &[SecretName::PublicKeys, SecretName::Secret],
    },
    Function {
        name: "users",
        program: "writes",
        operations: &["getCurrentUser", "updateCurrentUser", "updateWallet"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "userAdmin",
        program: "reads",
        operations: &["listUsers"],
        secrets: &[SecretName::PublicKeys, SecretName::Secret],
    },
    Function {
        name: "auth",
        program: "accounts",
        operations: &[
            "registerUser",
            "loginUser",
            "refreshToken",
            "logoutUser",
            "changePassword",
            "requestPasswordReset",
            "resetPassword",
            "requestEmailVerification",
            "verifyEmail",
            "closeAccount",
        ],
        secrets: &[SecretName::SigningKeys, SecretName::Secret],
    },
    Function {
        name: "exportAccount",
        program: "accounts",
        operations: &["exportAccount"],
        secrets: &[SecretName::PublicKeys, SecretName::Secret],
    },
    Function {
        name: "notifications",
        program: "writes",
        operations: &["setNotifications", "showUnsubscribe", "unsubscribe"],
        secrets: &[SecretName::PublicKeys, SecretName::Secret],
    },
    Function {
        name: "createQuest",
        program: "writes",
        operations: &["createQuest"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "attestQuest",
        program: "writes",
        operations: &["attestQuest"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "deleteQuest",
        program: "writes",
        operations: &["deleteQuest"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "questActions",
        program: "writes",
        operations: &[
            "claimQuest",
            "unclaimQuest",
            "submitQuest",
            "disputeQuest",
            "resolveQuest",
        ],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "reportProblem",
        program: "writes",
        operations: &["reportProblem"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "taskActions",
        program: "writes",
        operations: &["claimTask", "releaseTask", "completeTask"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "createProperty",
        program: "writes",
        operations: &["createProperty"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "changeProperty",
        program: "writes",
        operations: &["updateProperty", "deleteProperty"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "propertyImages",
        program: "writes",
        operations: &[
            "createImageUpload",
            "completeImageUpload",
            "deleteImage",
            "reorderImages",
        ],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "inquiries",
        program: "writes",
        operations: &["createInquiry", "updateInquiry"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "clickUpWebhook",
        program: "writes",
        operations: &["receiveClickUpWebhook"],
        secrets: &[],
    },
    Function {
        name: "neonWebhook",
        program: "writes",
        operations: &["receiveNeonWebhook"],
        secrets: &[],
    },
    Function {
        name: "syncAdmin",
        program: "writes",
        operations: &["getSyncStatus", "requestResync"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "createUser",
        program: "jobs",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "reprocessFailedRewards",
        program: "jobs",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "expireQuests",
        program: "jobs",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "closeInquiries",
        program: "jobs",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "renderImages",
        program: "images",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "removeImages",
        program: "jobs",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "eraseAccounts",
        program: "jobs",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "deliverOutbox",
        program: "jobs",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "redeliverOutbox",
        program: "jobs",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "sendMails",
        program: "jobs",
        operations: &[],
        secrets: &[SecretName::Secret],
    },
    Function {
        name: "mailFeedback",
        program: "jobs",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "syncWorker",
        program: "jobs",
        operations: &[],
        secrets: &[SecretName::Vendors],
    },
    Function {
        name: "reconcile",
        program: "jobs",
        operations: &[],
        secrets: &[SecretName::Vendors],
    },
];

/// The program `reads`. Every read for anybody.
pub static READS: Program = Program {
    routes: routes_of_reads,
    events: None,
};

fn routes_of_reads(app: &CivicForge) -> Vec<Route> {
    vec![
        Route::of::<health::get_health::GetHealth, _>(&app.health),
        Route::of::<health::get_readiness::GetReadiness, _>(&app.health),
        Route::of::<auth::get_jwks::GetJwks, _>(&app.auth),
        Route::of::<quests::list_my_quests::ListMyQuests, _>(&app.quests),
        Route::of::<users::get_user_profile::GetUserProfile, _>(&app.users),
        Route::of::<quests::list_quests::ListQuests, _>(&app.quests),
        Route::of::<quests::get_quest::GetQuest, _>(&app.quests),
        Route::of::<tasks::list_my_tasks::ListMyTasks, _>(&app.tasks),
        Route::of::<tasks::list_shops::ListShops, _>(&app.tasks),
        Route::of::<tasks::list_tasks::ListTasks, _>(&app.tasks),
        Route::of::<tasks::get_task::GetTask, _>(&app.tasks),
        Route::of::<tasks::get_task_people::GetTaskPeople, _>(&app.tasks),
        Route::of::<properties::list_properties::ListProperties, _>(&app.properties),
        Route::of::<properties::list_my_properties::ListMyProperties, _>(&app.properties),
        Route::of::<properties::get_property::GetProperty, _>(&app.properties),
        Route::of::<inquiries::list_inquiries::ListInquiries, _>(&app.inquiries),
        Route::of::<inquiries::get_inquiry::GetInquiry, _>(&app.inquiries),
        Route::of::<users::list_users::ListUsers, _>(&app.users),
    ]
}

/// The program `writes`. Members' own accounts, and what changes quests.
pub static WRITES: Program = Program {
    routes: routes_of_writes,
    events: None,
};

fn routes_of_writes(app: &CivicForge) -> Vec<Route> {
    vec![
        Route::of::<users::get_current_user::GetCurrentUser, _>(&app.users),
        Route::of::<users::update_current_user::UpdateCurrentUser, _>(&app.users),
        Route::of::<users::update_wallet::UpdateWallet, _>(&app.users),
        Route::of::<notifications::set_notifications::SetNotifications, _>(&app.notifications),
        Route::of::<notifications::show_unsubscribe::ShowUnsubscribe, _>(&app.notifications),
        Route::of::<notifications::unsubscribe::Unsubscribe, _>(&app.notifications),
        Route::of::<quests::create_quest::CreateQuest, _>(&app.quests),
        Route::of::<quests::attest_quest::AttestQuest, _>(&app.quests),
        Route::of::<quests::delete_quest::DeleteQuest, _>(&app.quests),
        Route::of::<quests::claim_quest::ClaimQuest, _>(&app.quests),
        Route::of::<quests::unclaim_quest::UnclaimQuest, _>(&app.quests),
        Route::of::<quests::submit_quest::SubmitQuest, _>(&app.quests),
        Route::of::<quests::dispute_quest::DisputeQuest, _>(&app.quests),
        Route::of::<quests::resolve_quest::ResolveQuest, _>(&app.quests),
        Route::of::<tasks::report_problem::ReportProblem, _>(&app.tasks),
        Route::of::<tasks::claim_task::ClaimTask, _>(&app.tasks),
        Route::of::<tasks::release_task::ReleaseTask, _>(&app.tasks),
        Route::of::<tasks::complete_task::CompleteTask, _>(&app.tasks),
        Route::of::<properties::create_property::CreateProperty, _>(&app.properties),
        Route::of::<properties::update_property::UpdateProperty, _>(&app.properties),
        Route::of::<properties::delete_property::DeleteProperty, _>(&app.properties),
        Route::of::<properties::create_image_upload::CreateImageUpload, _>(&app.properties),
        Route::of::<properties::complete_image_upload::CompleteImageUpload, _>(&app.properties),
        Route::of::<properties::delete_image::DeleteImage, _>(&app.properties),
        Route::of::<properties::reorder_images::ReorderImages, _>(&app.properties),
        Route::of::<inquiries::create_inquiry::CreateInquiry, _>(&app.inquiries),
        Route::of::<inquiries::update_inquiry::UpdateInquiry, _>(&app.inquiries),
        Route::of::<sync::receive_click_up_webhook::ReceiveClickUpWebhook, _>(&app.sync),
        Route::of::<sync::receive_neon_webhook::ReceiveNeonWebhook, _>(&app.sync),
        Route::of::<sync::get_sync_status::GetSyncStatus, _>(&app.sync),
        Route::of::<sync::request_resync::RequestResync, _>(&app.sync),
    ]
}

/// The program `accounts`. Passwords, sessions and tokens.
pub static ACCOUNTS: Program = Program {
    routes: routes_of_accounts,
    events: None,
};

fn routes_of_accounts(app: &CivicForge) -> Vec<Route> {
    vec![
        Route::of::<auth::register_user::RegisterUser, _>(&app.auth),
        Route::of::<auth::login_user::LoginUser, _>(&app.auth),
        Route::of::<auth::refresh_token::RefreshToken, _>(&app.auth),
        Route::of::<auth::logout_user::LogoutUser, _>(&app.auth),
        Route::of::<auth::change_password::ChangePassword, _>(&app.auth),
        Route::of::<auth::request_password_reset::RequestPasswordReset, _>(&app.auth),
        Route::of::<auth::reset_password::ResetPassword, _>(&app.auth),
        Route::of::<auth::request_email_verification::RequestEmailVerification, _>(&app.auth),
        Route::of::<auth::verify_email::VerifyEmail, _>(&app.auth),
        Route::of::<auth::close_account::CloseAccount, _>(&app.auth),
        Route::of::<auth::export_account::ExportAccount, _>(&app.auth),
    ]
}

/// The program `jobs`. What happens without a request.
pub static JOBS: Program = Program {
    routes: |_| Vec::new(),
    events: Some(&EVENTS),
};

/// The program `images`. Images of uploaded files.
#[cfg(feature = "images")]
pub static IMAGES: Program = Program {
    routes: |_| Vec::new(),
    events: Some(&IMAGES_EVENTS),
};
