//! The operations of the contract's tag Tasks.

mod command;
mod lists;
mod people;
mod report;

use civicforge_api::tasks::{
    ClaimTaskError, ClaimTaskRequest, ClaimTaskResponse, CompleteTaskError, CompleteTaskRequest,
    CompleteTaskResponse, GetTaskError, GetTaskPeopleError, GetTaskPeopleRequest,
    GetTaskPeopleResponse, GetTaskRequest, GetTaskResponse, ListMyTasksError, ListMyTasksRequest,
    ListMyTasksResponse, ListShopsError, ListShopsRequest, ListShopsResponse, ListTasksError,
    ListTasksRequest, ListTasksResponse, ReleaseTaskError, ReleaseTaskRequest, ReleaseTaskResponse,
    ReportProblemError, ReportProblemRequest, ReportProblemResponse, TasksApi,
};
use civicforge_kernel::lists::PageRequest;
use civicforge_runtime::context::Context;

use super::Tasks;
use super::rules::Command;
use crate::members::{Authenticated, Member};
use command::no_task;

/// How long a cache may keep a list that anyone may read.
const LISTS: &str = "public, max-age=5";

impl TasksApi for Authenticated<Tasks> {
    async fn list_shops(
        &self,
        _context: &Context,
        request: ListShopsRequest,
    ) -> Result<ListShopsResponse, ListShopsError> {
        let page = PageRequest {
            limit: request.limit,
            token: request.page_token.as_deref(),
        };
        Ok(ListShopsResponse {
            cache_control: LISTS.to_owned(),
            body: self.all_shops(page).await?,
        })
    }

    async fn list_tasks(
        &self,
        _context: &Context,
        request: ListTasksRequest,
    ) -> Result<ListTasksResponse, ListTasksError> {
        Ok(ListTasksResponse {
            cache_control: LISTS.to_owned(),
            body: self.all_tasks(&request).await?,
        })
    }

    async fn list_my_tasks(
        &self,
        _context: &Context,
        principal: Member,
        request: ListMyTasksRequest,
    ) -> Result<ListMyTasksResponse, ListMyTasksError> {
        let page = PageRequest {
            limit: request.limit,
            token: request.page_token.as_deref(),
        };
        let body = self.tasks_of(&principal, page).await?;
        Ok(ListMyTasksResponse { body })
    }

    async fn get_task(
        &self,
        _context: &Context,
        request: GetTaskRequest,
    ) -> Result<GetTaskResponse, GetTaskError> {
        let task = self.task(*request.task_id).await?.ok_or_else(no_task)?;
        let tag = task.etag();
        let etag = tag.to_string();
        Ok(match request.if_none_match {
            Some(known) if tag.is_known_to(&known) => GetTaskResponse::NotModified { etag },
            _ => GetTaskResponse::Ok {
                etag,
                body: task.into(),
            },
        })
    }

    async fn get_task_people(
        &self,
        _context: &Context,
        _principal: Member,
        request: GetTaskPeopleRequest,
    ) -> Result<GetTaskPeopleResponse, GetTaskPeopleError> {
        let task = self.task(*request.task_id).await?.ok_or_else(no_task)?;
        let body = self.people_of(&task).await?;
        Ok(GetTaskPeopleResponse { body })
    }

    async fn claim_task(
        &self,
        context: &Context,
        principal: Member,
        request: ClaimTaskRequest,
    ) -> Result<ClaimTaskResponse, ClaimTaskError> {
        let (id, key) = (*request.task_id, request.idempotency_key);
        let respond = |etag, body| ClaimTaskResponse {
            etag,
            idempotency_replayed: None,
            body,
        };
        self.execute(context, &principal, id, key, Command::Claim, respond)
            .await
    }

    async fn release_task(
        &self,
        context: &Context,
        principal: Member,
        request: ReleaseTaskRequest,
    ) -> Result<ReleaseTaskResponse, ReleaseTaskError> {
        let (id, key) = (*request.task_id, request.idempotency_key);
        let respond = |etag, body| ReleaseTaskResponse {
            etag,
            idempotency_replayed: None,
            body,
        };
        self.execute(context, &principal, id, key, Command::Release, respond)
            .await
    }

    async fn complete_task(
        &self,
        context: &Context,
        principal: Member,
        request: CompleteTaskRequest,
    ) -> Result<CompleteTaskResponse, CompleteTaskError> {
        let (id, key) = (*request.task_id, request.idempotency_key);
        let respond = |etag, body| CompleteTaskResponse {
            etag,
            idempotency_replayed: None,
            body,
        };
        self.execute(context, &principal, id, key, Command::Complete, respond)
            .await
    }

    async fn report_problem(
        &self,
        context: &Context,
        principal: Member,
        request: ReportProblemRequest,
    ) -> Result<ReportProblemResponse, ReportProblemError> {
        let key = request.idempotency_key;
        self.report(context, &principal, key, request.body).await
    }
}
