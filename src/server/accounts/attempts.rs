//! Limits of what costs or tells much: failed log-ins of one account and from one address, registrations from one
//! address, and changes of a profile, each of which goes on to the chat cloud.

use std::{net::IpAddr, time::Duration};

use sha2::{Digest, Sha256};

use super::forms::Refusal;
use crate::{
    api::ApiError,
    model::ids::Uid,
    server::{
        config::RateLimit,
        error::ServerError,
        store::{
            Store,
            rate_events::{EventId, Moment, Verdict},
        },
    },
};

const WINDOW: Duration = Duration::from_mins(15);
const PER_ACCOUNT: RateLimit = RateLimit::new(10, WINDOW);
const PER_ADDRESS: RateLimit = RateLimit::new(50, WINDOW);
const PROFILE_CHANGES: RateLimit = RateLimit::new(30, Duration::from_hours(1));

/// An attempt that counts as failed until it is taken back: so many tries at once pass the limit no more than one
/// after the other.
#[derive(Debug)]
pub struct Attempt {
    events: [EventId; 2],
}

impl Attempt {
    /// Counts it; `Err` with the seconds to wait where there were too many. An e-mail without an account counts like
    /// one with: the limit tells nobody who has an account.
    pub async fn begin(store: &Store, email: &str, address: IpAddr) -> Result<Result<Self, u32>, ServerError> {
        let by_address =
            match store.count_event(&format!("login {}", address_bucket(address)), PER_ADDRESS, Moment::Now).await? {
                Verdict::Allowed(event) => event,
                Verdict::RetryAfter(seconds) => return Ok(Err(seconds)),
            };
        match store.count_event(&account_bucket(email), PER_ACCOUNT, Moment::Now).await? {
            Verdict::Allowed(by_account) => Ok(Ok(Self { events: [by_address, by_account] })),
            Verdict::RetryAfter(seconds) => {
                store.forget_event(by_address).await?;
                Ok(Err(seconds))
            }
        }
    }

    /// It did not fail.
    pub async fn succeeded(self, store: &Store) -> Result<(), ServerError> {
        for event in self.events {
            store.forget_event(event).await?;
        }
        Ok(())
    }
}

/// Counts a registration from this address.
pub async fn count_registration(store: &Store, limit: RateLimit, address: IpAddr) -> Result<(), Refusal> {
    count(store, &format!("register {}", address_bucket(address)), limit).await
}

/// Counts a change of this person's profile.
pub async fn count_profile_change(store: &Store, uid: &Uid) -> Result<(), Refusal> {
    count(store, &format!("profile {uid}"), PROFILE_CHANGES).await
}

async fn count(store: &Store, bucket: &str, limit: RateLimit) -> Result<(), Refusal> {
    match store.count_event(bucket, limit, Moment::Now).await.map_err(ServerError::from)? {
        Verdict::Allowed(_) => Ok(()),
        Verdict::RetryAfter(retry_after_seconds) => Err(ApiError::RateLimited { retry_after_seconds }.into()),
    }
}

/// A digest: the table names nobody, and a long text makes no long key.
fn account_bucket(email: &str) -> String {
    format!("login account {}", hex::encode(&Sha256::digest(email)[..16]))
}

/// An IPv6 visitor has a whole /64 of addresses.
fn address_bucket(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => format!("address {address}"),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("address {a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_network_is_one_address() {
        let bucket = |address: &str| address_bucket(address.parse().unwrap());
        assert_eq!(bucket("2001:db8:1:2:3:4:5:6"), bucket("2001:db8:1:2:ffff::1"));
        assert_ne!(bucket("2001:db8:1:2::1"), bucket("2001:db8:1:3::1"));
        assert_eq!(bucket("::ffff:192.0.2.1"), bucket("192.0.2.1"));
    }
}
