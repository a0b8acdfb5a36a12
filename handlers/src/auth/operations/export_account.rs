//! A copy of everything about a member.

use std::time::Duration;

use civicforge_api::auth::{ExportAccountError, ExportAccountRequest, ExportAccountResponse};
use civicforge_api::types::AccountExport;
use civicforge_kernel::failure::Failure;
use civicforge_kernel::idempotency::{IdempotencyGuard, key_reused};
use civicforge_kernel::lists::everything;
use civicforge_kernel::table::idempotency::{Outcome, Scope};
use civicforge_kernel::table::{Index, Key, Query, StoreError, Transaction, stamp};
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::context::Context;
use http::StatusCode;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::NO_STORE;
use crate::auth::identity::Link;
use crate::auth::{Auth, keys};
use crate::media::EXPORT;
use crate::members::{Member, exported};
use crate::users;
use crate::users::audit::Audit;
use crate::users::item::Account;

/// How long a URL is good for.
const LIFETIME: Duration = Duration::from_secs(5 * 60);

impl Auth {
    /// Write everything about a member to a file, once per key, and say where it can be fetched.
    pub(super) async fn export(
        &self,
        context: &Context,
        member: &Member,
        request: ExportAccountRequest,
    ) -> Result<ExportAccountResponse, ExportAccountError> {
        let now = self.clock.stamp();
        let current = request.body.current_password.expose();
        // What is kept of an answer is not for who does not know the password.
        let nothing = IdempotencyGuard::without_key();
        let (account, _) = self.proved(member, &nothing, current, now).await?;
        let scope = Scope::Member(member.user_id);
        let keyed = request.idempotency_key.is_some();
        let guard = self.guard(context, scope, request.idempotency_key, now);
        let guard = guard.await?;
        if let Some(stored) = guard.kept(&self.table).await? {
            return self.exported(&stored.body, Some(true)).await;
        }
        let exports = self.media.exports()?;
        let key = format!("exports/{}/{}.json", member.user_id, Uuid::new_v4());
        let file = self.everything_about(account).await?;
        let put = exports.put(&key, file, EXPORT).await;
        put.map_err(Failure::from)?;
        metric!("accounts.exported");
        if keyed {
            let kept = guard.keep_instead(StatusCode::OK, key.clone());
            match kept.transact(&self.table, Transaction::new()).await? {
                Outcome::Applied => {}
                Outcome::Replay(stored) => return self.exported(&stored.body, Some(true)).await,
                Outcome::KeyReused => return Err(key_reused().into()),
            }
        }
        self.exported(&key, None).await
    }

    async fn exported(
        &self,
        key: &str,
        idempotency_replayed: Option<bool>,
    ) -> Result<ExportAccountResponse, ExportAccountError> {
        let presigned = self.media.exports()?.presigned_get(key, LIFETIME).await;
        let presigned = presigned.map_err(Failure::from)?;
        Ok(ExportAccountResponse {
            cache_control: NO_STORE.to_owned(),
            idempotency_replayed,
            body: AccountExport {
                download_url: presigned.url,
                expires_at: presigned.expires_at,
            },
        })
    }

    async fn everything_about(&self, account: Account) -> Result<Vec<u8>, StoreError> {
        let member = account.user_id;
        let mut all = Map::new();
        let now = stamp::format(self.clock.now());
        all.insert("exportedAt".to_owned(), Value::String(now));
        let account = account.shown_to_owner()?;
        let account = serde_json::to_value(account);
        let account = account.map_err(|error| StoreError::corrupt("an account", error))?;
        all.insert("account".to_owned(), account);
        let (partition, prefix) = keys::identities_of(member);
        let identities = Query::new(Index::Gsi1, partition).prefix(prefix);
        let identities: Vec<Link> = everything(&self.table, identities, Key::of).await?;
        let (partition, prefix) = users::keys::audits_of(member);
        let records = Query::new(Index::Main, partition).prefix(prefix);
        let records: Vec<Audit> = everything(&self.table, records, Key::of).await?;
        let mut parts = vec![
            exported("identities", identities)?,
            exported("records", records)?,
        ];
        for feature in &self.exports {
            parts.extend(feature.export(member).await?);
        }
        all.extend(
            parts
                .into_iter()
                .map(|(name, things)| (name.to_owned(), things)),
        );
        serde_json::to_vec_pretty(&all).map_err(|error| StoreError::corrupt("an export", error))
    }
}
