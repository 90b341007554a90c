"""V17 and V19: check-ins and blind signatures one by one, and the end of check-in."""

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.verifier.bulk.bench import Bench
from ballots.verifier.checks.authorisation import DESK, Ask, v18_authorisation
from ballots.verifier.election import Election
from ballots.verifier.logs.bulk_frames import ISSUE_LENGTHS, REQUEST_HEAD
from ballots.verifier.logs.rows import RollRow
from ballots.verifier.verdict import Fault, Gap
from crypto import blind_rsa
from crypto.encoding import number, parse, sha256, u16
from crypto.errors import CryptoError

_FIXED_CHECK_IN_FIELDS = 5


@dataclass(slots=True)  # not frozen: a million of them, and freezing doubles the cost
class CheckInItem:
    """What the whole log's checks need of a check-in.

    `has_passkey` is whether the row has one; `is_fine` is false for a style or row that V17
    refused: such a check-in stands for nobody.
    """

    hash: bytes
    row: int
    style: int
    kind: int
    has_passkey: bool
    is_fine: bool

    @property
    def tag(self) -> str:
        """The tag of the payload."""
        return "check-in"

    @property
    def is_at_desk(self) -> bool:
        """Whether an officer checked the voter in."""
        return self.kind == DESK

    @property
    def batch_key(self) -> bytes:
        """What a batch is sorted by."""
        return self.hash + u16(0)


@dataclass(slots=True)  # as above
class IssueItem:
    """What the whole log's checks need of an issue; `hash` is of its own payload.

    `is_checked`: its check-in stood in the same stretch and `sig^e = blinded` was looked at there.
    """

    check_in_hash: bytes
    registrar: int
    hash: bytes
    is_checked: bool

    @property
    def tag(self) -> str:
        """The tag of the payload."""
        return "issue"

    @property
    def batch_key(self) -> bytes:
        """What a batch is sorted by."""
        return self.check_in_hash + u16(self.registrar)


Examined = tuple[CheckInItem | IssueItem | None, list[Fault | Gap]]


@dataclass(slots=True)  # as above
class Request:
    """A `check-in` payload of right shape (section 6)."""

    row: int
    style: int
    blinded: tuple[bytes, ...]
    kind: int
    evidence: bytes


@dataclass(slots=True)  # as above
class Answer:
    """An `issue` payload of right shape."""

    registrar: int
    check_in_hash: bytes
    blind_signature: bytes


class Desk:
    """Examines the check-ins and issues of one stretch; an issue usually follows its check-in."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._requests: dict[bytes, Request] = {}

    def check_in(self, payload: bytes) -> Examined:
        """The fields (V15), the roll's row (V17) and the evidence (V18) of a check-in."""
        try:
            request = read_request(payload, self._bench.election)
        except Fault as fault:
            return None, [fault]
        payload_hash = sha256(payload)
        self._requests[payload_hash] = request
        troubles: list[Fault | Gap] = []
        row, is_fine = None, True
        try:
            row = row_of(request, self._bench)
            check_blinded(request, self._bench)
        except Fault as fault:
            troubles.append(fault)
            is_fine = False
        except Gap as gap:
            troubles += [gap, Gap("V18", gap.what)]
        if row is not None:
            troubles += self._authorisation(request, row)
        has_passkey = row is not None and bool(row.passkeys)
        item = CheckInItem(
            payload_hash, request.row, request.style, request.kind, has_passkey, is_fine
        )
        return item, troubles

    def issue(self, payload: bytes) -> Examined:
        """The fields (V15) of an issue and, where its check-in is near, its signature (V17)."""
        try:
            answer = read_answer(payload, self._bench.election)
        except Fault as fault:
            return None, [fault]
        request = self._requests.get(answer.check_in_hash)
        troubles: list[Fault | Gap] = []
        if request is not None:
            try:
                v17_blind_signature(answer, request, self._bench)
            except (Fault, Gap) as trouble:
                troubles.append(trouble)
        payload_hash = sha256(payload)
        item = IssueItem(answer.check_in_hash, answer.registrar, payload_hash, request is not None)
        return item, troubles

    def _authorisation(self, request: Request, row: RollRow) -> list[Fault | Gap]:
        ask = Ask(request.row, request.style, request.blinded, request.kind, request.evidence)
        try:
            v18_authorisation(ask, row, self._bench.election)
        except Fault as fault:
            return [fault]
        return []


def read_request(payload: bytes, election: Election) -> Request:
    """The check-in in a payload; raises V15 for its fields."""
    fields = election.frames.check_in.read(payload) or _fields("check-in", payload)
    count = election.registrars
    if len(fields) != _FIXED_CHECK_IN_FIELDS + count:
        raise Fault("V15", "a check-in with another number of blinded messages")
    lengths = [*REQUEST_HEAD, *[blind_rsa.OCTETS] * count, 1]
    if [len(each) for each in fields[:-1]] != lengths or fields[0] != election.eid:
        raise Fault("V15", "a check-in with wrong fields, or of another election")
    blinded, kind = fields[3 : 3 + count], number(fields[-2])
    return Request(number(fields[1]), number(fields[2]), blinded, kind, fields[-1])


def read_answer(payload: bytes, election: Election) -> Answer:
    """The issue in a payload; raises V15 for its fields."""
    fields = election.frames.issue.read(payload) or _fields("issue", payload)
    if tuple(map(len, fields)) != ISSUE_LENGTHS or fields[0] != election.eid:
        raise Fault("V15", "an issue with wrong fields, or of another election")
    registrar = number(fields[1])
    if not 1 <= registrar <= election.registrars:
        raise Fault("V15", f"there is no registrar {registrar}")
    return Answer(registrar, fields[2], fields[3])


def _fields(tag: str, payload: bytes) -> tuple[bytes, ...]:
    try:
        return parse(tag, payload)
    except CryptoError as problem:
        raise Fault("V15", f"the {tag} does not parse: {problem}") from None


def row_of(request: Request, bench: Bench) -> RollRow:
    """The row that checks in; raises V17 if the roll has none like it, Gap without the roll."""
    if request.row >= bench.election.manifest.roll.size:
        raise Fault("V17", f"there is no row {request.row}")
    if bench.roll is None or request.row >= bench.roll.size:
        raise Gap("V17", "the roll")
    try:
        row = bench.roll.row(request.row)
    except Fault:
        raise Gap("V17", f"a row {request.row} that parses") from None
    if row.style != request.style:
        raise Fault("V17", f"row {request.row} has style {row.style}, not {request.style}")
    return row


def check_blinded(request: Request, bench: Bench) -> None:
    """Each blinded message is in 2..N-2 of its registrar's key (V17); a missing key is V04's."""
    for registrar, blinded in enumerate(request.blinded, start=1):
        key = bench.keys.get((registrar, request.style))
        if key is not None and not 2 <= number(blinded) <= key.n - 2:  # noqa: PLR2004 - section 6.5
            raise Fault("V17", f"the message for registrar {registrar} is not in 2..N-2")


def v17_blind_signature(answer: Answer, request: Request, bench: Bench) -> None:
    """`sig^e = blinded`: this registrar signed this very message, once (A8)."""
    key = bench.keys.get((answer.registrar, request.style))
    if key is None:
        raise Gap("V17", f"a sound key of registrar {answer.registrar} for style {request.style}")
    try:
        blind_rsa.verify_raw(key, answer.blind_signature, request.blinded[answer.registrar - 1])
    except CryptoError as problem:
        raise Fault("V17", str(problem)) from None


def v19_frozen_check_ins(size: int, roots: dict[int, bytes], frozen: Sequence[bytes]) -> None:
    """The check-in log ends where `issue-close` says, with that root: nothing issued after (A1)."""
    frozen_size, frozen_root = number(frozen[1]), frozen[2]
    if size != frozen_size:
        raise Fault("V19", f"the check-in log has {size} entries, {frozen_size} at issue-close")
    if roots.get(frozen_size, frozen_root) != frozen_root:
        raise Fault("V19", "the check-in log has another root than issue-close says")
