//! The command line.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use civicforge_codegen::diagnostic::Code as DocumentCode;
use civicforge_sam::code::{Code, Problem};
use civicforge_sam::{Stack, cost, limits, schema};
use clap::{Args, Parser, Subcommand};

/// Writes the AWS SAM template from the contract and functions.yaml.
///
/// Exit code 0: no errors. 1: errors in a document, or a stale file. 2: wrong usage, or a file that cannot be read or written.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Says what is wrong with functions.yaml, by itself and beside the contract, and how much of AWS's limits is used.
    Check {
        #[command(flatten)]
        documents: Documents,
    },
    /// Writes template.yaml, and functions.rs of the handlers.
    Generate {
        #[command(flatten)]
        documents: Documents,
        #[command(flatten)]
        written: Written,
        /// Writes nothing, and fails if a file is not what would be written.
        #[arg(long)]
        check: bool,
    },
    /// Writes docs/cost.md: what a stage costs, from what was measured and AWS's prices.
    Cost {
        #[command(flatten)]
        documents: Documents,
        #[command(flatten)]
        figures: Figures,
        /// The page to write.
        #[arg(long, value_name = "FILE", default_value = "docs/cost.md")]
        out: PathBuf,
        /// Writes nothing, and fails if the file is not what would be written.
        #[arg(long)]
        check: bool,
    },
    /// Writes the JSON Schema of functions.yaml, by which editors complete it.
    Schema {
        /// The file to write.
        #[arg(long, value_name = "FILE", default_value = "sam/functions.schema.json")]
        out: PathBuf,
        /// Writes nothing, and fails if the file is not what would be written.
        #[arg(long)]
        check: bool,
    },
}

#[derive(Debug, Args)]
struct Documents {
    /// What runs where.
    #[arg(long, value_name = "FILE", default_value = "sam/functions.yaml")]
    functions: PathBuf,
    /// The contract.
    #[arg(long, value_name = "FILE", default_value = "openapi.yaml")]
    contract: PathBuf,
}

#[derive(Debug, Args)]
struct Figures {
    /// What AWS asks for.
    #[arg(long, value_name = "FILE", default_value = "sam/cost/prices.yaml")]
    prices: PathBuf,
    /// Traffic and assumptions.
    #[arg(long, value_name = "FILE", default_value = "sam/cost/workloads.yaml")]
    workloads: PathBuf,
    /// Capacity units that were measured.
    #[arg(long, value_name = "FILE", default_value = "docs/capacity.json")]
    capacity: PathBuf,
    /// Processor time and bytes that were measured.
    #[arg(long, value_name = "FILE", default_value = "docs/requests.json")]
    requests: PathBuf,
}

#[derive(Debug, Args)]
struct Written {
    /// The template to write.
    #[arg(long, value_name = "FILE", default_value = "sam/template.yaml")]
    template: PathBuf,
    /// The list of functions to write, for the handlers.
    #[arg(long, value_name = "FILE", default_value = "handlers/src/functions.rs")]
    list: PathBuf,
}

fn main() -> ExitCode {
    match Command::parse().action {
        Action::Check { documents } => documents.read().map_or_else(refuse, |stack| check(&stack)),
        Action::Generate {
            documents,
            written,
            check,
        } => documents
            .read()
            .and_then(|stack| stack.generate())
            .map_or_else(refuse, |output| {
                put(
                    &[
                        (&written.template, &output.template),
                        (&written.list, &output.functions),
                    ],
                    check,
                )
            }),
        Action::Cost {
            documents,
            figures,
            out,
            check,
        } => documents
            .read()
            .and_then(|stack| figures.page(&stack))
            .map_or_else(refuse, |page| put(&[(&out, &page)], check)),
        Action::Schema { out, check } => put(&[(&out, &schema())], check),
    }
}

impl Documents {
    fn read(&self) -> Result<Stack, Vec<Problem>> {
        match (bytes(&self.functions), bytes(&self.contract)) {
            (Ok(functions), Ok(contract)) => {
                Stack::read((&self.functions, functions), (&self.contract, contract))
            }
            (functions, contract) => {
                Err(functions.err().into_iter().chain(contract.err()).collect())
            }
        }
    }
}

impl Figures {
    fn page(&self, stack: &Stack) -> Result<String, Vec<Problem>> {
        let read = |path| bytes(path).map_err(|problem| vec![problem]);
        cost::page(
            stack,
            cost::Inputs {
                prices: (&self.prices, read(&self.prices)?),
                workloads: (&self.workloads, read(&self.workloads)?),
                capacity: (&self.capacity, read(&self.capacity)?),
                requests: (&self.requests, read(&self.requests)?),
            },
        )
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Problem> {
    std::fs::read(path).map_err(|error| Problem {
        file: path.display().to_string(),
        line: 1,
        column: 1,
        code: Code::Document(DocumentCode::Io),
        message: format!("The file cannot be read: {error}."),
        pointer: String::new(),
        severity: DocumentCode::Io.severity(),
        hint: None,
    })
}

fn refuse(problems: Vec<Problem>) -> ExitCode {
    for problem in &problems {
        println!("{problem}");
    }
    eprintln!("refused, {} errors", problems.len());
    let unread = |problem: &Problem| problem.code == Code::Document(DocumentCode::Io);
    ExitCode::from(if problems.iter().any(unread) { 2 } else { 1 })
}

fn check(stack: &Stack) -> ExitCode {
    let output = match stack.generate() {
        Ok(output) => output,
        Err(problems) => return refuse(problems),
    };
    for (what, used, most) in limits::used(stack, &output.template) {
        println!("{used:>8} of {most:>8} {what}");
    }
    ExitCode::SUCCESS
}

fn put(files: &[(&Path, &str)], check: bool) -> ExitCode {
    let mut worst = 0;
    for (path, text) in files {
        let name = path.display();
        let fresh = std::fs::read(path).is_ok_and(|old| old == text.as_bytes());
        if fresh {
            eprintln!("{name}: is fresh");
        } else if check {
            eprintln!("{name}: is stale. Write it again without `--check`.");
            worst = worst.max(1);
        } else if let Err(error) = std::fs::write(path, text) {
            eprintln!("{name}: cannot be written: {error}");
            worst = 2;
        } else {
            eprintln!("{name}: written");
        }
    }
    ExitCode::from(worst)
}
