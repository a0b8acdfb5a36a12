//! What webhooks say, in both shapes. As with the vendor, there is more in it than anybody should keep.

use serde_json::{Value, json};

use super::state::Membership;

/// A term as the API shows it.
pub(super) fn term(id: &str, term: &Membership) -> Value {
    json!({
        "id": id,
        "accountId": term.account,
        "parentId": null,
        "membershipLevel": { "id": "1", "name": term.level, "status": null },
        "membershipTerm": { "id": "1", "name": "Monthly", "status": null },
        "autoRenewal": true,
        "source": null,
        "changeType": "UNCHANGED",
        "termUnit": "MONTH",
        "termDuration": 1,
        "enrollType": "RENEW",
        "transactionDate": term.start,
        "termStartDate": term.start,
        "termEndDate": term.end,
        "fee": 95.0,
        "couponCode": null,
        "sendAcknowledgeEmail": false,
        "status": term.status,
        "complimentary": false,
        "membershipCustomFields": [],
        "craInfo": null,
        "timestamps": {
            "createdBy": "Dashboard Service",
            "createdDateTime": "2025-06-01T15:00:00Z",
            "lastModifiedBy": "Dashboard Service",
            "lastModifiedDateTime": "2025-11-28T12:00:00Z",
        },
        "donorCoveredFeeFlag": false,
        "donorCoveredFee": 0.0,
        "totalCharge": 95.0,
    })
}

/// The same with how it was paid.
pub(super) fn with_payment(id: &str, membership: &Membership) -> Value {
    let mut shown = term(id, membership);
    shown["payments"] = json!([{
        "id": format!("9{id}"),
        "amount": 95.0,
        "paymentStatus": "Succeeded",
        "note": null,
        "receivedDate": "2025-11-28T06:00:00Z",
        "tenderType": 4,
        "creditCardOnline": {
            "id": 91501,
            "token": "EXAMPLE-NOT-A-TOKEN",
            "cardNumberLastFour": "0000",
            "cardTypeCode": "V",
            "cardHolderName": "EXAMPLE-CARD-HOLDER",
            "transactionNumber": "EXAMPLE-NOT-A-CHARGE",
        },
    }]);
    shown
}

/// The shape of before May 2026, in which ids are numbers.
pub(super) fn legacy(id: &str, term: &Membership) -> Value {
    let number = |id: &str| id.parse::<u64>().ok();
    let is_paid = term.status == "SUCCEEDED";
    json!({
        "membershipEnrollment": {
            "accountId": number(&term.account),
            "membershipId": number(id),
            "membershipName": term.level,
            "membershipTerm": { "termInfo": { "id": 1, "name": "Monthly" } },
            "termDuration": "1MONTH",
            "termStartDate": format!("{}-06:00", term.start),
            "termEndDate": term.end.map(|end| format!("{end}-06:00")),
            "transactionDate": format!("{}-06:00", term.start),
            "enrollmentType": "RENEW",
            "fee": 95.0,
            "autoRenewal": true,
            "status": if is_paid { "Succeed" } else { "Failed" },
            "customFieldDataList": "",
        },
        "transaction": {
            "transactionId": 95001,
            "transactionStatus": term.status,
            "payments": { "payment": [{
                "paymentId": 91001,
                "amount": 95.0,
                "tenderType": { "id": 4, "name": "Credit Card (Online)" },
                "creditCardOnlinePayment": {
                    "cardNumberLastFour": "0000",
                    "cardHolder": "EXAMPLE-CARD-HOLDER",
                },
            }] },
        },
    })
}

/// An account that is one with another now.
pub(super) fn merged(id: &str, into: &str) -> Value {
    json!({
        "mergedAccountId": id,
        "matchedAccountId": into,
        "mergeTime": "2025-11-28T12:00:00.000-06:00",
        "mergedBy": "Dashboard Service",
    })
}
