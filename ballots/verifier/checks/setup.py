"""V01 to V08: documents, parameters, registrars' keys, the ceremony, acknowledgements."""

import math
from collections.abc import Iterable, Iterator, Mapping
from hashlib import file_digest
from pathlib import Path

from ballots.errors import BallotError
from ballots.verifier.checks.parameters import unsafe_parameters
from ballots.verifier.election import Election, read_election
from ballots.verifier.logs.shapes import Entry
from ballots.verifier.reading import Source
from ballots.verifier.verdict import Fault, Findings
from crypto import blind_rsa
from crypto.blind_rsa import PublicKey
from crypto.encoding import M, sha256, u16
from crypto.errors import CryptoError

Indexed = tuple[int, Entry]
"""An entry and its place in its log."""

_MOST_ATTACHMENT_BYTES = 2**33


def v01_suite(source: Source, document: bytes) -> Election:
    """The election of a manifest in canonical JSON of the known suite, in a sound container.

    Raises V01, or V03 where everything is well formed but some key is no key.
    """
    if wrong := source.wrong_form():
        raise Fault("V01", wrong)
    try:
        return read_election(document)
    except BallotError as problem:
        raise Fault("V01", str(problem)) from None
    except CryptoError as problem:
        raise Fault("V03", f"a key in the draft is none: {problem}") from None


def v02_ids(
    election: Election, draft_entry: Entry | None, source: Source, scratch: Path
) -> Iterator[Fault]:
    """`eid0` is the draft's, the set-up log began with this draft, attachments are those named.

    Raises Absent where an attachment is not in the record; copies each into the folder `scratch`.
    """
    if election.manifest.eid0 != election.eid0:
        yield Fault("V02", "eid0 is not the hash of the draft")
    if draft_entry is not None and draft_entry.fields[0] != election.draft.document:
        yield Fault("V02", "the set-up log began with another draft")
    for attachment in election.draft.attachments:
        path, copied = f"attachments/{attachment.name}", scratch / "attachment"
        source.copy(path, copied, _MOST_ATTACHMENT_BYTES)
        with copied.open("rb") as file:
            found = file_digest(file, "sha256").digest()
        if found != attachment.sha256:
            yield Fault("V02", f"{path} has another hash than the draft says")


def v03_safe_parameters(election: Election) -> Iterator[Fault]:
    """Safe parameters, as section 3 lists them; the words name what is broken (A2, A19)."""
    for words in unsafe_parameters(election):
        yield Fault("V03", words)


def v04_sound_keys(
    election: Election, entries: Iterable[Indexed], findings: Findings
) -> dict[tuple[int, int], PublicKey]:
    """The registrars' keys that the manifest names, by registrar and style (A3, A4).

    Form, size and exponent, no small factor, all coprime; those that cannot be used are left out.
    """
    shown = {(entry.number(1), entry.number(2)): entry for _, entry in entries}
    keys: dict[tuple[int, int], PublicKey] = {}
    product = 1
    for named in election.manifest.registrar_keys:
        holder = (named.registrar, named.style)
        place = f"key of registrar {named.registrar} for style {named.style}"
        try:
            key = _named_key(shown.get(holder), named.spki_sha256)
        except Fault as fault:
            findings.add_fault(fault, place)
            continue
        keys[holder] = key
        if math.gcd(key.n, product) != 1:
            findings.add("V04", "the modulus shares a factor with an earlier one", place)
        product *= key.n
        try:
            blind_rsa.check_sound(key)
        except CryptoError as problem:
            findings.add("V04", str(problem), place)
    return keys


def _named_key(entry: Entry | None, spki_sha256: bytes) -> PublicKey:
    if entry is None:
        raise Fault("V04", "the set-up log does not show it")
    if sha256(entry.fields[3]) != spki_sha256:
        raise Fault("V04", "the manifest names another")
    try:
        return PublicKey.parse(entry.fields[3])
    except CryptoError as problem:
        raise Fault("V04", str(problem)) from None


def v05_certificate(election: Election, entry: Entry, key: PublicKey) -> None:
    """Eight e-th roots show that e is invertible, without which blinding hides nothing (A4)."""
    registrar, style, spki, *certificate = entry.fields[1:]
    messages = [
        M("rsa-cert", election.eid0, registrar, style, spki, u16(i))
        for i in range(1, len(certificate) + 1)
    ]
    try:
        blind_rsa.verify_certificate(key, messages, certificate)
    except CryptoError as problem:
        raise Fault("V05", str(problem)) from None


def check_certificates(
    election: Election,
    entries: Iterable[Indexed],
    keys: Mapping[tuple[int, int], PublicKey],
    findings: Findings,
) -> None:
    """V05 for every key that can be used."""
    for index, entry in entries:
        key = keys.get((entry.number(1), entry.number(2)))
        if key is None:
            findings.miss(["V05"], "a key that its certificate could be checked against")
            continue
        with findings.noting("setup", index):
            v05_certificate(election, entry, key)


def v08_acks(election: Election, acks: Iterable[Indexed]) -> None:
    """Before the opening every trustee and every registrar has acknowledged this `eid` (A51)."""
    heard = {(entry.role, entry.index) for _, entry in acks}
    wanted = [holder for holder in election.roles if holder[0] in {"trustee", "registrar"}]
    missing = [f"{role} {index}" for role, index in wanted if (role, index) not in heard]
    if missing:
        raise Fault("V08", f"no acknowledgement by {', '.join(missing)}")
