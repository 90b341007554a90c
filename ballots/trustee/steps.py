"""The ceremony from one trustee's chair: what it says next, given what stands in the log.

The registrars' keys come first, and a round begins when the one before is complete. Each step
gives the keys to keep before anything else: they hold the very bytes to hand in, so that a crash
in between loses nothing and says nothing twice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ballots.ceremony import BadShare, Dealing, Table, scalar_bytes
from ballots.draft import Draft
from ballots.entries import Dkg1, Dkg2, Dkg3, RegKey, Signed, signed
from ballots.payload import Payload
from ballots.trustee.errors import Stopped
from ballots.trustee.keys import TrusteeKeys
from ballots.trustee.setup_log import SetupLog

ROUNDS = (Dkg1.tag, Dkg2.tag, Dkg3.tag)


@dataclass(frozen=True, slots=True)
class Step:
    """Keys to keep before anything else, then payloads to hand in, perhaps again."""

    keys: TrusteeKeys
    to_say: tuple[bytes, ...]


def take_seat(keys: TrusteeKeys, draft: Draft) -> TrusteeKeys:
    """The keys at this draft's table, begun anew if they sat at another one's.

    Raises Stopped where the draft has no seat for this identity, and where the keys are bound to
    an election of another draft.
    """
    seats = [i for i, each in enumerate(draft.trustees.list, 1) if each.key == keys.public32]
    if not seats:
        raise Stopped("not-a-trustee", "this draft names no trustee with this key")
    if keys.eid0 == draft.eid0:
        return keys
    if keys.eid:
        message = "this key file belongs to another election; make a new one for this"
        raise Stopped("other-election", message)
    return keys.seated(draft.eid0, seats[0])


def advance(keys: TrusteeKeys, setup: SetupLog) -> Step:
    """Everything that can be said now, in every style.

    Raises BadShare naming a dealer against whom `complain` is the way, BadDealing for what
    everybody can see, and Stopped where no step is possible.
    """
    keys = take_seat(keys, setup.draft)
    if setup.complaint is not None:
        message = f"trustee {setup.blamed} is to blame; the organiser draws up the vote again"
        raise Stopped("ended-by-complaint", message)
    _check_own_voice(keys, setup)
    if setup.rounds.missing(RegKey.tag):
        return Step(keys, ())
    for tag, speak in _SPEAK.items():
        for style in (each.id for each in setup.draft.styles):
            if not _has_said(keys, tag, style):
                keys = speak(keys, setup, style)
        if setup.rounds.missing(tag):
            break
    return Step(keys, _unheard(keys, setup))


def complain(keys: TrusteeKeys, setup: SetupLog) -> Step:
    """The complaint about a share that is not right, which ends the draft.

    Raises Stopped `nothing-wrong` where every share is right.
    """
    for style in (each.id for each in setup.draft.styles):
        if style in keys.dealings and not setup.rounds.missing(Dkg2.tag):
            try:
                _receive(keys, setup, style)
            except BadShare as bad:
                table = Table.of(setup.draft, style)
                said = table.complain(keys.number, keys.dealings[style], bad.dealer)
                kept = _say(keys, said)
                return Step(kept, kept.said[-1:])
    raise Stopped("nothing-wrong", "every share that was dealt to this trustee is right")


def own_voice(keys: TrusteeKeys, payload: bytes) -> Signed | None:
    """What a payload says if it is this trustee's, else None."""
    entry = Signed.parse(payload)
    return entry if (entry.role, entry.index) == ("trustee", keys.number) else None


def _commit(keys: TrusteeKeys, setup: SetupLog, style: int) -> TrusteeKeys:
    dealing = Dealing.fresh(setup.draft.trustees.k)
    said = Table.of(setup.draft, style).commit(keys.number, dealing)
    return _say(keys.with_dealing(style, dealing), said)


def _deal(keys: TrusteeKeys, setup: SetupLog, style: int) -> TrusteeKeys:
    table, firsts = Table.of(setup.draft, style), setup.rounds.firsts(style)
    return _say(keys, table.deal(keys.number, keys.dealings[style], firsts))


def _confirm(keys: TrusteeKeys, setup: SetupLog, style: int) -> TrusteeKeys:
    """Check every share, keep their sum, and forget what it was dealt from."""
    heard = (setup.rounds.firsts(style), setup.rounds.seconds(style))
    x = _receive(keys, setup, style)
    said = Table.of(setup.draft, style).confirm(keys.number, x, *heard)
    return _say(keys.with_share(style, scalar_bytes(x)), said)


_SPEAK: dict[str, Callable[[TrusteeKeys, SetupLog, int], TrusteeKeys]] = {
    Dkg1.tag: _commit,
    Dkg2.tag: _deal,
    Dkg3.tag: _confirm,
}


def _receive(keys: TrusteeKeys, setup: SetupLog, style: int) -> int:
    heard = (setup.rounds.firsts(style), setup.rounds.seconds(style))
    return Table.of(setup.draft, style).receive(keys.number, keys.dealings[style], *heard)


def _say(keys: TrusteeKeys, inner: Payload) -> TrusteeKeys:
    return keys.saying(signed("trustee", keys.number, inner, keys.secret).payload)


def _said(keys: TrusteeKeys) -> Iterator[Payload]:
    return (Signed.parse(each).said for each in keys.said)


def _has_said(keys: TrusteeKeys, tag: str, style: int) -> bool:
    return any((each.tag, getattr(each, "style", 0)) == (tag, style) for each in _said(keys))


def _unheard(keys: TrusteeKeys, setup: SetupLog) -> tuple[bytes, ...]:
    """What this trustee said and the log does not hold yet."""
    standing = set(setup.payloads)
    return tuple(each for each in keys.said if each not in standing)


def _check_own_voice(keys: TrusteeKeys, setup: SetupLog) -> None:
    """Pass unless the log holds words of this trustee that it does not know (A51).

    They come from a copy of its key, or from an older state of this file.
    """
    known = set(keys.said)
    for payload in setup.payloads[1:]:
        if own_voice(keys, payload) is not None and payload not in known:
            message = "the log holds words under this key that this file never said"
            raise Stopped("other-voice", message)
