//! The public halves of the signing keys, as the contract publishes them.

use civicforge_api::auth::GetJwksResponse;
use civicforge_api::types::{Jwk, JwkAlg, JwkKty, JwkSet, JwkUse};
use civicforge_kernel::keys::public::PublicKeys;
use jsonwebtoken::jwk::AlgorithmParameters;

/// A new key is published before it signs; whoever rotates keys waits longer than this in between.
const CACHE_CONTROL: &str = "public, max-age=300";

/// The answer of `getJwks`.
pub fn publish(keys: &PublicKeys) -> GetJwksResponse {
    let keys = keys.jwks().keys.iter().filter_map(|jwk| {
        // There are only RSA keys, and each has its thumbprint as its name.
        let AlgorithmParameters::RSA(rsa) = &jwk.algorithm else {
            return None;
        };
        Some(Jwk {
            kty: JwkKty::Rsa,
            r#use: JwkUse::Sig,
            alg: JwkAlg::Rs256,
            kid: jwk.common.key_id.clone()?,
            n: rsa.n.clone(),
            e: rsa.e.clone(),
        })
    });
    GetJwksResponse {
        cache_control: CACHE_CONTROL.to_owned(),
        body: JwkSet {
            keys: keys.collect(),
        },
    }
}
