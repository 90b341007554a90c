"""Forged ceremonies: V06, V07, V15."""

from crypto import p256
from crypto.encoding import M, parse, u16
from tests.records.builder import Builder
from tests.records.forgeries.documents import THREE_TRUSTEES
from tests.records.forgery import Collection
from tests.records.setup import BEFORE

COLLECTION = Collection()
NO_POINTS = ("V07",)


@COLLECTION.built("V06", plan=THREE_TRUSTEES, missing=NO_POINTS, attack="A52", tests=(56,))
class RogueKey(Builder):
    """A trustee whose point is its own less those of the others: nobody else would be needed."""

    def points(self, style, i):
        honest = super().points(style, i)
        if i != 3:
            return honest
        own, *others = (self.polynomials[style, j].points[0] for j in (3, 1, 2))
        for other in others:
            own += negative(other)
        return [own.compressed, *honest[1:]]


def negative(point):
    """The point on the other side."""
    compressed = point.compressed
    return p256.Point.parse(bytes([compressed[0] ^ 1]) + compressed[1:])


@COLLECTION.built("V06", plan=THREE_TRUSTEES, missing=NO_POINTS, attack="A54")
class OneCoefficientLess(Builder):
    """A trustee who lowers the threshold in secret."""

    def points(self, style, i):
        honest = super().points(style, i)
        return honest[:-1] if i == 2 else honest


@COLLECTION.built("V06", plan=THREE_TRUSTEES, missing=NO_POINTS, attack="A54")
class PointOffTheCurve(Builder):
    """A trustee one of whose points is none."""

    def points(self, style, i):
        honest = super().points(style, i)
        return [honest[0], b"\x02" + b"\xff" * 32] if i == 2 else honest


@COLLECTION.built("V06", plan=THREE_TRUSTEES, attack="A54")
class OtherPublicShare(Builder):
    """A trustee whose last word names another public share than the points give."""

    def dkg3(self, style, i):
        inner = super().dkg3(style, i)
        return inner[:-33] + p256.G.compressed if i == 2 else inner


@COLLECTION.built("V06", "V15", plan=THREE_TRUSTEES, missing=NO_POINTS, attack="A54", tests=(59,))
class TrusteeZero(Builder):
    """A trustee who calls itself number 0, whose share would be the secret itself."""

    def dkg1(self, style, i):
        fields = parse("dkg1", super().dkg1(style, i))
        return M("dkg1", *fields[:2], u16(0 if i == 2 else i), *fields[3:])


@COLLECTION.built("V15", plan=THREE_TRUSTEES, attack="A54", tests=(59,))
class TrusteeTwice(Builder):
    """A trustee who commits twice, to choose later."""

    def said(self, step, style, i):
        honest = super().said(step, style, i)
        return honest * 2 if (step, i) == ("dkg1", 2) else honest


@COLLECTION.built("V06", plan=THREE_TRUSTEES, attack="A55", tests=(60,))
class ComplaintIgnored(Builder):
    """A ceremony that went on although a trustee complained of a bad share."""

    def write_setup(self):
        super().write_setup()
        key = self.ceremony_keys[1, 1]
        inner = M("dkg-complaint", self.eid0, u16(1), u16(2), u16(1), key)
        self.setup.append(self.by("trustee", 1, inner))
        self.setup.publish(BEFORE + 20)
