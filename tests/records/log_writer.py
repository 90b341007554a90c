"""A log as it is written: entries, tiles, checkpoints (section 4; C2SP)."""

from hashlib import sha256

from crypto.merkle import Frontier, leaf_hash, root
from crypto.note import Checkpoint, Signer, sign_checkpoint

WIDTH = 256


class LogWriter:
    """Appends payloads and publishes checkpoints; `files` is what the record holds of it."""

    def __init__(
        self, name: str, signer: Signer, witnesses: list[Signer], first_prev: bytes
    ) -> None:
        self.name = name
        self.entries: list[bytes] = []
        self.notes: dict[int, bytes] = {}
        self.times: dict[int, int] = {}
        self._signer = signer
        self._witnesses = witnesses
        self._prev = first_prev
        self._frontier = Frontier()

    @property
    def size(self) -> int:
        """How many entries there are."""
        return len(self.entries)

    @property
    def root(self) -> bytes:
        """The root over all entries."""
        return self._frontier.root()

    def append(self, payload: bytes) -> int:
        """Add an entry; its index."""
        entry = self._prev + payload
        self.entries.append(entry)
        self._prev = leaf_hash(entry)
        self._frontier.append(self._prev)
        return self.size - 1

    def publish(self, time: int) -> None:
        """Publish a checkpoint, cosigned by every witness at that time."""
        checkpoint = Checkpoint(self._signer.verifier.name, self.size, self.root)
        note = sign_checkpoint(self._signer, checkpoint)
        lines = [witness.cosign(checkpoint.text, time) for witness in self._witnesses]
        self.notes[self.size] = note + "".join(lines).encode()
        self.times[self.size] = time

    def text_hash(self, size: int) -> bytes:
        """SHA-256 of the three lines of the checkpoint of this size, published or not."""
        hashes = [leaf_hash(entry) for entry in self.entries[:size]]
        checkpoint = Checkpoint(self._signer.verifier.name, size, root(hashes))
        return sha256(checkpoint.text.encode()).digest()

    def latest_text_hash(self) -> bytes:
        """The same for the latest published checkpoint."""
        text = self.notes[max(self.notes)].partition(b"\n\n")[0] + b"\n"
        return sha256(text).digest()

    def files(self) -> dict[str, bytes]:
        """Every file of the log: bundles, tiles, checkpoints."""
        files = {f"{self.name}/checkpoints/{size}": note for size, note in self.notes.items()}
        files[f"{self.name}/checkpoint"] = self.notes[max(self.notes)]
        for number, start in enumerate(range(0, self.size, WIDTH)):
            some = self.entries[start : start + WIDTH]
            bundle = b"".join(len(each).to_bytes(2, "big") + each for each in some)
            files[f"{self.name}/tile/entries/{_place(number, len(some))}"] = bundle
        hashes = [leaf_hash(entry) for entry in self.entries]
        level = 0
        while hashes:
            tiles = [hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)]
            for number, tile in enumerate(tiles):
                path = f"{self.name}/tile/{level}/{_place(number, len(tile))}"
                files[path] = b"".join(tile)
            hashes = [root(tile) for tile in tiles if len(tile) == WIDTH]
            level += 1
        return files


def _place(number: int, width: int) -> str:
    digits = f"{number:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join(["x" + each for each in groups[:-1]] + groups[-1:])
    return path if width == WIDTH else f"{path}.p/{width}"
