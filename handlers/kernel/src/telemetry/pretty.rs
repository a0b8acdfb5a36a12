//! Log lines for people, at a terminal: the time of day, the level, what happened, and little else.
//!
//! ```text
//! 14:03:07 INFO  listening address=127.0.0.1:8080 version="0.1.0"
//! 14:03:09 INFO  GET /api/v1/quests 401 unauthenticated 0.2ms 7aa3fdc8
//! ```

use std::fmt::{self, Write as _};

use chrono::Local;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use super::mask;

/// As much of a request's id as is written: it tells one from the others at a terminal.
const ID: usize = 8;

/// Writes events for people.
#[derive(Debug)]
pub(super) struct Pretty;

impl<S, N> FormatEvent<S, N> for Pretty
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let metadata = event.metadata();
        let time = Local::now().format("%H:%M:%S");
        let level = metadata.level();
        match writer.has_ansi_escapes() {
            true => {
                let color = color(level);
                write!(
                    writer,
                    "\x1b[2m{time}\x1b[0m \x1b[{color}m{level:<5}\x1b[0m "
                )?;
            }
            false => write!(writer, "{time} {level:<5} ")?,
        }
        if metadata.target() == "access" {
            let mut access = Access::default();
            event.record(&mut access);
            return writeln!(writer, "{access}");
        }
        // Whoever asks for these lines wants to know whose they are.
        if *level >= Level::DEBUG {
            write!(writer, "{}: ", metadata.target())?;
        }
        let mut fields = Fields::default();
        event.record(&mut fields);
        writeln!(writer, "{}{}", fields.message, fields.others)
    }
}

fn color(level: &Level) -> u8 {
    match *level {
        Level::ERROR => 31,
        Level::WARN => 33,
        Level::INFO => 32,
        Level::DEBUG => 34,
        Level::TRACE => 35,
    }
}

/// What an event says.
#[derive(Default)]
struct Fields {
    message: String,
    others: String,
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        // One that does not apply.
        if !value.is_empty() {
            self.record_debug(field, &value);
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let text = format!("{value:?}");
        let name = field.name();
        let text = mask::field(name, &text);
        match name {
            "message" => self.message.push_str(&text),
            name => {
                // Writing to a text does not fail.
                let _ = write!(self.others, " {name}={text}");
            }
        }
    }
}

/// What a line says of a request.
#[derive(Default)]
struct Access {
    method: String,
    path: String,
    status: u64,
    code: String,
    micros: u64,
    request_id: String,
}

impl Visit for Access {
    fn record_str(&mut self, field: &Field, value: &str) {
        let name = field.name();
        let place = match name {
            // Either there is a route, or a path that has none.
            "route" | "path" if !value.is_empty() => &mut self.path,
            "code" => &mut self.code,
            "requestId" => &mut self.request_id,
            _ => return,
        };
        *place = mask::field(name, value).into_owned();
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "status" => self.status = value,
            "latencyUs" => self.micros = value,
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "method" {
            self.method = format!("{value:?}");
        }
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, .. } = self;
        write!(f, "{method} {path} {}", self.status)?;
        if !self.code.is_empty() {
            write!(f, " {}", self.code)?;
        }
        let (whole, tenths) = (self.micros / 1000, self.micros % 1000 / 100);
        match whole {
            0..100 => write!(f, " {whole}.{tenths}ms")?,
            _ => write!(f, " {whole}ms")?,
        }
        let id: String = self.request_id.chars().take(ID).collect();
        write!(f, " {id}")
    }
}
