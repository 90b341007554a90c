"""Mathematics and bytes; knows nothing of elections, databases or the web.

One idea a module, in reading order:

- `errors`: what can go wrong, and nothing else;
- `encoding`: `M`, `H`, the one list of tags, integers, HKDF, base64url, Crockford base32;
- `canonical`: canonical JSON (RFC 8785);
- `randomness`: the only door to the system's generator;
- `ed25519`: signatures by the strict rule (RFC 8032);
- `merkle`: trees and proofs (RFC 9162, section 2);
- `note`: signed notes, checkpoints, cosignatures, receipts (C2SP);
- `blind_rsa`: blind signatures (RFC 9474);
- `p256`: points, ECDSA, ES256;
- `sharing`: k-of-n secrets with public points;
- `hpke`: sealing and opening (RFC 9180).

Verification returns nothing or raises; parsing is the only door to a type.
"""
