"""Who takes part in a vote: partners to tick, trustees to name, how many of each are needed."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import Field, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, Regexp

from participation.votes.parties import (
    BoxElsewhere,
    Parties,
    Quorum,
    RegistrarElsewhere,
    WitnessElsewhere,
    safe_registrars,
    safe_trustees,
    safe_witnesses,
)
from participation.votes.services.taking_part import Candidates
from participation.web.forms import Form
from participation.web.language import LazyString, _l

HERE = ""
"""The value of the ballot box on this site."""


def _count(label: LazyString, hint: LazyString) -> Any:
    number = Regexp(r"^[0-9]{1,2}$", message=_l("A whole number is expected here, such as 10."))
    return StringField(label, [Optional(), number], description=hint)


class PartiesForm(Form):
    """Who takes part; numbers that stay empty become the safe ones."""

    registrars = SelectMultipleField(
        _l("Registrars besides this site"),
        [Optional()],
        validate_choice=False,  # who is gone meanwhile is not chosen
        description=_l("Each signs the right to vote, once, for whoever checks in."),
    )
    registrars_needed = _count(
        _l("Signatures needed"),
        _l("Empty: as few as are safe. Every registrar beyond that may be off."),
    )
    registrars_faulty = _count(
        _l("How many of them may lie"),
        _l("Empty: one. So many alone can give nobody a second vote."),
    )
    witnesses = SelectMultipleField(
        _l("Witnesses"),
        [Optional()],
        validate_choice=False,
        description=_l("Each confirms every state of the logs, so that all see the same box."),
    )
    witnesses_needed = _count(
        _l("Confirmations needed"), _l("Empty: as few as are safe, so that two boxes cannot exist.")
    )
    witnesses_faulty = _count(_l("How many of them may lie"), _l("Empty: one, if there are two."))
    trustees = TextAreaField(
        _l("Trustees"),
        [Optional()],
        description=_l(
            "One name on each line. They open the ballots together after the close, with keys"
            " that never leave their devices. Empty: this site holds the key."
        ),
    )
    trustees_needed = _count(
        _l("How many open together"), _l("Empty: more than half. The others may be away.")
    )
    box = RadioField(_l("Ballot box"), [Optional()], default=HERE, validate_choice=False)

    def __init__(self, candidates: Candidates, **options: Any) -> None:
        self._candidates = candidates
        super().__init__(**options)
        self.registrars.choices = _choices(candidates.registrars, key=lambda each: each.key.hex())
        self.witnesses.choices = _choices(candidates.witnesses, key=lambda each: each.vkey)
        boxes = _choices(candidates.boxes, key=lambda each: each.key.hex())
        self.box.choices = [SelectChoice(HERE, _l("On this site")), *boxes]

    def command(self) -> Parties:
        """The parties; whether their numbers are safe is for the service to say."""
        known = self._candidates
        registrars = tuple(e for e in known.registrars if e.key.hex() in self.registrars.data)
        witnesses = tuple(e for e in known.witnesses if e.vkey in self.witnesses.data)
        trustees = tuple(line.strip() for line in (self.trustees.data or "").splitlines())
        trustees = tuple(name for name in trustees if name)
        return Parties(
            registrars=registrars,
            registrar_quorum=self._registrar_quorum(len(registrars) + 1),
            witnesses=witnesses,
            witness_quorum=self._witness_quorum(len(witnesses)),
            trustees=trustees,
            trustees_needed=_number(self.trustees_needed, safe_trustees(len(trustees)))
            if trustees
            else 1,
            box=next((each for each in known.boxes if each.key.hex() == self.box.data), None),
        )

    def _registrar_quorum(self, n: int) -> Quorum:
        if n == 1:
            return safe_registrars(n)
        usual = safe_registrars(n, _number(self.registrars_faulty, 1))
        return Quorum(_number(self.registrars_needed, usual.k), usual.faulty)

    def _witness_quorum(self, n: int) -> Quorum:
        given = self.witnesses_faulty.data
        usual = safe_witnesses(n, int(given) if given and n else None)
        return Quorum(_number(self.witnesses_needed, usual.k), usual.faulty) if n else usual


def values_of(parties: Parties) -> dict[str, Any]:
    """What the form shows of parties that were chosen before."""
    values: dict[str, Any] = {
        "registrars": [each.key.hex() for each in parties.registrars],
        "witnesses": [each.vkey for each in parties.witnesses],
        "trustees": "\n".join(parties.trustees),
        "box": parties.box.key.hex() if parties.box else HERE,
    }
    if parties.registrars:
        values["registrars_needed"] = parties.registrar_quorum.k
        values["registrars_faulty"] = parties.registrar_quorum.faulty
    if parties.witnesses:
        values["witnesses_needed"] = parties.witness_quorum.k
        values["witnesses_faulty"] = parties.witness_quorum.faulty
    if parties.trustees:
        values["trustees_needed"] = parties.trustees_needed
    return values


_Party = RegistrarElsewhere | WitnessElsewhere | BoxElsewhere


def _choices(parties: Iterable[_Party], *, key: Any) -> Sequence[SelectChoice]:
    return [SelectChoice(key(each), each.name) for each in parties]


def _number(field: Field, usual: int) -> int:
    return int(field.data) if field.data else usual
