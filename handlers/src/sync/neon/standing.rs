//! Whether an account of Neon CRM is one of a volunteer: its type, and its terms.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::tasks::mapping::NeonMapping;
use crate::tasks::volunteers::Standing;
use crate::vendors::neon::{Account, Membership};

impl Standing {
    /// That of an account with these terms at this time: active is who is of a type that the mapping names, and has a paid term that
    /// covers today where the organization is. Terms that follow one another without a gap count as one.
    pub fn of(
        account: &Account,
        terms: &[Membership],
        mapping: &NeonMapping,
        now: DateTime<Utc>,
    ) -> Self {
        let mut types = account.individual_types.iter();
        let is_named = types.any(|kind| {
            let name = kind
                .name
                .as_deref()
                .unwrap_or_default()
                .trim()
                .to_lowercase();
            let mut named = mapping.individual_types.iter();
            named.any(|named| named.trim().to_lowercase() == name)
        });
        if !account.is_individual || !is_named {
            return Self::Inactive;
        }
        let offset = TimeDelta::minutes(mapping.utc_offset_minutes.into());
        let today = now.checked_add_signed(offset).map(|now| now.date_naive());
        let (mut day, mut last) = (today, None);
        // Each round goes beyond the last day of a term, so there are no more of them than terms.
        while let Some(covered) = day {
            let covering = terms.iter().filter(|term| term.covers(covered));
            let ends: Vec<_> = covering.map(|term| term.end).collect();
            if ends.contains(&None) {
                return Self::Open;
            }
            let Some(end) = ends.into_iter().flatten().max() else {
                break;
            };
            last = Some(end);
            day = end.succ_opt();
        }
        let midnight = last.and_then(|last| last.succ_opt()).and_then(|next| {
            next.and_time(NaiveTime::MIN)
                .and_utc()
                .checked_sub_signed(offset)
        });
        // That time is the last one that counts.
        let until = midnight.and_then(|next| next.checked_sub_signed(TimeDelta::milliseconds(1)));
        until.map_or(Self::Inactive, Self::Until)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const OFFSET: i32 = -360;

    fn standing(types: Value, terms: Value, now: &str) -> Standing {
        let account = json!({"accountId": "60001", "individualTypes": types});
        let mut account: Account = serde_json::from_value(account).unwrap();
        account.is_individual = true;
        let terms: Vec<Membership> = serde_json::from_value(terms).unwrap();
        let mapping = NeonMapping {
            individual_types: vec!["Volunteer".to_owned(), "Steward".to_owned()],
            utc_offset_minutes: OFFSET,
        };
        Standing::of(&account, &terms, &mapping, now.parse().unwrap())
    }

    fn term(status: &str, start: &str, end: Value) -> Value {
        json!({"id": 1, "status": status, "termStartDate": start, "termEndDate": end})
    }

    fn paid(start: &str, end: &str) -> Value {
        term("SUCCEEDED", start, json!(end))
    }

    #[test]
    fn who_is_active_and_until_when() {
        let noon = "2025-12-10T18:00:00Z";
        // The organization's day ends at six in the morning of the next day here.
        let until = |next: &str| {
            let next: DateTime<Utc> = format!("{next}T06:00:00Z").parse().unwrap();
            Standing::Until(next - TimeDelta::milliseconds(1))
        };
        let volunteer =
            json!([{"id": "1", "name": "Wiki Admin"}, {"id": 2, "name": " volunteer "}]);
        let november = paid("2025-11-28", "2025-12-27");
        for (what, types, terms, now, expected) in [
            (
                "a paid term",
                &volunteer,
                json!([november]),
                noon,
                until("2025-12-28"),
            ),
            (
                "no types",
                &json!([]),
                json!([november]),
                noon,
                Standing::Inactive,
            ),
            (
                "a type without a name",
                &json!([{"id": "2"}]),
                json!([november]),
                noon,
                Standing::Inactive,
            ),
            (
                "another type",
                &json!([{"id": "3", "name": "Instructor"}]),
                json!([november]),
                noon,
                Standing::Inactive,
            ),
            ("no terms", &volunteer, json!([]), noon, Standing::Inactive),
            (
                "a renewal that was not paid, after a paid term",
                &volunteer,
                json!([term("FAILED", "2025-12-28", json!("2026-01-27")), november]),
                noon,
                until("2025-12-28"),
            ),
            (
                "a pending term",
                &volunteer,
                json!([term("PENDING", "2025-11-28", json!("2025-12-27"))]),
                noon,
                Standing::Inactive,
            ),
            (
                "a renewal in advance",
                &volunteer,
                json!([paid("2025-12-28", "2026-01-27"), november]),
                noon,
                until("2026-01-28"),
            ),
            (
                "a term after a gap",
                &volunteer,
                json!([november, paid("2025-12-29", "2026-01-27")]),
                noon,
                until("2025-12-28"),
            ),
            (
                "terms that overlap",
                &volunteer,
                json!([november, paid("2025-12-01", "2025-12-15")]),
                noon,
                until("2025-12-28"),
            ),
            (
                "a term without a last day",
                &volunteer,
                json!([term("SUCCEEDED", "2025-11-28", json!(null))]),
                noon,
                Standing::Open,
            ),
            (
                "a term without a first day",
                &volunteer,
                json!([term("SUCCEEDED", "soon", json!("2025-12-27"))]),
                noon,
                Standing::Inactive,
            ),
            (
                "the evening before the first day",
                &volunteer,
                json!([november]),
                "2025-11-28T05:59:59Z",
                Standing::Inactive,
            ),
            (
                "the first moment",
                &volunteer,
                json!([november]),
                "2025-11-28T06:00:00Z",
                until("2025-12-28"),
            ),
            (
                "the last moment",
                &volunteer,
                json!([november]),
                "2025-12-28T05:59:59Z",
                until("2025-12-28"),
            ),
            (
                "after the last day",
                &volunteer,
                json!([november]),
                "2025-12-28T06:00:00Z",
                Standing::Inactive,
            ),
            (
                "the last day there is",
                &volunteer,
                json!([paid("2025-11-28", "+262142-12-31")]),
                noon,
                Standing::Inactive,
            ),
        ] {
            assert_eq!(standing(types.clone(), terms, now), expected, "{what}");
        }
    }

    #[test]
    fn a_company_is_no_volunteer() {
        let account = json!({"accountId": "1", "individualTypes": [{"name": "Volunteer"}]});
        let mut account: Account = serde_json::from_value(account).unwrap();
        account.is_individual = false;
        let term: Membership = serde_json::from_value(paid("2025-11-28", "2025-12-27")).unwrap();
        let mapping = NeonMapping {
            individual_types: vec!["Volunteer".to_owned()],
            utc_offset_minutes: 0,
        };
        let now = "2025-12-10T18:00:00Z".parse().unwrap();
        let standing = Standing::of(&account, &[term], &mapping, now);
        assert_eq!(standing, Standing::Inactive);
    }
}
