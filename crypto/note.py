"""Signed notes, checkpoints, cosignatures and receipts, byte for byte as C2SP writes them.

Sources: C2SP signed-note, tlog-checkpoint, tlog-cosignature and tlog-proof. Parsers here accept
exactly what the writers write, which is a strict subset: no extension lines, no comments.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Self

from crypto import ed25519, merkle
from crypto.encoding import number, sha256, u64
from crypto.errors import BadEncoding, BadKey, BadSignature

ED25519 = 0x01
"""The signature type of a log: Ed25519 over the note's text."""
COSIGNATURE = 0x04
"""The signature type of a witness: a time and Ed25519 over the time and the text."""

MAX_SIGNATURES = 100
"""Lines above which a note is refused unread, as in Go's `sumdb/note`."""

_MARK = "\N{EM DASH} "
_KEY_ID_OCTETS = 4
_TIME_OCTETS = 8
_NUMBER = re.compile(r"0|[1-9][0-9]{0,19}", re.ASCII)
_KEY_ID = re.compile(r"[0-9a-f]{8}", re.ASCII)
_PROOF_HEAD = "c2sp.org/tlog-proof@v1"
_MAX_SIZE = 2**63 - 1


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A name and an Ed25519 key, of a log (type 0x01) or a witness (type 0x04)."""

    name: str
    kind: int
    key: ed25519.PublicKey
    key_id: bytes

    @classmethod
    def of(cls, name: str, kind: int, public32: bytes) -> Self:
        """The verifier key of its parts; `BadKey` for a bad name, type or public key."""
        if not _is_name(name):
            raise BadKey(f"{name!r} cannot name a key")
        if kind not in {ED25519, COSIGNATURE}:
            raise BadKey(f"signature type {kind:#04x} is not in use here")
        key_id = sha256(name.encode() + b"\n" + bytes([kind]) + public32)[:_KEY_ID_OCTETS]
        return cls(name, kind, ed25519.PublicKey.parse(public32), key_id)

    @classmethod
    def parse(cls, vkey: str) -> Self:
        """The key in `name+key id+base64`; `BadEncoding` or `BadKey`.

        Split at the first two `+` only: base64 may hold more.
        """
        parts = vkey.split("+", 2)
        if len(parts) != 3 or _KEY_ID.fullmatch(parts[1]) is None:  # noqa: PLR2004
            raise BadEncoding("a verifier key is name+id+base64")
        octets = _from_base64(parts[2])
        if len(octets) != 1 + ed25519.KEY_OCTETS:
            raise BadKey("a verifier key holds a type and 32 bytes")
        key = cls.of(parts[0], octets[0], octets[1:])
        if key.key_id.hex() != parts[1]:
            raise BadKey("the id in the verifier key is not that of its name and key")
        return key

    @property
    def public32(self) -> bytes:
        """The Ed25519 public key, 32 bytes."""
        return self.key.octets

    @property
    def vkey(self) -> str:
        """The text form that `parse` reads."""
        encoded = _to_base64(bytes([self.kind]) + self.public32)
        return f"{self.name}+{self.key_id.hex()}+{encoded}"


class Signer:
    """A named signing key: `Signer(name, seed)` of a log, `Signer(name, seed, 0x04)` of a witness.

    Raises `BadKey` as `VerifierKey.of` does.
    """

    __slots__ = ("_secret", "verifier")

    def __init__(self, name: str, seed: bytes, kind: int = ED25519) -> None:
        self._secret = ed25519.SecretKey(seed)
        self.verifier = VerifierKey.of(name, kind, self._secret.public32)

    def sign(self, text: str) -> str:
        """A log's signature line over the text (which ends in a newline), newline included."""
        _require(self.verifier, ED25519)
        return self._line(self._secret.sign(text.encode()))

    def cosign(self, text: str, time_seconds: int) -> str:
        """A witness's line over a checkpoint's text at that time, newline included."""
        _require(self.verifier, COSIGNATURE)
        signature = self._secret.sign(_cosigned(text, time_seconds))
        return self._line(u64(time_seconds) + signature)

    def _line(self, signature: bytes) -> str:
        return SignatureLine(self.verifier.name, self.verifier.key_id, signature).line


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line under a note: who, by which key (4-byte id), and the signature's bytes."""

    name: str
    key_id: bytes
    signature: bytes

    @classmethod
    def parse(cls, line: str) -> Self:
        """The parts of `— name base64` and its newline; `BadEncoding`."""
        if not line.startswith(_MARK) or not line.endswith("\n"):
            raise BadEncoding("a signature line begins with a dash and ends with a newline")
        name, separator, encoded = line.removeprefix(_MARK).removesuffix("\n").partition(" ")
        octets = _from_base64(encoded)
        if not separator or not _is_name(name) or len(octets) <= _KEY_ID_OCTETS:
            raise BadEncoding("a signature line is a dash, a name and a key id with a signature")
        return cls(name, octets[:_KEY_ID_OCTETS], octets[_KEY_ID_OCTETS:])

    @property
    def line(self) -> str:
        """The line as it stands under the note, newline included."""
        return f"{_MARK}{self.name} {_to_base64(self.key_id + self.signature)}\n"

    def is_by(self, key: VerifierKey) -> bool:
        """Whether the line names this key; says nothing about the signature."""
        return self.name == key.name and self.key_id == key.key_id


@dataclass(frozen=True, slots=True)
class Note:
    """A text, ending in a newline, and the signature lines under it, unverified."""

    text: str
    signatures: tuple[SignatureLine, ...]

    @classmethod
    def parse(cls, octets: bytes) -> Self:
        """The note in these bytes; `BadEncoding`. Verify with `verify_note` or `verify_checkpoint`.

        Split at the last empty line, as the format asks.
        """
        try:
            whole = octets.decode("utf-8")
        except UnicodeDecodeError:
            raise BadEncoding("a note is UTF-8") from None
        body, separator, lines = whole.rpartition("\n\n")
        if not separator or not lines.endswith("\n"):
            raise BadEncoding("a note is a text, an empty line and signature lines")
        if not _is_clean(whole.replace("\n", "")):
            raise BadEncoding("a note with a control character")
        if lines.count("\n") > MAX_SIGNATURES:
            raise BadEncoding("a note with too many signatures")
        parsed = (SignatureLine.parse(line + "\n") for line in lines.removesuffix("\n").split("\n"))
        return cls(body + "\n", tuple(parsed))

    def write(self) -> bytes:
        """The note's bytes, which `parse` reads back."""
        return (self.text + "\n" + "".join(each.line for each in self.signatures)).encode()

    def by(self, key: VerifierKey) -> tuple[SignatureLine, ...]:
        """The lines that name this key, unverified."""
        return tuple(each for each in self.signatures if each.is_by(key))


def verify_note(note: Note, key: VerifierKey) -> None:
    """Pass if this key (type 0x01) signed the note's text.

    `BadSignature` without a line of that key, and if any of its lines does not verify.
    """
    _require(key, ED25519)
    lines = note.by(key)
    if not lines:
        raise BadSignature(f"the note is not signed by {key.name}")
    for each in lines:
        _verify_line(key, note.text.encode(), each.signature)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's size and root under its origin: the text that log and witnesses sign."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse_text(cls, text: str) -> Self:
        """The checkpoint in exactly three lines; `BadEncoding`, also for extension lines."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3]:  # noqa: PLR2004 - three lines end in a newline each
            raise BadEncoding("a checkpoint has three lines")
        root = _from_base64(lines[2])
        if not _is_name(lines[0]) or len(root) != merkle.HASH_OCTETS:
            raise BadEncoding("a checkpoint names its origin and a root of 32 bytes")
        return cls(lines[0], _from_decimal(lines[1]), root)

    @property
    def text(self) -> str:
        """The three lines: origin, size, root in base64."""
        return f"{self.origin}\n{self.size}\n{_to_base64(self.root)}\n"


def sign_checkpoint(signer: Signer, checkpoint: Checkpoint) -> bytes:
    """The checkpoint as a note with the log's own line; `BadKey` if the origin is not its name."""
    if signer.verifier.name != checkpoint.origin:
        raise BadKey("a log signs checkpoints of its own origin only")
    return (checkpoint.text + "\n" + signer.sign(checkpoint.text)).encode()


def verify_checkpoint(note: Note, log_key: VerifierKey) -> Checkpoint:
    """The checkpoint in a note that the log signed.

    Raises `BadSignature` (also for another log's origin) and `BadEncoding`.
    """
    verify_note(note, log_key)
    checkpoint = Checkpoint.parse_text(note.text)
    if checkpoint.origin != log_key.name:
        raise BadSignature("the checkpoint's origin is not the name of the key that signed it")
    return checkpoint


def cosign(signer: Signer, text: str, time_seconds: int) -> str:
    """A witness's line over a checkpoint's text (its three lines), newline included."""
    return signer.cosign(text, time_seconds)


def verify_cosignature(line: SignatureLine, key: VerifierKey, text: str) -> int:
    """The time, in seconds since 1970, at which this witness cosigned the checkpoint's text.

    `BadSignature` if the line names another key or does not verify.
    """
    _require(key, COSIGNATURE)
    if not line.is_by(key):
        raise BadSignature(f"the line is not by {key.name}")
    if len(line.signature) != _TIME_OCTETS + ed25519.SIGNATURE_OCTETS:
        raise BadSignature("a cosignature is a time and 64 bytes")
    time_seconds = number(line.signature[:_TIME_OCTETS])
    _verify_line(key, _cosigned(text, time_seconds), line.signature[_TIME_OCTETS:])
    return time_seconds


@dataclass(frozen=True, slots=True)
class TlogProof:
    """A receipt: where a leaf stands under which checkpoint, and bytes that came along.

    `proof`: 32-byte hashes, the leaf's side first. `checkpoint_note`: the note's bytes, cosigned
    or not. `extra`: unauthenticated; None where the file has no such line.
    """

    index: int
    proof: tuple[bytes, ...]
    checkpoint_note: bytes
    extra: bytes | None = None

    @classmethod
    def parse(cls, octets: bytes) -> Self:
        """The parts of a `.tlog-proof` file; `BadEncoding`. Nothing is verified."""
        head, separator, checkpoint_note = octets.partition(b"\n\n")
        try:
            first, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise BadEncoding("a tlog-proof is ASCII before its checkpoint") from None
        if not separator or first != _PROOF_HEAD:
            raise BadEncoding("not a tlog-proof")
        Note.parse(checkpoint_note)
        extra = _take(lines, "extra ")
        index = _take(lines, "index ")
        if index is None:
            raise BadEncoding("a tlog-proof has an index line")
        octets_of_extra = None if extra is None else _from_base64(extra)
        return cls(_from_decimal(index), _hashes(lines), checkpoint_note, octets_of_extra)

    @property
    def text(self) -> bytes:
        """The file's bytes, which `parse` reads back."""
        lines = [_PROOF_HEAD]
        if self.extra is not None:
            lines.append("extra " + _to_base64(self.extra))
        lines.append(f"index {self.index}")
        lines += [_to_base64(each) for each in self.proof]
        return "\n".join([*lines, "", ""]).encode() + self.checkpoint_note

    def verify(self, entry: bytes, log_key: VerifierKey) -> Checkpoint:
        """The checkpoint, signed by the log, under which `entry` stands at `index`.

        Raises `BadEncoding`, `BadSignature` or `BadProof`; cosignatures are the caller's matter.
        """
        checkpoint = verify_checkpoint(Note.parse(self.checkpoint_note), log_key)
        leaf = merkle.leaf_hash(entry)
        merkle.verify_inclusion(self.index, checkpoint.size, leaf, self.proof, checkpoint.root)
        return checkpoint


def _take(lines: list[str], prefix: str) -> str | None:
    """What follows the prefix in the first line, which is taken away; None if it is another."""
    if not lines or not lines[0].startswith(prefix):
        return None
    return lines.pop(0).removeprefix(prefix)


def _hashes(lines: list[str]) -> tuple[bytes, ...]:
    hashes = tuple(_from_base64(each) for each in lines[: merkle.MAX_PROOF + 1])
    if len(hashes) > merkle.MAX_PROOF or any(len(each) != merkle.HASH_OCTETS for each in hashes):
        raise BadEncoding("a tlog-proof holds at most 63 hashes of 32 bytes")
    return hashes


def _cosigned(text: str, time_seconds: int) -> bytes:
    return f"cosignature/v1\ntime {time_seconds}\n{text}".encode()


def _verify_line(key: VerifierKey, message: bytes, signature: bytes) -> None:
    try:
        key.key.verify(message, signature)
    except (BadEncoding, BadSignature):
        raise BadSignature(f"the signature of {key.name} does not verify") from None


def _require(key: VerifierKey, kind: int) -> None:
    if key.kind != kind:
        raise BadKey(f"{key.name} is a key of type {key.kind:#04x}, not {kind:#04x}")


def _is_name(name: str) -> bool:
    """Whether a key may be called so: one word without spaces of any kind, without a plus."""
    return name.split() == [name] and "+" not in name and _is_clean(name)


def _is_clean(text: str) -> bool:
    """Whether the text has neither control characters nor lone surrogates."""
    return not any(letter < " " or "\ud800" <= letter <= "\udfff" for letter in text)


def _to_base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


def _from_base64(text: str) -> bytes:
    """Standard base64 with its padding, exactly as the encoder writes it."""
    try:
        octets = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadEncoding("not base64") from None
    if _to_base64(octets) != text:
        raise BadEncoding("base64 with bits behind its last byte")
    return octets


def _from_decimal(text: str) -> int:
    if _NUMBER.fullmatch(text) is None or int(text) > _MAX_SIZE:
        raise BadEncoding("not a decimal number below 2^63 without leading zeros")
    return int(text)
