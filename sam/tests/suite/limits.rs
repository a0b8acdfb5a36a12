//! What becomes of large contracts: they fit, or the place is named that has to change.

use std::fmt::Write as _;
use std::path::Path;

use civicforge_sam::code::{Code, Problem};
use civicforge_sam::{Output, Stack};

/// A contract with so many operations, two to a path, four to a thing; and the functions for it, so many operations to each.
struct Large {
    operations: usize,
    to_a_function: usize,
    more_functions: &'static str,
    head: &'static str,
    cached: bool,
}

impl Default for Large {
    fn default() -> Self {
        Self {
            operations: 50,
            to_a_function: 20,
            more_functions: "",
            head: "",
            cached: false,
        }
    }
}

impl Large {
    fn contract(&self) -> String {
        let mut out = "openapi: 3.0.3\ninfo: { title: Large, version: '1' }\npaths:\n".to_owned();
        for number in 0..self.operations {
            let (thing, kind) = (number / 4, number % 4);
            let path = if kind < 2 {
                format!("/things{thing}")
            } else {
                format!("/things{thing}/{{id}}")
            };
            if kind % 2 == 0 {
                let _ = writeln!(out, "  {path}:");
            }
            let method = ["get", "delete"][kind % 2];
            let _ = writeln!(out, "    {method}:\n      operationId: operation{number}");
            if kind >= 2 {
                out.push_str("      parameters:\n        - { name: id, in: path, required: true, schema: { type: string } }\n");
            }
            out.push_str("      responses:\n        '204':\n          description: Done.\n");
            if self.cached {
                out.push_str(
                    "          headers: { Cache-Control: { schema: { type: string } } }\n",
                );
            }
            for status in [400, 404, 500, 503, 504] {
                let _ = writeln!(out, "        '{status}': {{ description: Not done. }}");
            }
        }
        out
    }

    fn functions(&self) -> String {
        let mut out = format!(
            "defaults: {{ memory: 256, timeout: 10 }}\n{}functions:\n",
            self.head
        );
        let numbers: Vec<usize> = (0..self.operations).collect();
        for (index, chunk) in numbers.chunks(self.to_a_function).enumerate() {
            let operations: Vec<String> = chunk.iter().map(|n| format!("operation{n}")).collect();
            let _ = writeln!(
                out,
                "  group{index}:\n    description: Some.\n    operations: [{}]",
                operations.join(", ")
            );
        }
        out.push_str(self.more_functions);
        out
    }

    fn generate(&self) -> Result<Output, Vec<Problem>> {
        Stack::read(
            (Path::new("functions.yaml"), self.functions().into_bytes()),
            (Path::new("openapi.yaml"), self.contract().into_bytes()),
        )?
        .generate()
    }

    /// The problems, with the line that each names.
    fn refused(&self) -> Vec<(Code, String, String)> {
        let problems = match self.generate() {
            Ok(output) => panic!("{} bytes were written", output.template.len()),
            Err(problems) => problems,
        };
        let (functions, contract) = (self.functions(), self.contract());
        problems
            .into_iter()
            .map(|problem| {
                let text = if problem.file == "functions.yaml" {
                    &functions
                } else {
                    &contract
                };
                let line = text
                    .lines()
                    .nth(problem.line - 1)
                    .unwrap()
                    .trim()
                    .to_owned();
                assert!(problem.hint.is_some(), "{problem}");
                (problem.code, line, problem.message)
            })
            .collect()
    }
}

#[test]
fn fifty_and_two_hundred_operations_fit() {
    for operations in [50, 200] {
        let large = Large {
            operations,
            ..Large::default()
        };
        let output = large.generate();
        let output = output.unwrap_or_else(|problems| panic!("{}", crate::lines(&problems)));
        let each = output.template.matches("type: aws_proxy").count();
        // A GET is a HEAD as well, and a path with two operations has all other methods.
        assert_eq!(each, operations + 2 * operations.div_ceil(2));
    }
}

#[test]
fn eight_hundred_operations_are_too_many_for_one_api() {
    let large = Large {
        operations: 800,
        to_a_function: 50,
        ..Large::default()
    };
    let refused = large.refused();
    assert_eq!(refused.len(), 1, "{refused:?}");
    let (code, line, message) = &refused[0];
    assert_eq!(
        (*code, line.as_str()),
        (Code::TooManyApiResources, "paths:")
    );
    assert!(message.contains("make 401 resources"), "{message}");

    // Where AWS has raised that quota, what CloudFormation reads is the next limit.
    let raised = Large {
        head: "quotas: { apiResources: 1000 }\n",
        ..large
    };
    let refused = raised.refused();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!(
        (refused[0].0, refused[0].1.as_str()),
        (Code::TemplateTooLarge, "paths:")
    );
}

#[test]
fn two_hundred_operations_are_too_many_routes_for_one_http_api() {
    let large = Large {
        operations: 200,
        head: "api: http\n",
        ..Large::default()
    };
    let refused = large.refused();
    assert_eq!(refused.len(), 1, "{refused:?}");
    let (code, line, message) = &refused[0];
    assert_eq!((*code, line.as_str()), (Code::TooManyApiRoutes, "paths:"));
    // A route for each operation and each path, and one for paths that there are not.
    assert!(message.contains("make 301 routes"), "{message}");

    let raised = Large {
        head: "api: http\nquotas: { apiRoutes: 301 }\n",
        ..large
    };
    let output = raised.generate();
    let output = output.unwrap_or_else(|problems| panic!("{}", crate::lines(&problems)));
    let routes = output.template.matches("Type: AWS::ApiGatewayV2::Route");
    assert_eq!(routes.count(), 301);
}

#[test]
fn a_function_for_each_operation_is_too_many_resources() {
    let refused = Large {
        operations: 80,
        to_a_function: 1,
        ..Large::default()
    }
    .refused();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!(
        (refused[0].0, refused[0].1.as_str()),
        (Code::TooManyResources, "functions:")
    );
}

#[test]
fn a_policy_has_an_end() {
    let grants: String = (0..40)
        .map(|n| format!("      - {{ purpose: One., actions: [PutItem], keys: ['K{n}#*'], attributes: [$all] }}\n"))
        .collect();
    let functions = format!(
        "  worker:\n    description: Works.\n    events: [{{ schedule: rate(1 hour) }}]\n    access:\n{grants}"
    );
    let refused = Large {
        head: "attributes:\n  all: [one, two, three, four, five, six, seven]\n",
        more_functions: functions.leak(),
        ..Large::default()
    }
    .refused();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!(
        (refused[0].0, refused[0].1.as_str()),
        (Code::PolicyTooLarge, "access:")
    );
}

#[test]
fn cache_behaviors_have_an_end() {
    let large = Large {
        cached: true,
        ..Large::default()
    };
    let refused = large.refused();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!(refused[0].0, Code::TooManyBehaviors);
    let raised = Large {
        head: "quotas: { cacheBehaviors: 75 }\n",
        ..large
    };
    assert!(raised.generate().is_ok());
}

/// CloudWatch takes ten metrics in an expression, and a throttle that is not taken off would be a server error.
#[test]
fn server_errors_are_told_from_throttles_of_any_number_of_functions() {
    for (functions, parts) in [(8, 1), (9, 2), (20, 3)] {
        let large = Large {
            operations: functions,
            to_a_function: 1,
            ..Large::default()
        };
        let template = large.generate().unwrap().template;
        let blocks: Vec<&str> = template.split("\n\n").collect();
        let alarms = blocks
            .iter()
            .filter(|block| block.contains("5XXError") && block.contains("MetricStat"));
        let alarms: Vec<&&str> = alarms.collect();
        assert_eq!(alarms.len(), parts);
        let mut throttled = 0;
        for alarm in &alarms {
            let metrics = alarm.matches("MetricStat:").count();
            assert!(metrics <= 10, "{alarm}");
            let throttles = alarm.matches("MetricName: Throttles").count();
            let less = alarm.matches(" - FILL(").count();
            assert_eq!((throttles, less), (metrics - 2, metrics - 2), "{alarm}");
            throttled += throttles;
            assert_eq!(alarm.contains("AlarmActions"), parts == 1, "{alarm}");
        }
        assert_eq!(throttled, functions);
        let composed = blocks.iter().find(|block| block.contains("AlarmRule:"));
        let rule = composed.map_or("", |block| block);
        assert!(composed.is_some() == (parts > 1) && !rule.contains(" OR "));
        let named =
            (1..=parts).all(|part| rule.contains(&format!("${{ServerErrorsPart{part}Alarm}}")));
        assert!(parts == 1 || named, "{rule}");
    }
}
