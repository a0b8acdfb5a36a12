//! Running a member's command on a task: read it, decide, and write if it is still as it was read.

use civicforge_api::types;
use civicforge_kernel::idempotency::{AcceptsIdempotencyKey, IdempotencyGuard};
use civicforge_kernel::refusal::refused;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::revise::Revision;
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::context::Context;
use civicforge_runtime::error::{Declares, Listed, OperationError};
use civicforge_runtime::response::IntoResponse;
use civicforge_runtime::status::NotFound;
use uuid::Uuid;

use crate::members::Member;
use crate::tasks::Tasks;
use crate::tasks::item::Task;
use crate::tasks::rules::{Command, Transition, TransitionError};

/// What an operation declares that runs a command on a task.
pub trait ChangesTask: AcceptsIdempotencyKey + Listed + Declares<NotFound> {}

impl<O> ChangesTask for O where O: AcceptsIdempotencyKey + Listed + Declares<NotFound> {}

impl<O: Listed> From<TransitionError> for OperationError<O> {
    fn from(error: TransitionError) -> Self {
        refused(&error)
    }
}

/// The 404 of a task.
pub fn no_task() -> NotFound {
    NotFound::default().detail("There is no such task.")
}

impl Tasks {
    /// Run a member's command on a task, once per key. `respond` makes the response from the entity tag and the task.
    ///
    /// # Errors
    ///
    /// The 404 of a task that is not there, the 403 or 409 of the rules, the 422 of a reused key, and failures of the table.
    pub(crate) async fn execute<O: ChangesTask, R: IntoResponse>(
        &self,
        context: &Context,
        member: &Member,
        task: Uuid,
        key: Option<String>,
        command: Command,
        respond: impl Fn(String, types::Task) -> R,
    ) -> Result<R, OperationError<O>> {
        let guard = IdempotencyGuard::of_member(context, member.user_id, key, self.clock.now());
        let respond = |task: &Task| respond(task.etag().to_string(), task.clone().into());
        let round = || self.try_execute(member.user_id, task, &guard, command, &respond);
        guard.revise(&self.table, round).await
    }

    async fn try_execute<O: ChangesTask, R: IntoResponse>(
        &self,
        member: Uuid,
        task: Uuid,
        guard: &IdempotencyGuard,
        command: Command,
        respond: &impl Fn(&Task) -> R,
    ) -> Result<Revision<R>, OperationError<O>> {
        let now = self.clock.stamp();
        let (before, volunteer) = self.task_for(task, member).await?;
        let before = before.ok_or_else(no_task)?;
        let is_active = volunteer.is_some_and(|volunteer| volunteer.is_active(now));
        let transition = before.decide(command, member, is_active)?;
        let after = before.after(transition, member, now);
        let kept = guard.keep(|| respond(&after))?;
        let built = self.transition((&before, &after), transition, member, now);
        let built = built.await?;
        match kept.transact(&self.table, built.transaction).await {
            Ok(outcome) => {
                outcome.first()?;
                count(transition);
                Ok(Revision::Done(respond(&after)))
            }
            Err(StoreError::Contended { .. }) => Ok(Revision::Contended),
            // Read again: somebody was faster, or the volunteer's membership has ended meanwhile.
            Err(StoreError::ConditionFailed(failed))
                if failed.contains(built.task)
                    || built.volunteer.is_some_and(|at| failed.contains(at)) =>
            {
                Ok(Revision::Stale)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Counts what happened, once for each time that it did.
fn count(transition: Transition) {
    match transition {
        Transition::Claimed => metric!("tasks.claimed"),
        Transition::Released => metric!("tasks.released"),
        Transition::Completed => metric!("tasks.completed"),
    }
}
