//! An interceptor for AWS clients: it propagates the trace and records each attempt.

use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use civicforge_runtime::call::Call;
use civicforge_runtime::trace::TRACE_HEADER;

/// An interceptor for the clients of a service, such as `DynamoDB`.
#[derive(Debug, Clone)]
pub struct TraceInterceptor {
    service: &'static str,
    table: Option<Arc<str>>,
}

impl TraceInterceptor {
    /// For the clients of this service.
    pub fn of(service: &'static str) -> Self {
        Self {
            service,
            table: None,
        }
    }

    /// For a client of DynamoDB that works on this table.
    pub fn of_table(table: Arc<str>) -> Self {
        Self {
            service: "DynamoDB",
            table: Some(table),
        }
    }
}

/// The attempt in flight.
#[derive(Debug)]
struct InFlightCall(Call);

impl Storable for InFlightCall {
    type Storer = StoreReplace<Self>;
}

impl Intercept for TraceInterceptor {
    fn name(&self) -> &'static str {
        "TraceInterceptor"
    }

    /// After signing: the header is not signed, because proxies on the way change it.
    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let operation = config.load::<Metadata>().map(|call| call.name().to_owned());
        let call = Call::begin(self.service, operation.unwrap_or_default());
        let call = match &self.table {
            Some(table) => call.of_database("aws.dynamodb", table),
            None => call.remote(),
        };
        if let Some(header) = call.header() {
            let headers = context.request_mut().headers_mut();
            headers.try_insert(TRACE_HEADER, header)?;
        }
        config.interceptor_state().store_put(InFlightCall(call));
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(InFlightCall(call)) = config.load::<InFlightCall>() {
            call.end(match context.response() {
                Some(response) => Ok(response.status().as_u16()),
                None => Err("no answer"),
            });
        }
        Ok(())
    }
}
