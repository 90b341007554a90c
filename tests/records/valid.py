"""Honest records of every kind, and honest ones of which something is not there (yet)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from ballots.verifier.beside import Beside
from ballots.verifier.verdict import CODES
from tests.records.builder import Builder
from tests.records.casting import NO_PREVIOUS, Sealed
from tests.records.forgeries import counts, credentials, documents, keys
from tests.records.forgeries.ballots import FIVE
from tests.records.forgeries.check_ins import LongClientJson
from tests.records.forgeries.strict import TWELVE, MixedKey
from tests.records.forgery import Collection, Forgery
from tests.records.plan import (
    CLOSED,
    DESK,
    RUNNING,
    Plan,
    Voter,
    plurality,
    text,
    yes_no,
)
from tests.records.vectors.shown import PLAN as VECTORS

COLLECTION = Collection()
BEFORE_COUNT = ("V30", "V31", "V32", "V33", "V34", "V35", "V36", "V37", "V40")
BEFORE_CLOSE = (
    "V09", "V10", "V14", "V15", "V16", "V17", "V18", "V19", "V25", "V27", "V28", "V29",
    *BEFORE_COUNT,
)  # fmt: skip
"""Until the close the check-in log shows its checkpoints only, and the roll stays at home."""
LACKING = {
    "manifest.json": CODES,
    "policy": ("V12",),
    "attachments/": ("V02",),
    "setup/checkpoint": ("V11", "V12"),
    "check-ins/checkpoints/": ("V11", "V12"),
    "ballots/checkpoints/": ("V11", "V12"),
    "ballots/tile/0/": ("V14",),
    "setup/tile/entries/": (
        "V02", "V04", "V05", "V06", "V07", "V10", "V14", "V15", "V17", "V22", "V40",
    ),
    "check-ins/tile/entries/": (
        "V09", "V10", "V14", "V15", "V17", "V18", "V19", "V25", "V27", "V40",
    ),
    "ballots/tile/entries/": (
        "V08", "V09", "V10", "V14", "V15", *CODES[18:25], *CODES[26:37], "V40",
    ),
    "roll": ("V16", "V17", "V18", "V40"),
    "result.json": ("V34", "V35"),
    "statuses": ("V32", "V33", "V36", "V37", "V40"),
}  # fmt: skip
"""What lacks evidence where a record lacks a file: the first one whose path begins so."""


def variant(name: str, words: str, plan: Plan, **known: Any) -> None:
    """Gather an honest record of a plan."""
    fixed = {"attack": "", "twin": plan, "missing": frozenset(known.pop("missing", ()))}
    COLLECTION.all.append(Forgery(name, words, frozenset(), Builder, plan, **fixed | known))


variant("light", "One registrar, one trustee, no witness; every kind of check-in", Plan())
variant("two-registrars", "Two registrars, both needed", Plan(registrars=(2, 2, 1)))
variant("three-registrars", "Three registrars, all needed", credentials.TWO_OF_THREE)
variant(
    "four-registrars", "Four registrars, three needed, of whom one is away",
    Plan(registrars=(4, 3, 1), away=frozenset({2})), attack="A57",
)  # fmt: skip
variant("half-of-two-trustees", "Two trustees, either of whom can open", Plan(trustees=(2, 1)))
variant(
    "silent-trustee", "Three trustees, two needed, and one silent", documents.THREE_TRUSTEES,
    attack="A57", tests=(62,),
)  # fmt: skip
variant("three-trustees", "Three trustees who all give their shares", Plan(trustees=(3, 2)))
variant("witnessed", "Three witnesses, two needed", Plan(witnesses=(3, 2, 0)), attack="A41")
variant("four-witnesses", "Four witnesses, three needed", Plan(witnesses=(4, 3, 0)))
variant(
    "robust", "Registrars, trustees and witnesses of whom one each may lie, passkeys for all",
    Plan(
        registrars=(4, 3, 1), trustees=(5, 3), witnesses=(4, 3, 1), verifiers=2,
        voters=tuple(Voter(ballots=((i % 2,),)) for i in range(4)),
        silent=frozenset({2, 4}), notes=((3, "moved away"), (None, "the roll was read aloud")),
    ),
    attack="A2",
)  # fmt: skip
variant("vectors", "The election from which `docs/vectors` come", VECTORS)
variant("two-styles", "Two styles, one question in both", documents.TWO_STYLES)
variant(
    "small-style",
    "A style in which too few voted stays shut",
    counts.SMALL,
    attack="A60",
    tests=(66,),
)
variant("tie", "A tie that was drawn by lot", counts.TIE, attack="A61", tests=(71,))
variant("smallest-roll", "A roll of exactly as many as the draft asks", Plan(min_group=5))
variant("batches-of-one", "Batches that may hold a single ballot", Plan(batch_min=1))
variant("everybody-voted", "All who checked in have voted", Plan(voters=(Voter(),) * 4))
variant("by-session", "One who checked in by session and did not vote", credentials.ODD_ONE)
variant("three-of-four-halves", "Three voters, four registrars, three needed",
        Plan(registrars=(4, 3, 1), voters=credentials.FOUR_REGISTRARS))  # fmt: skip
variant("four-revisions", "A voter who changed the vote as often as is allowed",
        Plan(voters=FIVE, max_revisions=4), attack="A48", tests=(37,))  # fmt: skip
variant("twelve-voters", "Twelve who voted alike", TWELVE)
variant("prompt", "A box that promises without delay", Plan(merge_delay=0))
variant("nobody-came", "Nobody checked in", keys.NOBODY)
variant(
    "no-ballots", "Everybody checked in and nobody voted", Plan(voters=(Voter(ballots=()),) * 4)
)
variant("no-attachments", "A draft without attachments", Plan(attachments=()))
variant("only-desk", "Everybody at an officer's desk", Plan(voters=(Voter(kind=DESK),) * 4))
variant("two-passkeys", "Voters with two passkeys each", Plan(voters=(Voter(passkeys=2),) * 4))
variant("running", "A vote that goes on", Plan(stage=RUNNING), missing=BEFORE_CLOSE)
variant("running-witnessed", "A vote that goes on, with witnesses",
        Plan(stage=RUNNING, witnesses=(3, 2, 0)), missing=BEFORE_CLOSE)  # fmt: skip
variant("running-patient", "A vote that goes on, whose box may take its time",
        Plan(stage=RUNNING, merge_delay=9), missing=BEFORE_CLOSE)  # fmt: skip
variant("closed", "A vote that is closed and not counted", Plan(stage=CLOSED), missing=BEFORE_COUNT)


OPTIONS = ("ana", "budi", "cici")


def question(identifier: str, method: str, rule: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A question among three."""
    return {
        "id": identifier, "text": text(identifier), "method": method, "min": 0, "max": 3,
        "options": [{"id": each, "text": text(each)} for each in OPTIONS], "rule": rule, **more,
    }  # fmt: skip


BUDGET = {"budget": 100, "costs": [60, 50, 40]}
EVERY_RULE = (
    (yes_no(quorum=[1, 4], majority=[2, 3], strict=False), (0, 0, 1, None)),
    (plurality("mayor", 3), (0, 1, 1, 2)),
    (question("parks", "approval", {"name": "approval", "seats": 2}),
     (frozenset({0, 2}), frozenset({1}), frozenset(), frozenset({2}))),
    (question("marks", "score", {"name": "score"}, max_score=5),
     ((5, 0, 3), (0, 0, 0), (1, 2, 3), (5, 5, 5))),
    (question("stars", "score", {"name": "star"}, max_score=5),
     ((5, 0, 3), (4, 1, 0), (1, 2, 3), (5, 5, 4))),
    (question("runoff", "ranked", {"name": "instant-runoff"}, equal=False),
     ((1, 2, 3), (2, 1, 0), (0, 0, 1), (3, 2, 1))),
    (question("equals", "ranked", {"name": "instant-runoff"}, equal=True),
     ((1, 1, 2), (1, 2, 2), (0, 0, 1), (1, 1, 1))),
    (question("council", "ranked", {"name": "stv-scottish", "seats": 2}, equal=False),
     ((1, 2, 3), (1, 2, 0), (1, 3, 2), (3, 2, 1))),
    (question("paths", "ranked", {"name": "schulze", "seats": 2}, equal=True),
     ((1, 1, 2), (2, 1, 2), (0, 0, 1), (0, 0, 0))),
    (question("plans", "budget", {"name": "greedy", **BUDGET}, ballot="points", points=10),
     ((5, 5, 0), (0, 0, 10), (1, 2, 3), (0, 0, 0))),
    (question("shares", "budget",
              {"name": "equal-shares", "utility": "cost", "completion": "add1u-greedy",
               "completion_step": 1, **BUDGET}, ballot="approval"),
     (frozenset({0, 2}), frozenset({1}), frozenset({1, 2}), frozenset({2}))),
)  # fmt: skip
variant(
    "every-rule",
    "A question for every rule",
    Plan(
        questions=tuple(asked for asked, _ in EVERY_RULE),
        styles=((1, tuple(asked["id"] for asked, _ in EVERY_RULE)),),
        voters=tuple(
            Voter(ballots=(tuple(chosen[i] for _, chosen in EVERY_RULE),)) for i in range(4)
        ),
    ),
    attack="A65",
)


ODD_RULES = Plan(
    questions=(
        question("runoff", "ranked", {"name": "instant-runoff"}, equal=False),
        question("marks", "score", {"name": "score"}, max_score=5),
    ),
    styles=((1, ("runoff", "marks")),),
    voters=(Voter(ballots=(((1, 2, 3), (1, 2, 3)),)),) * 9,
)


@COLLECTION.built(plan=ODD_RULES, attack="A66", tests=(21, 33, 34, 40))
class InvalidBallots(Builder):
    """Ballots that cannot be opened, are badly encoded or break a rule; the rest counts."""

    odd: ClassVar = {
        0: b"\x01\x01\x03\x00\x01\x02\x03",  # a rank is left out
        1: b"\x01\x01\x01\x02\x01\x02\x03",  # two options of one rank
        2: b"\x01\x01\x02\x03\x01\x02\x06",  # a score above the highest
        3: b"\x02\x01\x02\x03\x01\x02\x03",  # another version
        4: b"\x01\x01\x02\x04\x01\x02\x03",  # a rank above the number of options
        5: b"\x01\x00\x00\x00\x00\x00\x00",  # blank, which is valid
    }  # fmt: skip

    def encode(self, voter, choices):
        return self.odd.get(voter) or super().encode(voter, choices)

    def seal_info(self, style, bk, seq, prev_own):
        honest = super().seal_info(style, bk, seq, prev_own)
        is_bent = bk == self.ballot_key(6).public32
        return honest[:-1] + bytes([honest[-1] ^ 1]) if is_bent else honest

    def seal(self, voter, seq, prev_own, choice) -> Sealed:
        """The eighth voter casts a copy of the ninth's envelope, to learn what is in it (A24)."""
        own = super().seal(voter, seq, prev_own, choice)
        if voter != 7:
            return own
        copied = super().seal(8, 0, NO_PREVIOUS, self.encode(8, self.plan.voters[8].ballots[0]))
        return replace(own, enc=copied.enc, ct=copied.ct)


@COLLECTION.built(attack="A23", tests=(22,))
class OlderAfterNewer(Builder):
    """A ballot that stands in the box behind the one that replaces it: the newer counts."""

    def cast_batches(self, *, late):
        batches = super().cast_batches(late=late)
        if late:
            return batches
        first, second = self.ballots_of(1)
        others = [each for batch in batches for each in batch if each not in {first, second}]
        return [self.sorted_casts([second, *others[:1]]), self.sorted_casts([first, *others[1:]])]


@COLLECTION.built(attack="A15", tests=(75,))
class LongestClientJson(LongClientJson):
    """clientDataJSON of exactly 1,024 bytes, nested as deep as they allow."""

    more = -1


@COLLECTION.built(attack="A29", tests=(28, 29))
class MixedKeyBothEquations(MixedKey):
    """A signature that both equations accept, by a key of mixed order: nothing forbids it."""


@COLLECTION.built(plan=Plan(witnesses=(3, 2, 0)), attack="A41", tests=(48,))
class WitnessTimesOutOfOrder(Builder):
    """Witnesses who saw a later checkpoint at an earlier time, all of them inside the schedule."""

    def end_epoch(self, log, batch, time):
        super().end_epoch(log, batch, time - 10 * self.epochs[log.name])


@COLLECTION.tampered(tests=(74,))
def summary_for_readers(built):
    """A summary that says anything at all: verifiers do not read it."""
    return built.files | {"summary.json": b'{"turnout": 7000000}'}


@COLLECTION.client(attack="A50")
def voting_page(built):
    """The voting page that the manifest names."""
    return built.client_files()


@COLLECTION.beside(attack="A32")
def papers_of_a_voter(built):
    """A promise that was kept, a receipt and a checkpoint."""
    index, payload = built.cast_log[0]
    size = sorted(built.ballot_log.notes)[-2]
    return Beside(
        promises=(("mine.promise", built.promise(payload, 0)),),
        receipts=(("mine.tlog-proof", built.receipt(index)),),
        checkpoints=(("seen.checkpoint", built.ballot_log.notes[size]),),
    )


@COLLECTION.beside(plan=Plan(stage=RUNNING, merge_delay=9), missing=(*BEFORE_CLOSE, "V26"))
def promise_not_due(built):
    """A promise whose time has not come."""
    return Beside(promises=(("mine.promise", built.promise(b"a ballot", 0)),))


@COLLECTION.beside(plan=Plan(stage=CLOSED), missing=(*BEFORE_COUNT, "V13"))
def checkpoint_from_later(_built):
    """A checkpoint larger than the record, which may be old."""
    later = Builder(Plan()).build().ballot_log
    return Beside(checkpoints=(("seen.checkpoint", later.notes[later.size]),))


def without(path: str) -> Callable[[Builder], dict[str, bytes]]:
    """Take one file out of a record."""

    def lacking(built: Builder) -> dict[str, bytes]:
        taken = next(each for each in sorted(built.files) if each.startswith(path))
        return {each: octets for each, octets in built.files.items() if each != taken}

    return lacking


for _path, _missing in LACKING.items():
    variant(
        _path.strip("/").replace("/", "-").replace(".", "-"),
        f"A record without {'a file below ' if _path.endswith('/') else ''}{_path}",
        Plan(),
        tamper=without(_path),
        missing=_missing,
    )
VALID = tuple(COLLECTION.all)
