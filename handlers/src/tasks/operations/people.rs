//! Who has to do with a task.

use civicforge_api::types::{TaskPeople, TaskPerson};
use civicforge_kernel::table::StoreError;
use futures::future::try_join;
use uuid::Uuid;

use crate::tasks::Tasks;
use crate::tasks::item::Task;
use crate::users;

/// The name of a member whose account is gone.
const GONE: &str = "A former member";

impl Tasks {
    /// The people of a task, by the names that members see.
    pub(crate) async fn people_of(&self, task: &Task) -> Result<TaskPeople, StoreError> {
        let volunteer = self.person(task.volunteer_id);
        let reporter = self.person(task.reporter_id);
        let (volunteer, reporter) = try_join(volunteer, reporter).await?;
        Ok(TaskPeople {
            task_id: task.task_id.into(),
            volunteer,
            reporter,
        })
    }

    async fn person(&self, member: Option<Uuid>) -> Result<Option<TaskPerson>, StoreError> {
        let Some(member) = member else {
            return Ok(None);
        };
        let account = users::store::find(&self.table, member).await?;
        Ok(Some(match account {
            Some(account) => TaskPerson {
                user_id: Some(member.into()),
                name: account.name,
            },
            None => TaskPerson {
                user_id: None,
                name: GONE.to_owned(),
            },
        }))
    }
}
