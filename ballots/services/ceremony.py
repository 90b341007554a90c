"""The ceremony as far as this server has a part in it: registrars' keys, then three rounds.

The set-up log is the table at which everybody sits. `advance` lets every role whose key is here
say what it can say now; who is elsewhere says it elsewhere.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from ballots.ceremony import BadShare, Dealing, Table, check_possession, scalar_bytes
from ballots.entries import CERTIFICATE_PARTS, Ack, Dkg1, Dkg2, Dkg3, RegKey, role_key
from ballots.manifest import Manifest
from ballots.services.logbook import Logbook
from ballots.services.rounds import Rounds, Which
from crypto import blind_rsa
from crypto.encoding import M, u16
from crypto.p256 import parse_scalar

BlindKeys = Mapping[Which, blind_rsa.SecretKey]


class _Complained(Exception):  # noqa: N818 - says what happened
    """A trustee here got a bad share and has said so; nothing follows in this log."""


def fresh_blind_keys(wanted: Iterable[Which]) -> BlindKeys:
    """A new RSA key for each of these; a fifth of a second each."""
    return {which: blind_rsa.SecretKey.generate() for which in wanted}


def advance(book: Logbook, blind_keys: BlindKeys) -> Rounds:
    """Let every role that is here say what it can; the rounds after that.

    `blind_keys` are fresh ones, used for registrars that are here and have said none. A round
    begins only when the one before is complete. A complaint ends it all, also one that a trustee
    here has to make.
    """
    steps: Mapping[str, Callable[[Which, Rounds], object]] = {
        RegKey.tag: lambda which, _: _show_blind_key(book, which, blind_keys[which]),
        Dkg1.tag: lambda which, _: _commit(book, which),
        Dkg2.tag: lambda which, rounds: _deal(book, which, rounds),
        Dkg3.tag: lambda which, rounds: _confirm(book, which, rounds),
    }
    rounds = Rounds.read(book)
    for tag, speak in steps.items():
        if rounds.complaints:
            break
        wanted = [which for which in rounds.missing(tag) if is_here(book, tag, which[0])]
        with suppress(_Complained):
            for which in wanted:
                speak(which, rounds)
        rounds = Rounds.read(book)
        if rounds.missing(tag):
            break
    return rounds


def acknowledge(book: Logbook, manifest: Manifest) -> None:
    """Let every trustee and registrar that is here sign its `ack`.

    A trustee first takes its shares out of where they are kept and holds them against the
    manifest: the rehearsal of section 5. Raises Refused if one cannot.
    """
    for number in range(1, len(book.draft.trustees.list) + 1):
        if is_here(book, Dkg1.tag, number):
            _rehearse(book, manifest, number)
            book.say("ballots", "trustee", number, Ack(book.eid))
    for number in range(1, len(book.draft.registrars.list) + 1):
        if is_here(book, RegKey.tag, number):
            book.say("ballots", "registrar", number, Ack(book.eid))


def certificate_messages(eid0: bytes, which: Which, spki: bytes) -> list[bytes]:
    """What the eight values of a blind key's certificate are roots of (section 6)."""
    parts = (u16(which[0]), u16(which[1]), spki)
    return [M("rsa-cert", eid0, *parts, u16(i)) for i in range(1, CERTIFICATE_PARTS + 1)]


def is_here(book: Logbook, tag: str, number: int) -> bool:
    """Whether the role that says `tag` under this number has its key on this server."""
    return speaks_here(book, "registrar" if tag == RegKey.tag else "trustee", number)


def speaks_here(book: Logbook, role: str, number: int) -> bool:
    """Whether the key of this role is on this server."""
    return book.keyring.holds(book.connection, role_key(book.draft, role, number))


def _show_blind_key(book: Logbook, which: Which, key: blind_rsa.SecretKey) -> None:
    eid0, spki = book.draft.eid0, key.public.spki
    blind_rsa.check_sound(key.public)
    certificate = blind_rsa.certify(key, certificate_messages(eid0, which, spki))
    book.keyring.keep_blind_key(book.connection, eid0, which, key)
    book.say("setup", "registrar", which[0], RegKey(eid0, *which, spki, certificate))


def _commit(book: Logbook, which: Which) -> None:
    dealing = Dealing.fresh(book.draft.trustees.k)
    book.keyring.keep_dealing(book.connection, book.draft.eid0, which, dealing.write())
    table = Table.of(book.draft, which[1])
    book.say("setup", "trustee", which[0], table.commit(which[0], dealing))


def _deal(book: Logbook, which: Which, rounds: Rounds) -> None:
    number, style = which
    table = Table.of(book.draft, style)
    dealt = table.deal(number, _dealing(book, which), rounds.firsts(style))
    book.say("setup", "trustee", number, dealt)


def _confirm(book: Logbook, which: Which, rounds: Rounds) -> None:
    """Check every share, keep their sum, and forget what it was dealt from; or complain (A55)."""
    number, style = which
    table, eid0 = Table.of(book.draft, style), book.draft.eid0
    heard = (rounds.firsts(style), rounds.seconds(style))
    dealing = _dealing(book, which)
    try:
        x = table.receive(number, dealing, *heard)
    except BadShare as bad:
        book.say("setup", "trustee", number, table.complain(number, dealing, bad.dealer))
        raise _Complained from bad
    confirmed = table.confirm(number, x, *heard)
    book.keyring.keep_share(book.connection, eid0, which, scalar_bytes(x))
    book.keyring.drop_dealing(book.connection, eid0, which)
    book.say("setup", "trustee", number, confirmed)


def _rehearse(book: Logbook, manifest: Manifest, number: int) -> None:
    for key in manifest.election_keys:
        share = book.keyring.share(book.connection, book.draft.eid0, (number, key.style))
        check_possession(parse_scalar(share), key, number)


def _dealing(book: Logbook, which: Which) -> Dealing:
    return Dealing.parse(book.keyring.dealing(book.connection, book.draft.eid0, which))
