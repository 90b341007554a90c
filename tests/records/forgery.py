"""Records with one defect each, and what the verifier must say of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ballots.verifier.beside import Beside
from tests.records.builder import Builder
from tests.records.plan import Plan

Files = dict[str, bytes]


@dataclass(frozen=True)
class Forgery:
    """A defect: the builder that makes it, or what is done to the files of an honest one.

    `fails` are exactly the codes that fail; `attack` its number in the review of attacks; `twin`
    the plan of an honest election that is as like as can be.
    """

    words: str
    fails: frozenset[str]
    builder: type[Builder]
    plan: Plan
    twin: Plan
    attack: str
    tamper: Callable[[Builder], Files | None]
    beside: Callable[[Builder], Beside]

    def make(self) -> tuple[Files, Beside]:
        """The forged record, and what somebody hands in beside it."""
        built = self.builder(self.plan).build()
        beside = self.beside(built)
        return self.tamper(built) or built.files, beside


def _leave_files(_built: Builder) -> None:
    """The files as they were built."""


def _bring_nothing(_built: Builder) -> Beside:
    """Nothing beside the record."""
    return Beside()


@dataclass
class Collection:
    """Forgeries gathered by decorators, one collection a module."""

    all: list[Forgery] = field(default_factory=list)

    def built(
        self, *fails: str, plan: Plan | None = None, attack: str = "", twin: Plan | None = None
    ) -> Callable:
        """Gather a builder that bends one thing; its docstring says what.

        `twin` is given where the plan itself is what is bent.
        """

        def gather(builder: type[Builder]) -> type[Builder]:
            self._add(builder.__doc__, fails, plan, attack, builder=builder, twin=twin)
            return builder

        return gather

    def tampered(self, *fails: str, plan: Plan | None = None, attack: str = "") -> Callable:
        """Gather a function that changes the files of an honest record."""

        def gather(tamper: Callable) -> Callable:
            self._add(tamper.__doc__, fails, plan, attack, tamper=tamper)
            return tamper

        return gather

    def beside(self, *fails: str, plan: Plan | None = None, attack: str = "") -> Callable:
        """Gather a function that gives what is handed in beside an honest record."""

        def gather(hand_in: Callable) -> Callable:
            self._add(hand_in.__doc__, fails, plan, attack, beside=hand_in)
            return hand_in

        return gather

    def _add(self, words, fails, plan, attack, **made):
        plan = plan or Plan()
        self.all.append(
            Forgery(
                words=words.strip().rstrip("."),
                fails=frozenset(fails),
                builder=made.get("builder", Builder),
                plan=plan,
                twin=made.get("twin") or plan,
                attack=attack,
                tamper=made.get("tamper", _leave_files),
                beside=made.get("beside", _bring_nothing),
            )
        )
