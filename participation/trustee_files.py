"""A trustee's files on the command line: the key file, what is to be handed in, who takes it.

Knows nothing of the site: it works where no database is, on a machine without a network.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ballots.entries import Signed
from ballots.services.names import write_name
from ballots.services.wire import HttpWire, Wire
from ballots.trustee.errors import Stopped
from ballots.trustee.keyfile import MOST_BYTES, KeyFile, check_strong
from ballots.trustee.keys import TrusteeKeys
from ballots.trustee.record import Record
from ballots.trustee.steps import Step
from ballots.verifier.report import verdicts
from ballots.verifier.stages.case import Progress
from ballots.verifier.verification import verify

PAYLOAD = ".payload"
BEFORE_SHARES = frozenset({
    *(f"V{number:02}" for number in range(1, 30)), "V38", "V39",
})  # fmt: skip
"""What a record must have passed before a share is released; the rest needs the shares."""

_WRONG_SHARE_OF_ANOTHER = "V30"
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class KeyKeeper:
    """A key file and the passphrase that opens it."""

    path: Path
    passphrase: str

    def create(self, keys: TrusteeKeys) -> None:
        """A new file; raises Stopped where there is one, BadKeyFile for a weak passphrase."""
        if self.path.exists():
            raise Stopped("file-exists", f"{self.path} is there already; it is not overwritten")
        check_strong(self.passphrase)
        self.keep(keys, "")

    def open(self) -> TrusteeKeys:
        """What the file keeps; raises Stopped, BadKeyFile."""
        return self._parsed.open(self.passphrase)

    def keep(self, keys: TrusteeKeys, title: str) -> None:
        """Seal other keys into the file: whole and on the disk, or as it was."""
        sealed = KeyFile.seal(keys, self.passphrase, title=title).write()
        arriving = self.path.with_name(f"{self.path.name}.new")
        opened = os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
        with os.fdopen(opened, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        arriving.replace(self.path)
        _sync_folder(self.path.parent)

    @property
    def _parsed(self) -> KeyFile:
        if self.path.is_file() and self.path.stat().st_size <= MOST_BYTES:
            return KeyFile.parse(self.path.read_bytes())
        raise Stopped("no-key-file", f"{self.path} is not a key file")


def _sync_folder(folder: Path) -> None:
    """Makes a rename durable, on systems that open folders."""
    with suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def take(keeper: KeyKeeper, step: Step, title: str, hand_in: Callable[[bytes], str]) -> list[str]:
    """Keeps the keys, then hands in what is to be said; a line about each."""
    keeper.keep(step.keys, title)
    return [hand_in(payload) for payload in step.to_say]


def write_into(folder: Path) -> Callable[[bytes], str]:
    """Hands payloads in as files of this folder, to be carried to the network."""

    def write(payload: bytes) -> str:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{_name(payload)}{PAYLOAD}"
        path.write_bytes(payload)
        return str(path)

    return write


def send_to(address: str, wire: Wire | None = None) -> Callable[[bytes], str]:
    """Hands payloads in at the doors of the site that serves the record at `address`."""
    place = urlsplit(address)
    if place.scheme not in {"http", "https"}:
        raise Stopped("no-address", "sending needs the address of a record on a site")
    origin, way = f"{place.scheme}://{place.netloc}", wire or HttpWire()

    def send(payload: bytes) -> str:
        answer = way.ask("POST", f"{origin}{_door(payload)}", payload)
        if not answer.is_good:
            reason = answer.body[:500].decode("utf-8", "replace")
            raise Stopped(
                "not-taken", f"{_name(payload)} was not taken ({answer.status}): {reason}"
            )
        return f"{_name(payload)} stands in the log"

    return send


def payload_files(folder: Path) -> Iterable[bytes]:
    """The payloads in a folder, in the order in which they are to be handed in."""
    found = sorted(folder.glob(f"*{PAYLOAD}"))
    if not found:
        raise Stopped("nothing-to-send", f"{folder} holds no file *{PAYLOAD}")
    return [path.read_bytes() for path in found]


def carry_setup(record: Record, folder: Path) -> int:
    """Writes the set-up log into a folder, to be carried; how many entries it has."""
    entries = len(record.setup().payloads)
    for path, content in record.setup_files():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return entries


def check_record(record: Record, progress: Progress, *, is_closed: bool) -> None:
    """Pass if the verifier finds no fault, and once closed nothing missing before the shares.

    A wrong share of another trustee is no fault of the record: the right ones may be enough
    (A56). Raises Stopped `record-not-right` naming the checks.
    """
    place = record.origin.place
    outcomes = [v for v in verdicts(verify(place, progress=progress)) if v.ok is not True]
    bad = [v for v in outcomes if v.ok is False and v.code != _WRONG_SHARE_OF_ANOTHER]
    if is_closed:
        bad += [v for v in outcomes if v.ok is None and v.code in BEFORE_SHARES]
    if bad:
        listed = "; ".join(f"{each.code} {each.message}" for each in bad)
        raise Stopped("record-not-right", f"nothing was signed. This record is not right: {listed}")


def _name(payload: bytes) -> str:
    said = Signed.parse(payload)
    style = getattr(said.said, "style", 0)
    return f"trustee-{said.index}-{said.said.tag}" + (f"-style-{style}" if style else "")


def _door(payload: bytes) -> str:
    said = Signed.parse(payload).said
    eid0 = getattr(said, "eid0", b"")
    if eid0:
        return f"/elections/{write_name(eid0)}/setup/entries"
    return f"/box/{write_name(said.eid)}/entries"  # type: ignore[attr-defined]  # ack and share
