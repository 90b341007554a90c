"""Records with one defect each, and what the verifier must say of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ballots.verifier.beside import Beside
from tests.records.builder import Builder
from tests.records.plan import Plan

Files = dict[str, bytes]


Client = dict[str, bytes]
"""The files of a voting page, by path."""


@dataclass(frozen=True)
class Made:
    """A record, and what somebody hands in beside it."""

    files: Files
    beside: Beside
    client: Client | None = None


@dataclass(frozen=True)
class Forgery:
    """A defect: the builder that makes it, or what is done to the files of an honest one.

    `fails` are exactly the codes that fail, `missing` those that lack evidence then, `required`
    those of `fails` that name the defect; `attack` is its number in the review of attacks, `tests`
    the numbers of the tests asked for there; `twin` the plan of an honest election that is as like
    as can be.
    """

    name: str
    words: str
    fails: frozenset[str]
    builder: type[Builder]
    plan: Plan
    twin: Plan
    attack: str = ""
    tests: tuple[int, ...] = ()
    missing: frozenset[str] = frozenset()
    required: tuple[str, ...] = ()
    tamper: Callable[[Builder], Files | None] = lambda _built: None
    beside: Callable[[Builder], Beside] = lambda _built: Beside()
    client: Callable[[Builder], Client | None] = lambda _built: None

    def make(self) -> Made:
        """The forged record, and what somebody hands in beside it."""
        built = self.builder(self.plan).build()
        beside, client = self.beside(built), self.client(built)
        return Made(self.tamper(built) or built.files, beside, client)


@dataclass
class Collection:
    """Forgeries gathered by decorators, one collection a module.

    Every decorator takes the codes that fail, and of a `Forgery` the fields that differ from the
    usual: `plan`, `attack`, `tests`, `missing`, and `twin` where the plan is what is bent.
    """

    all: list[Forgery] = field(default_factory=list)

    def built(self, *fails: str, **known: Any) -> Callable:
        """Gather a builder that bends one thing; its docstring says what."""
        return self._gatherer("builder", fails, known)

    def tampered(self, *fails: str, **known: Any) -> Callable:
        """Gather a function that changes the files of an honest record."""
        return self._gatherer("tamper", fails, known)

    def beside(self, *fails: str, **known: Any) -> Callable:
        """Gather a function that gives what is handed in beside an honest record."""
        return self._gatherer("beside", fails, known)

    def client(self, *fails: str, **known: Any) -> Callable:
        """Gather a function that gives the voting page that somebody was served."""
        return self._gatherer("client", fails, known)

    def _gatherer(self, kind: str, fails: tuple[str, ...], known: dict[str, Any]) -> Callable:
        def gather(made: Any) -> Any:
            plan = known.get("plan", Plan())
            fixed: dict[str, Any] = {"builder": Builder, "plan": plan, "twin": plan, kind: made}
            known["missing"] = frozenset(known.get("missing", ()))
            self.all.append(
                Forgery(
                    name=kebab(made.__name__),
                    words=made.__doc__.strip().rstrip("."),
                    fails=frozenset(fails),
                    **{"required": fails} | fixed | known,
                )
            )
            return made

        return gather


def kebab(name: str) -> str:
    """`one-word-more` of `OneWordMore` and of `one_word_more`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).replace("_", "-").lower()
