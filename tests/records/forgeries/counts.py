"""Forged openings, counts and lots, and what people hold in their hands: V13, V26, V30 to V39."""

from dataclasses import replace
from hashlib import sha256

from ballots.verifier.beside import Beside
from crypto import canonical
from crypto.encoding import M
from tests.records.builder import Builder
from tests.records.forgeries.logs import signed_note
from tests.records.forgery import Collection
from tests.records.plan import Plan, Voter, plurality, yes_no

COLLECTION = Collection()
THREE_TRUSTEES = Plan(trustees=(3, 2))
TIE = Plan(
    questions=(plurality("mayor", 3),),
    styles=((1, ("mayor",)),),
    voters=tuple(Voter(ballots=((i % 2,),)) for i in range(6)),
)
SMALL = Plan(
    questions=(yes_no(),),
    styles=((1, ("park",)), (2, ("park",))),
    voters=tuple(Voter(style=1 + (i > 4), ballots=((0,),) if i < 7 else ()) for i in range(10)),
)


@COLLECTION.built("V30", plan=THREE_TRUSTEES, attack="A56", tests=(62,))
class WrongShare(Builder):
    """A trustee who gives a wrong share where enough others give right ones."""

    def secret_share(self, style, j):
        honest = super().secret_share(style, j)
        return honest + 1 if j == 2 and hasattr(self, "closed_size") else honest


@COLLECTION.built("V30", plan=THREE_TRUSTEES, attack="A54")
class ShareOfZero(Builder):
    """A trustee who gives nought for a share."""

    def secret_share(self, style, j):
        return 0 if j == 2 and hasattr(self, "closed_size") else super().secret_share(style, j)


@COLLECTION.built(
    "V31",
    plan=replace(THREE_TRUSTEES, silent=frozenset({1, 2})),
    twin=THREE_TRUSTEES,
    attack="A57",
    tests=(63,),
    missing=("V32", "V33", "V34", "V35", "V36", "V37", "V40"),
)
class TooFewShares(Builder):
    """A result although fewer than k trustees gave their shares."""


@COLLECTION.built("V32", attack="A62")
class HiddenBallot(Builder):
    """A counted ballot that the published statuses call superseded."""

    def statuses(self):
        honest = super().statuses()
        at = honest.index(0)
        return honest[:at] + b"\x01" + honest[at + 1 :]


@COLLECTION.built("V32", attack="A67", missing=("V33", "V36", "V37"))
class OneStatusMore(Builder):
    """A file of statuses with one byte too many."""

    def statuses(self):
        return super().statuses() + b"\x00"

    def tally(self, statuses):
        return super().tally(statuses[:-1])


@COLLECTION.built("V33", attack="A66")
class CalledInvalid(Builder):
    """A valid ballot that the published statuses call badly encoded."""

    def statuses(self):
        honest = super().statuses()
        at = honest.index(0)
        return honest[:at] + b"\x03" + honest[at + 1 :]


@COLLECTION.built("V33", attack="A28", tests=(33,))
class PaddedVoteCounted(Builder):
    """A ballot with bits that say nothing, counted all the same."""

    def encode(self, voter, choices):
        return b"\x01\x00\x09" if voter == 0 else super().encode(voter, choices)

    def statuses(self):
        return super().statuses().replace(b"\x03", b"\x00")

    def tally(self, statuses):
        self.opened = self.opened_with_plaintext
        return super().tally(statuses)

    def opened_with_plaintext(self):
        """As `opened`, but the forger puts the bad plaintext into the chain."""
        found = type(self).opened(self)
        return [(0, b"\x01\x00\x09", ()) if each[0] == 3 else each for each in found]


@COLLECTION.built("V34", attack="A67")
class OtherTotals(Builder):
    """A result with one vote moved."""

    def result_value(self, close_root):
        value = super().result_value(close_root)
        value["questions"][0]["totals"][0] -= 1
        value["questions"][0]["totals"][1] += 1
        return value


@COLLECTION.built("V34", attack="A67")
class OtherWinner(Builder):
    """A result whose winner is another, though nothing was drawn."""

    def result_value(self, close_root):
        value = super().result_value(close_root)
        value["questions"][0]["winners"] = ["no"]
        return value


@COLLECTION.tampered("V34", attack="A67")
def edited_result(built):
    """A result file edited after its publication."""
    value = canonical.read(built.files["result.json"])
    value["questions"][0]["blank"] += 1
    return built.files | {"result.json": canonical.write(value)}


@COLLECTION.built("V35", plan=TIE, attack="A61", tests=(71,))
class OtherLots(Builder):
    """A tie that fell otherwise than the seed says."""

    def result_value(self, close_root):
        value = super().result_value(close_root)
        question = value["questions"][0]
        question["winners"] = ["o1"] if question["winners"] == ["o0"] else ["o0"]
        return value


@COLLECTION.built("V36", attack="A67")
class OtherTally(Builder):
    """A result that ends the tally chain elsewhere."""

    def tally(self, statuses):
        return sha256(super().tally(statuses)).digest()


@COLLECTION.built("V37", plan=SMALL, attack="A60", tests=(66,))
class SmallStyleOpened(Builder):
    """A trustee who opens the key of a style in which two people voted."""

    def shares(self, close_hash):
        return [*super().shares(close_hash), self.share(2, 1, close_hash)]


@COLLECTION.beside("V13", attack="A41", tests=(44,))
def another_box(built):
    """Somebody was shown another box: a checkpoint of the same size with another root."""
    size = sorted(built.ballot_log.notes)[-3]
    note = signed_note(built, "ballots", size, sha256(b"another box").digest())
    return Beside(checkpoints=(("seen.checkpoint", note),))


@COLLECTION.beside("V26", attack="A32", tests=(41, 53))
def omitted_ballot(built):
    """A ballot that the box promised and left out."""
    return Beside(promises=(("mine.promise", built.promise(b"a ballot", 0)),))


@COLLECTION.beside("V26", plan=Plan(merge_delay=0), attack="A32")
def late_ballot(built):
    """A ballot that came later than the box had promised."""
    late = built.cast_log[-1][1]
    return Beside(promises=(("mine.promise", built.promise(late, 0)),))


@COLLECTION.beside("V26", attack="A13")
def omitted_issue(built):
    """An issue that its registrar promised and left out."""
    promise = built.promise(b"an issue", 0, "promise-issue")
    return Beside(promises=(("mine.promise", promise),))


@COLLECTION.beside("V39", attack="A32")
def unsigned_promise(built):
    """A promise that the box did not sign."""
    honest = built.promise(b"a ballot", 0)
    return Beside(promises=(("mine.promise", honest[:-1] + bytes([honest[-1] ^ 1])),))


@COLLECTION.beside("V39", attack="A44", tests=(49,))
def receipt_of_nothing(built):
    """A receipt whose proof leads nowhere."""
    index, _ = built.cast_log[0]
    receipt = built.receipt(index).replace(b"index %d" % index, b"index %d" % (index + 1))
    return Beside(receipts=(("mine.tlog-proof", receipt),))


@COLLECTION.beside("V39", attack="A34", tests=(73,))
def random_receipt(_built):
    """A receipt that is no receipt at all."""
    return Beside(receipts=(("mine.tlog-proof", M("ballot")),))
