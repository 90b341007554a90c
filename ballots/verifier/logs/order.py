"""The order of each log's entries (section 4), as tables of what may follow what."""

from collections.abc import Mapping

from ballots.verifier.verdict import Fault

_SETUP = ("draft", "reg-key", "dkg1", "dkg2", "dkg3")
_AFTER_CLOSE = frozenset({"closed", "counted"})
_LAST_WORDS = frozenset({"share", "result", "attest"})


def _setup_steps() -> dict[tuple[str, str], str]:
    """`draft reg-key* dkg1* dkg2* dkg3* (dkg-complaint | roll-note*)`; states are last tags."""
    steps = {("", "draft"): "draft", ("roll-note", "roll-note"): "roll-note"}
    for place, tag in enumerate(_SETUP):
        later = [*_SETUP[max(place, 1) :], "dkg-complaint", "roll-note"]
        steps |= {(tag, each): each for each in later}
    return steps


_STEPS: Mapping[str, Mapping[tuple[str, str], str]] = {
    "setup": _setup_steps(),
    # manifest ((check-in|issue)+ epoch)*
    "check-ins": {
        ("", "manifest"): "between",
        ("between", "check-in"): "batch",
        ("between", "issue"): "batch",
        ("batch", "check-in"): "batch",
        ("batch", "issue"): "batch",
        ("batch", "epoch"): "between",
    },
    # manifest ack* open (cast+ epoch)* issue-close (cast+ epoch)* close share* (result attest*)?
    "ballots": {
        ("", "manifest"): "prepared",
        ("prepared", "ack"): "prepared",
        ("prepared", "open"): "between",
        ("between", "cast"): "batch",
        ("batch", "cast"): "batch",
        ("batch", "epoch"): "between",
        ("between", "issue-close"): "between late",
        ("between late", "cast"): "batch late",
        ("batch late", "cast"): "batch late",
        ("batch late", "epoch"): "between late",
        ("between late", "close"): "closed",
        ("closed", "share"): "closed",
        ("closed", "result"): "counted",
        ("counted", "attest"): "counted",
    },
}
_FIRST: Mapping[str, str] = {"setup": "draft", "check-ins": "between", "ballots": "prepared"}


class Order:
    """Where a log stands; each entry is admitted or refused, a refused one changes nothing.

    The first entry is the exception: whatever stands there, the log goes on behind it.
    """

    def __init__(self, log: str) -> None:
        self._steps = _STEPS[log]
        self._after_first = _FIRST[log]
        self._state = ""
        self._once: set[tuple[str, bytes, bytes]] = set()

    def admit(self, tag: str) -> None:
        """Move on; raises V15, or V28 and V29 for what may not follow `close`."""
        following = self._steps.get((self._state, tag))
        if following is not None:
            self._state = following
            return
        before, self._state = self._state, self._state or self._after_first
        if before in _AFTER_CLOSE and tag == "close":
            raise Fault("V29", "a second close")
        if before in _AFTER_CLOSE and tag not in _LAST_WORDS:
            raise Fault("V28", f"{tag} after the close")
        raise Fault("V15", f"{tag} may not stand here")

    def skip(self) -> None:
        """An entry that cannot be used stood here."""
        self._state = self._state or self._after_first

    def admit_once(self, tag: str, style: bytes, index: bytes) -> None:
        """V15 if this tag stood for this style and number before."""
        if (tag, style, index) in self._once:
            raise Fault("V15", f"a second {tag} of the same style and number")
        self._once.add((tag, style, index))
