//! Ethereum addresses and signatures: EIP-55 and EIP-191.
//!
//! An attestation may carry a signature that only the holder of the member's wallet can make. The
//! message is fixed ([`attestation_message`]), wallets sign it with `personal_sign`, and the
//! signature must recover to the address in the member's profile.
//!
//! About EIP-55: the case of the letters in an address is a checksum. A mixed-case address has to be
//! right, to the letter. One whose letters are all lower or all upper case carries no checksum; the standard
//! accepts it, and so do we, because wallets and exports still produce it. What is stored and shown is
//! always the checksummed form.

use k256::ecdsa::{RecoveryId, Signature, VerifyingKey};
use sha3::{Digest, Keccak256};

/// The bytes of a signature: r, s and the recovery byte.
const SIGNATURE_BYTES: usize = 65;

/// An Ethereum address. Its text is always checksummed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Address([u8; 20]);

/// Why a text is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not `0x` and 40 hexadecimal digits.
    #[error("must be 0x and 40 hexadecimal digits")]
    Format,
    /// The letters are of mixed case, and not the case that EIP-55 asks for: probably a typing
    /// error.
    #[error("does not match its EIP-55 checksum")]
    Checksum,
}

/// Why a signature does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Not `0x` and 130 hexadecimal digits with a recovery byte of 0, 1, 27 or 28.
    #[error("must be 0x and 130 hexadecimal digits, ending in 00, 01, 1b or 1c")]
    Format,
    /// The upper of the two values of `s` that verify (EIP-2): anybody can make it from the lower one,
    /// so a signature would not be unique.
    #[error("must have a low s value")]
    HighS,
    /// No key can have made it, or not the wallet's.
    #[error("was not made by the member's wallet")]
    OtherSigner,
}

impl Address {
    /// Reads an address; see the module about the case of its letters.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let digits = text.strip_prefix("0x").ok_or(AddressError::Format)?;
        let address = Self(from_hex(digits).ok_or(AddressError::Format)?);
        let has_lower = digits.bytes().any(|b| b.is_ascii_lowercase());
        let has_upper = digits.bytes().any(|b| b.is_ascii_uppercase());
        if has_lower && has_upper && address.to_string() != text {
            return Err(AddressError::Checksum);
        }
        Ok(address)
    }

    /// The address of a public key: the last 20 bytes of the hash of its two coordinates.
    pub fn of(key: &VerifyingKey) -> Self {
        let point = key.to_sec1_point(false);
        let mut address = [0; 20];
        // The first byte only says that the point is not compressed.
        let hash = Keccak256::digest(point.as_bytes().get(1..).unwrap_or_default());
        address.copy_from_slice(&hash[12..]);
        Self(address)
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = hex::encode(self.0);
        let hash = hex::encode(Keccak256::digest(digits.as_bytes()));
        f.write_str("0x")?;
        for (digit, check) in digits.chars().zip(hash.chars()) {
            let upper = check >= '8';
            write!(
                f,
                "{}",
                if upper {
                    digit.to_ascii_uppercase()
                } else {
                    digit
                }
            )?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Address({self})")
    }
}

/// What a member signs to attest a quest. `role` is `requestor` or `performer`.
pub fn attestation_message(quest_id: &str, user_id: &str, role: &str) -> String {
    format!("CivicForge attestation\nquest: {quest_id}\nuser: {user_id}\nrole: {role}")
}

/// Whether `signature` over `message` was made by the wallet at `address`, as `personal_sign` does.
pub fn verify_signature(
    message: &str,
    signature: &str,
    address: &Address,
) -> Result<(), SignatureError> {
    match recover(message, signature)? {
        signer if signer == *address => Ok(()),
        _ => Err(SignatureError::OtherSigner),
    }
}

/// The address that made `signature` over `message`.
pub fn recover(message: &str, signature: &str) -> Result<Address, SignatureError> {
    let digits = signature.strip_prefix("0x").ok_or(SignatureError::Format)?;
    let bytes: [u8; SIGNATURE_BYTES] = from_hex(digits).ok_or(SignatureError::Format)?;
    let (rs, v) = (&bytes[..SIGNATURE_BYTES - 1], bytes[SIGNATURE_BYTES - 1]);
    let recovery = match v {
        0 | 27 => RecoveryId::new(false, false),
        1 | 28 => RecoveryId::new(true, false),
        _ => return Err(SignatureError::Format),
    };
    let signature = Signature::from_slice(rs).map_err(|_| SignatureError::OtherSigner)?;
    if signature.normalize_s() != signature {
        return Err(SignatureError::HighS);
    }
    let key = VerifyingKey::recover_from_prehash(&personal_hash(message), &signature, recovery)
        .map_err(|_| SignatureError::OtherSigner)?;
    Ok(Address::of(&key))
}

/// EIP-191, version 0x45: the prefix keeps a signed text from being a signed transaction.
fn personal_hash(message: &str) -> [u8; 32] {
    let mut hash = Keccak256::new();
    hash.update(b"\x19Ethereum Signed Message:\n");
    hash.update(message.len().to_string());
    hash.update(message);
    hash.finalize().into()
}

fn from_hex<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    hex::decode_to_slice(digits, &mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use k256::ecdsa::SigningKey;

    use super::*;

    /// The examples in the text of EIP-55.
    const EIP_55: [&str; 8] = [
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ];

    fn sign(key: &SigningKey, message: &str) -> (Signature, u8) {
        let (signature, id) = key.sign_prehash_recoverable(&personal_hash(message));
        (signature, id.to_byte())
    }

    fn key(byte: u8) -> SigningKey {
        SigningKey::from_slice(&[byte; 32]).unwrap()
    }

    fn text(signature: &Signature, v: u8) -> String {
        format!("0x{}{v:02x}", hex::encode(signature.to_bytes()))
    }

    #[test]
    fn the_published_checksums() {
        for address in EIP_55 {
            assert_eq!(Address::parse(address).unwrap().to_string(), address);
            let lower = address.to_lowercase();
            assert_eq!(Address::parse(&lower).unwrap().to_string(), address);
            let upper = format!("0x{}", address[2..].to_uppercase());
            assert_eq!(Address::parse(&upper).unwrap().to_string(), address);
        }
    }

    #[test]
    fn every_single_letter_of_wrong_case_is_found() {
        let address = EIP_55[4];
        for (index, letter) in address
            .char_indices()
            .skip(2)
            .filter(|(_, c)| c.is_alphabetic())
        {
            let other = if letter.is_uppercase() {
                letter.to_lowercase().to_string()
            } else {
                letter.to_uppercase().to_string()
            };
            let wrong = format!("{}{other}{}", &address[..index], &address[index + 1..]);
            assert_eq!(
                Address::parse(&wrong),
                Err(AddressError::Checksum),
                "{wrong}"
            );
        }
    }

    #[test]
    fn other_texts_are_no_addresses() {
        for text in [
            "",
            "0x",
            "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd",
            "0xgaAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xé5aeb6053f3e94c9b9a09f33669435e7ef1beae",
            " 0x52908400098527886E0F7030069857D2E4169EE7",
            "0x+2908400098527886E0F7030069857D2E4169EE7",
        ] {
            assert_eq!(Address::parse(text), Err(AddressError::Format), "{text}");
        }
    }

    #[test]
    fn the_address_of_a_well_known_key() {
        // The first account of the test mnemonic that Hardhat and Anvil start with.
        let key =
            from_hex::<32>("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")
                .unwrap();
        let key = SigningKey::from_slice(&key).unwrap();
        let address = Address::of(key.verifying_key());
        assert_eq!(
            address.to_string(),
            "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
        );
    }

    #[test]
    fn the_message_is_the_documented_one_and_its_hash_a_published_one() {
        assert_eq!(
            attestation_message("q-1", "u-2", "performer"),
            "CivicForge attestation\nquest: q-1\nuser: u-2\nrole: performer"
        );
        // From the documentation of ethers and web3.js.
        assert_eq!(
            hex::encode(personal_hash("Hello World")),
            "a1de988600a42c4b4ab089b619297c17d53cffae5d5120d82d8a92d0bb3b78f2"
        );
    }

    #[test]
    fn a_signature_recovers_to_its_signer_with_either_recovery_byte() {
        for byte in 1..=8 {
            let key = key(byte);
            let address = Address::of(key.verifying_key());
            let message = attestation_message("q", "u", "requestor");
            let (signature, v) = sign(&key, &message);
            for v in [v, v + 27] {
                assert_eq!(
                    verify_signature(&message, &text(&signature, v), &address),
                    Ok(())
                );
            }
            let flipped = verify_signature(&message, &text(&signature, 1 - v), &address);
            assert_eq!(flipped, Err(SignatureError::OtherSigner));
        }
    }

    #[test]
    fn another_message_signer_or_role_does_not_count() {
        let address = Address::of(key(1).verifying_key());
        let message = attestation_message("q", "u", "requestor");
        let (signature, v) = sign(&key(1), &message);
        let signature = text(&signature, v);
        let other = attestation_message("q", "u", "performer");
        assert_eq!(
            verify_signature(&other, &signature, &address),
            Err(SignatureError::OtherSigner)
        );
        let stranger = Address::of(key(2).verifying_key());
        assert_eq!(
            verify_signature(&message, &signature, &stranger),
            Err(SignatureError::OtherSigner)
        );
    }

    #[test]
    fn the_high_twin_of_a_signature_is_refused() {
        let message = "any";
        let (signature, v) = sign(&key(3), message);
        let (r, s) = signature.split_scalars();
        let twin = Signature::from_scalars(*r, -*s).unwrap();
        assert_eq!(
            recover(message, &text(&twin, 1 - v)),
            Err(SignatureError::HighS)
        );
    }

    #[test]
    fn malformed_signatures_are_refused() {
        let (signature, v) = sign(&key(3), "any");
        let good = text(&signature, v);
        for wrong in [
            "",
            "0x",
            &good[2..],
            &good[..good.len() - 2],
            &format!("{good}00"),
            &text(&signature, 2),
            &text(&signature, 29),
        ] {
            assert_eq!(
                recover("any", wrong),
                Err(SignatureError::Format),
                "{wrong}"
            );
        }
        let zeros = format!("0x{}1b", "00".repeat(64));
        assert_eq!(recover("any", &zeros), Err(SignatureError::OtherSigner));
        let ones = format!("0x{}1b", "ff".repeat(64));
        assert_eq!(recover("any", &ones), Err(SignatureError::OtherSigner));
    }
}
