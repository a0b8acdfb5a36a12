//! `civicforge member`: what an operator may know of a member, and the roles that only an operator gives.

use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::users::text::normal_email;
use civicforge_api::types::UserRole;
use civicforge_kernel::clock::Clock;
use civicforge_kernel::table::{Condition, Table, Write, stamp};
use clap::Args;

use super::{CommandError, on_table};
use crate::auth::lifetimes::TokenLifetimes;
use crate::auth::store::find_by_email;
use crate::auth::{self, closing};
use crate::config::StorageArgs;
use crate::mail::addresses::{self, Reason};
use crate::serve::USAGE;
use crate::tasks::volunteers::{Source, Volunteer};
use crate::users::audit::{self, Action};
use crate::users::text;

/// The flags of `civicforge member`.
// The comments on the fields are the help text.
#[derive(Args, Clone, Debug)]
pub struct MemberArgs {
    /// The member's e-mail address
    #[arg(value_name = "EMAIL")]
    email: String,

    /// Give this role: arbiter or admin; repeatable
    #[arg(long, value_name = "ROLE", value_parser = role)]
    grant: Vec<UserRole>,

    /// Take this role away; repeatable
    #[arg(long, value_name = "ROLE", value_parser = role)]
    revoke: Vec<UserRole>,

    /// Count the e-mail address as the member's: you know that it is, and the record says that an operator has said so. Whoever
    /// then signs up with it at a trusted issuer, which has verified it too, is this member
    #[arg(long)]
    verify_email: bool,

    /// The organization knows who the member is: others see that
    #[arg(long)]
    verify: bool,

    /// Forget failed logins, so that the member can log in again now
    #[arg(long)]
    unlock: bool,

    /// Send mails to the e-mail address again, which has refused them, or whose owner has complained of one
    #[arg(long)]
    resume_mails: bool,

    /// Refuse the member's tokens and logins: what the member may write at once, what the member may read within a minute
    #[arg(long, conflicts_with = "unblock")]
    block: bool,

    /// Let a member log in again who is blocked
    #[arg(long)]
    unblock: bool,

    /// Close the account, for good: nobody logs in to it any more, its address may be registered again, and what it says of its member
    /// is removed within the hour
    #[arg(long, conflicts_with_all = ["block", "grant", "resume_mails", "revoke", "unblock", "unlock", "verify", "verify_email", "volunteer"])]
    close: bool,

    /// Let the member claim tasks, or not, whatever Neon CRM says; `neon` leaves it to Neon CRM again
    #[arg(long, value_name = "YES|NO|NEON", value_parser = volunteer)]
    volunteer: Option<Named>,

    #[command(flatten)]
    place: StorageArgs,
}

/// Whether an operator says that a member is a volunteer; nothing leaves it to Neon CRM.
#[derive(Clone, Copy, Debug)]
struct Named(Option<bool>);

fn volunteer(text: &str) -> Result<Named, &'static str> {
    match text {
        "yes" => Ok(Named(Some(true))),
        "no" => Ok(Named(Some(false))),
        "neon" => Ok(Named(None)),
        _ => Err("expected yes, no or neon"),
    }
}

/// A role that an operator gives.
fn role(text: &str) -> Result<UserRole, String> {
    let given = || {
        let all = UserRole::ALL.into_iter();
        all.filter(|role| *role != UserRole::Member)
    };
    given().find(|role| role.as_str() == text).ok_or_else(|| {
        let names: Vec<_> = given().map(UserRole::as_str).collect();
        format!("expected {}", names.join(" or "))
    })
}

/// Shows a member, after the change if one is asked for. What goes wrong is said on standard error.
pub fn run(args: &MemberArgs) -> ExitCode {
    if let Some(role) = args.grant.iter().find(|role| args.revoke.contains(role)) {
        eprintln!("civicforge: {role} cannot be both granted and revoked");
        return ExitCode::from(USAGE);
    }
    on_table(&args.place, "member", async |table| {
        show(args, &table).await
    })
}

async fn show(args: &MemberArgs, table: &Table) -> Result<(), CommandError> {
    let nobody = || {
        let email = &args.email;
        CommandError::Refused(format!("nobody has the e-mail address {email}"))
    };
    let account = find_by_email(table, &normal_email(&text::email(&args.email))).await?;
    let account = account.ok_or_else(nobody)?;
    let before = account.roles.clone();
    let now = Clock::system().stamp();
    if args.close {
        if !closing::close_for_operator(table, account.user_id, now).await? {
            return Err(nobody());
        }
        let mut out = io::stdout().lock();
        writeln!(out, "The account {} is closed.", account.user_id)?;
        let what = "A server, or the function eraseAccounts, removes what it says of its member within the hour.";
        writeln!(out, "{what}")?;
        return Ok(());
    }
    if (args.block || args.unblock)
        && !closing::block(table, account.user_id, args.block, now).await?
    {
        return Err(nobody());
    }
    let wanted = |roles: &[UserRole]| roles_after(roles, &args.grant, &args.revoke);
    let changed = audit::change_roles(table, account.user_id, now, wanted).await?;
    let account = changed.ok_or_else(nobody)?;
    let account = match args.verify_email {
        true => {
            let verified = audit::verify_email(table, account.user_id, now).await?;
            verified.ok_or_else(nobody)?
        }
        false => account,
    };
    let account = match args.verify {
        true => {
            let verified = audit::verify(table, account.user_id, now).await?;
            verified.ok_or_else(nobody)?
        }
        false => account,
    };
    let address = normal_email(&account.email);
    let there = Condition::exists();
    if args.unlock {
        let unlock = Write::delete(auth::keys::lockout(&address)).when(there.clone());
        audit::record(table, &account, Action::Unlocked, unlock, now).await?;
    }
    if args.resume_mails {
        let resume = addresses::forget(&address).when(there);
        audit::record(table, &account, Action::MailsResumed, resume, now).await?;
    }
    let refusal = addresses::refusal(table, &address).await?;
    let volunteer = match args.volunteer {
        Some(Named(active)) => Some(Volunteer::name(table, account.user_id, active).await?),
        None => Volunteer::find(table, account.user_id).await?,
    };
    let mut out = io::stdout().lock();
    writeln!(out, "member     {}", account.user_id)?;
    writeln!(out, "e-mail     {}", account.email)?;
    let verified = if account.email_verified { "yes" } else { "no" };
    writeln!(out, "verified   {verified}")?;
    if let Some(reason) = refusal {
        let why = match reason {
            Reason::Bounced => "none are sent: the address has refused one",
            Reason::Complained => "none are sent: a complaint has come about one",
        };
        writeln!(out, "mails      {why}")?;
    }
    if let Some(since) = account.blocked_at {
        writeln!(out, "blocked    since {}", stamp::format(since))?;
    }
    let known = if account.verified { "yes" } else { "no" };
    writeln!(out, "known      {known}")?;
    writeln!(out, "name       {}", account.name)?;
    let roles: Vec<_> = account.roles.iter().map(|role| role.as_str()).collect();
    writeln!(out, "roles      {}", roles.join(", "))?;
    let by_neon = volunteer
        .as_ref()
        .is_some_and(|volunteer| volunteer.source == Source::Neon);
    let until = volunteer
        .as_ref()
        .and_then(|volunteer| volunteer.active_until);
    let volunteer = match volunteer.is_some_and(|volunteer| volunteer.active) {
        true => until.map_or("yes".to_owned(), |until| {
            format!("until {}", stamp::format(until))
        }),
        false => "no".to_owned(),
    };
    writeln!(out, "volunteer  {volunteer}")?;
    if by_neon {
        writeln!(out, "           as Neon CRM says")?;
    }
    let differs = |role| before.contains(&role) != account.roles.contains(&role);
    if differs(UserRole::Admin) {
        writeln!(
            out,
            "Whether a member is an admin counts from the next request on."
        )?;
    }
    if differs(UserRole::Arbiter) {
        let minutes = TokenLifetimes::default().access.num_minutes();
        writeln!(
            out,
            "Whether a member is an arbiter is in access tokens from the next login or refresh on; those issued before hold until they expire: {minutes} minutes, if the server is not set otherwise."
        )?;
    }
    Ok(())
}

/// The roles in the order of the contract, each once.
fn roles_after(roles: &[UserRole], grant: &[UserRole], revoke: &[UserRole]) -> Vec<UserRole> {
    let all = UserRole::ALL.into_iter();
    all.filter(|role| roles.contains(role) || grant.contains(role))
        .filter(|role| !revoke.contains(role))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_given_and_taken_once() {
        use UserRole::{Admin, Arbiter, Member};
        assert_eq!(
            roles_after(&[Member], &[Arbiter, Arbiter], &[]),
            [Member, Arbiter]
        );
        assert_eq!(
            roles_after(&[Arbiter, Member], &[Arbiter], &[]),
            [Member, Arbiter]
        );
        assert_eq!(roles_after(&[Member, Arbiter], &[], &[Arbiter]), [Member]);
        assert_eq!(roles_after(&[Member], &[], &[Arbiter]), [Member]);
        assert_eq!(
            roles_after(&[Member, Arbiter], &[Admin], &[Arbiter]),
            [Member, Admin]
        );
    }

    #[test]
    fn every_member_has_the_role_of_members() {
        assert_eq!(role("arbiter"), Ok(UserRole::Arbiter));
        assert_eq!(role("admin"), Ok(UserRole::Admin));
        let expected = "expected arbiter or admin".to_owned();
        assert_eq!(role("member"), Err(expected.clone()));
        assert_eq!(role("Arbiter"), Err(expected));
    }
}
