"""The manifest: the draft, sealed with everything that was prepared for it (section 3).

Entry 0 of the check-in log and of the ballot log; its hash `eid` names the election.
"""

from dataclasses import dataclass, field
from typing import Any, Self

from ballots.document import Place
from ballots.draft import MOST_BYTES, Draft
from ballots.errors import BadDocument, Refused
from crypto import canonical
from crypto.encoding import H, b64url

_HASH_BYTES = 32
_POINT_BYTES = 33
_KEYS = ("draft", "eid0", "setup", "roll", "registrar_keys", "election_keys", "client_sha256")


@dataclass(frozen=True, slots=True)
class TreeHead:
    """A prefix of a log or tree: its size and root (32 bytes)."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class StyleSize:
    """How many rows of the roll have a style."""

    style: int
    size: int


@dataclass(frozen=True, slots=True)
class RollHead:
    """The roll's size and root, and its rows per style in draft order."""

    size: int
    root: bytes
    styles: tuple[StyleSize, ...]


@dataclass(frozen=True, slots=True)
class RegistrarKey:
    """The SHA-256 of a registrar's SubjectPublicKeyInfo for one style."""

    registrar: int
    style: int
    spki_sha256: bytes


@dataclass(frozen=True, slots=True)
class ElectionKey:
    """The key that a style's ballots are sealed to, and each trustee's public share of it.

    `key` is Y_s and `trustee_points` are X_1 .. X_n, compressed points of 33 bytes.
    """

    style: int
    key: bytes
    trustee_points: tuple[bytes, ...]

    def trustee_point(self, trustee: int) -> bytes:
        """X_i of a trustee by its number, from 1; raises Refused `not-found`."""
        if not 1 <= trustee <= len(self.trustee_points):
            raise Refused("not-found", f"there is no trustee {trustee}")
        return self.trustee_points[trustee - 1]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest of right shape however it was made; raises BadDocument otherwise.

    `eid0` is what the document states; that it is the draft's, and that keys and roots are those
    of the set-up log, is for the verifier (V02, V04, V07, V16) to say.
    """

    draft: Draft
    eid0: bytes
    setup: TreeHead
    roll: RollHead
    registrar_keys: tuple[RegistrarKey, ...]
    election_keys: tuple[ElectionKey, ...]
    client_sha256: bytes
    document: bytes = field(init=False, repr=False, compare=False)
    eid: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        document = canonical.write(self._value())
        place = Place.root("manifest", document, most_bytes=MOST_BYTES)
        _read_manifest(place, self.draft)
        object.__setattr__(self, "document", document)
        object.__setattr__(self, "eid", H("manifest", document))

    @classmethod
    def parse(cls, document: bytes) -> Self:
        """The manifest whose bytes these are; raises BadDocument naming the place."""
        place = Place.root("manifest", document, most_bytes=MOST_BYTES)
        draft = Draft.read(place.fields(_KEYS)["draft"])
        return cls(draft=draft, **_read_manifest(place, draft))

    def write(self) -> bytes:
        """The manifest's bytes, canonical JSON; `parse` of them gives this manifest."""
        return self.document

    @property
    def draft_bytes(self) -> bytes:
        """The bytes of the draft inside."""
        return self.draft.document

    def election_key(self, style: int) -> ElectionKey:
        """The key of a style; raises Refused `unknown-style`."""
        for each in self.election_keys:
            if each.style == style:
                return each
        raise Refused("unknown-style", f"no ballot style {style} in this election")

    def spki_sha256(self, registrar: int, style: int) -> bytes:
        """The hash of a registrar's key for a style (32 bytes); raises Refused `not-found`."""
        for each in self.registrar_keys:
            if (each.registrar, each.style) == (registrar, style):
                return each.spki_sha256
        raise Refused("not-found", f"registrar {registrar} has no key for style {style}")

    def style_size(self, style: int) -> int:
        """How many rows of the roll have this style; raises Refused `unknown-style`."""
        for each in self.roll.styles:
            if each.style == style:
                return each.size
        raise Refused("unknown-style", f"no ballot style {style} in this election")

    def check_eid0(self) -> None:
        """Raise BadDocument unless the stated `eid0` is that of the draft inside (V02)."""
        if self.eid0 != self.draft.eid0:
            raise BadDocument("eid0", "the hash of the draft inside")

    def _value(self) -> dict[str, Any]:
        return {
            "draft": self.draft.value,
            "eid0": b64url(self.eid0),
            "setup": {"size": self.setup.size, "root": b64url(self.setup.root)},
            "roll": _roll_value(self.roll),
            "registrar_keys": [_registrar_key_value(each) for each in self.registrar_keys],
            "election_keys": [_election_key_value(each) for each in self.election_keys],
            "client_sha256": b64url(self.client_sha256),
        }


def _read_manifest(place: Place, draft: Draft) -> dict[str, Any]:
    """The fields of a manifest by name, the draft excepted."""
    fields = place.fields(_KEYS)
    styles = [style.id for style in draft.styles]
    return {
        "eid0": fields["eid0"].binary(_HASH_BYTES),
        "setup": _tree_head(fields["setup"]),
        "roll": _roll_head(fields["roll"], styles),
        "registrar_keys": _registrar_keys(fields["registrar_keys"], draft, styles),
        "election_keys": _election_keys(fields["election_keys"], draft, styles),
        "client_sha256": fields["client_sha256"].binary(_HASH_BYTES),
    }


def _tree_head(place: Place) -> TreeHead:
    fields = place.fields(["size", "root"])
    return TreeHead(fields["size"].number(), fields["root"].binary(_HASH_BYTES))


def _roll_head(place: Place, styles: list[int]) -> RollHead:
    fields = place.fields(["size", "root", "styles"])
    sizes = fields["styles"].items(least=len(styles), most=len(styles))
    return RollHead(
        fields["size"].number(),
        fields["root"].binary(_HASH_BYTES),
        tuple(_style_size(each, style) for each, style in zip(sizes, styles, strict=True)),
    )


def _style_size(place: Place, style: int) -> StyleSize:
    fields = place.fields(["style", "size"])
    return StyleSize(_exactly(fields["style"], style), fields["size"].number())


def _registrar_keys(place: Place, draft: Draft, styles: list[int]) -> tuple[RegistrarKey, ...]:
    """One key per registrar and style: by registrar, then by style in draft order."""
    registrars = range(1, len(draft.registrars.list) + 1)
    wanted = [(registrar, style) for registrar in registrars for style in styles]
    places = place.items(least=len(wanted), most=len(wanted))
    return tuple(_registrar_key(each, *pair) for each, pair in zip(places, wanted, strict=True))


def _registrar_key(place: Place, registrar: int, style: int) -> RegistrarKey:
    fields = place.fields(["registrar", "style", "spki_sha256"])
    return RegistrarKey(
        _exactly(fields["registrar"], registrar),
        _exactly(fields["style"], style),
        fields["spki_sha256"].binary(_HASH_BYTES),
    )


def _election_keys(place: Place, draft: Draft, styles: list[int]) -> tuple[ElectionKey, ...]:
    places = place.items(least=len(styles), most=len(styles))
    trustees = len(draft.trustees.list)
    pairs = zip(places, styles, strict=True)
    return tuple(_election_key(each, style, trustees) for each, style in pairs)


def _election_key(place: Place, style: int, trustees: int) -> ElectionKey:
    fields = place.fields(["style", "key", "trustee_points"])
    points = fields["trustee_points"].items(least=trustees, most=trustees)
    return ElectionKey(
        _exactly(fields["style"], style),
        fields["key"].binary(_POINT_BYTES),
        tuple(each.binary(_POINT_BYTES) for each in points),
    )


def _exactly(place: Place, number: int) -> int:
    """The number that the draft's order asks for at this place."""
    if place.number() != number:
        place.refuse(f"{number}, in the draft's order")
    return number


def _roll_value(roll: RollHead) -> dict[str, Any]:
    styles = [{"style": each.style, "size": each.size} for each in roll.styles]
    return {"size": roll.size, "root": b64url(roll.root), "styles": styles}


def _registrar_key_value(each: RegistrarKey) -> dict[str, Any]:
    return {
        "registrar": each.registrar,
        "style": each.style,
        "spki_sha256": b64url(each.spki_sha256),
    }


def _election_key_value(each: ElectionKey) -> dict[str, Any]:
    points = [b64url(point) for point in each.trustee_points]
    return {"style": each.style, "key": b64url(each.key), "trustee_points": points}
