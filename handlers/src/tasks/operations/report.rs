//! Reporting a problem, which makes a task of it.

use civicforge_api::codes;
use civicforge_api::tasks::{ReportProblemError, ReportProblemResponse};
use civicforge_api::types::ProblemReport;
use civicforge_kernel::idempotency::IdempotencyGuard;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::context::Context;
use civicforge_runtime::status::Conflict;

use crate::members::Member;
use crate::tasks::Tasks;
use crate::tasks::item::Task;
use crate::tasks::{store, text};

impl Tasks {
    /// Make a task of a problem that a member reports, once per key.
    pub(crate) async fn report(
        &self,
        context: &Context,
        member: &Member,
        key: Option<String>,
        report: ProblemReport,
    ) -> Result<ReportProblemResponse, ReportProblemError> {
        let now = self.clock.stamp();
        let guard = IdempotencyGuard::of_member(context, member.user_id, key, now);
        guard.replay(&self.table).await?;
        let texts = text::report(&report)?;
        let task = Task {
            description: texts.description,
            urgency: report.urgency,
            problem_type: texts.problem_type,
            major_repair: report.major_repair,
            reporter_id: Some(member.user_id),
            ..Task::new(texts.title, report.shop, now)
        };
        let shards = self.shards.now().await?.writers;
        let (transaction, shop) = store::report(&task, shards, self.table.outbox())?;
        let response = || ReportProblemResponse {
            location: format!("/api/v1/tasks/{}", task.task_id),
            etag: task.etag().to_string(),
            idempotency_replayed: None,
            body: task.clone().into(),
        };
        let kept = guard.keep(response)?;
        let failed = match kept.transact(&self.table, transaction).await {
            Ok(outcome) => {
                outcome.first()?;
                context.touch("taskId", task.task_id);
                metric!("tasks.reported");
                return Ok(response());
            }
            Err(StoreError::ConditionFailed(failed)) => failed,
            Err(error) => return Err(error.into()),
        };
        guard.replay(&self.table).await?;
        if shop.is_some_and(|shop| failed.contains(shop)) {
            return Err(Conflict::new(codes::UnknownShop)
                .detail("There is no shop of this name.")
                .into());
        }
        Err(StoreError::ConditionFailed(failed).into())
    }
}
