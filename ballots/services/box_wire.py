"""Speaking to a ballot box apart: each call is answered the same when it is repeated."""

import json

from ballots.errors import REFUSALS, Incomplete, Refused
from ballots.services.names import write_name
from ballots.services.wire import Answered, Wire
from crypto.encoding import b64url, from_b64url
from crypto.errors import CryptoError

_JSON = "application/json"


def send_entry(wire: Wire, origin: str, eid: bytes, payload: bytes) -> int:
    """The index of a signed entry in the box's log; raises Refused as the box says it."""
    place = f"{origin}/box/{write_name(eid)}/entries"
    return _number(_good(wire.ask("POST", place, payload)), "index")


def send_manifest(wire: Wire, origin: str, document: bytes) -> None:
    """Let the box keep the ballot log of this election from now on."""
    _good(wire.ask("POST", f"{origin}/box/elections", document, kind=_JSON))


def end_last_epoch(wire: Wire, origin: str, eid: bytes) -> tuple[int, bytes]:
    """Size and root of the box's log once nothing waits in it any more, after voting closed."""
    answer = _good(wire.ask("POST", f"{origin}/box/{write_name(eid)}/last-epoch"))
    try:
        return _number(answer, "size"), from_b64url(json.loads(answer.body)["root"])
    except (CryptoError, KeyError, TypeError) as error:
        raise _unreadable(origin) from error


def write_head(size: int, root: bytes) -> bytes:
    """Size and root of a log, as `end_last_epoch` reads them."""
    return json.dumps({"size": size, "root": b64url(root)}).encode()


def _good(answer: Answered) -> Answered:
    """A good answer; raises Refused with the box's own code where it is one of ours."""
    if answer.is_good:
        return answer
    try:
        said = json.loads(answer.body)
        code, detail = str(said["type"]).rpartition("/")[2], str(said["detail"])[:300]
    except (ValueError, KeyError, TypeError, RecursionError):
        code, detail = "not-durable", f"it answered {answer.status}"
    if code == "incomplete":
        raise Incomplete(f"{detail.removeprefix('still missing: ')}, at the ballot box")
    known = code if code in REFUSALS else "not-durable"
    raise Refused(known, f"the ballot box: {detail}")


def _number(answer: Answered, name: str) -> int:
    try:
        found = json.loads(answer.body)[name]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable("the ballot box") from error
    if type(found) is not int or found < 0:
        raise _unreadable("the ballot box")
    return found


def _unreadable(who: str) -> Refused:
    return Refused("not-durable", f"{who} answered what cannot be read")
