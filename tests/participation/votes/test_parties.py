"""Who takes part: kept with the vote, safe in its numbers, and in the plan of the election."""

from dataclasses import replace

import pytest
from sqlmodel import select

from ballots.draft import Trustee, Trustees
from ballots.parameters import unsafe
from ballots.services.plan import HERE, sketch_of
from crypto.encoding import sha256
from participation.core.errors import Conflict, Invalid
from participation.core.events import Event
from participation.votes import services
from participation.votes.models import VoteTrustee
from participation.votes.parties import (
    BoxElsewhere,
    OfficerAtDesk,
    Parties,
    Quorum,
    RegistrarElsewhere,
    WitnessElsewhere,
    check_parties,
    safe_registrars,
    safe_trustees,
    safe_witnesses,
)
from participation.votes.plan import plan_of
from participation.votes.services import taking_part
from tests.participation.partners.askers import VKEY


def registrars(n):
    return tuple(
        RegistrarElsewhere(f"Badan {i}", sha256(f"key {i}".encode()), f"https://badan-{i}.example")
        for i in range(1, n + 1)
    )


def witnesses(n):
    return tuple(
        WitnessElsewhere(f"Saksi {i}", f"{i}{VKEY}", f"https://saksi-{i}.example")
        for i in range(1, n + 1)
    )


FULL = Parties(
    registrars=registrars(3),
    registrar_quorum=Quorum(3, 1),
    witnesses=witnesses(4),
    witness_quorum=Quorum(3, 1),
    trustees=("Ani", "Budi", "Citra"),
    trustees_needed=2,
    box=BoxElsewhere("Kotak", sha256(b"box"), "https://kotak.example"),
    officers=(OfficerAtDesk("Petugas", bytes(77)),),
)


@pytest.mark.parametrize("parties", [Parties(), FULL, replace(FULL, box=None, witnesses=())])
def test_what_is_kept_is_what_was_chosen(parties):
    kept = parties if parties.witnesses else replace(parties, witness_quorum=Quorum(0))
    assert Parties.read(kept.write()) == kept
    assert Parties().write() == {}
    assert Parties().is_alone
    assert not FULL.is_alone


@pytest.mark.parametrize("n", range(1, 9))
def test_the_usual_numbers_are_safe_and_the_least_that_are(n):
    """A2, A44: as "Safe parameters" of the protocol says it."""
    quorum = safe_registrars(n)
    check_parties(Parties(registrars=registrars(n - 1), registrar_quorum=quorum))
    watch = safe_witnesses(n)
    check_parties(Parties(witnesses=witnesses(n), witness_quorum=watch))
    assert 2 * watch.k > n + watch.faulty
    assert 1 <= safe_trustees(n) <= n
    if n > 1:
        assert 2 * quorum.k - n > quorum.faulty >= 1
        fewer = Quorum(quorum.k - 1, quorum.faulty)
        with pytest.raises(Invalid) as refused:
            check_parties(Parties(registrars=registrars(n - 1), registrar_quorum=fewer))
        assert refused.value.field == "registrars_needed"


@pytest.mark.parametrize(
    ("parties", "field"),
    [
        (Parties(registrars=registrars(2), registrar_quorum=Quorum(2, 1)), "registrars_needed"),
        (Parties(registrars=registrars(1), registrar_quorum=Quorum(2, 0)), "registrars_faulty"),
        (Parties(registrars=registrars(1), registrar_quorum=Quorum(3, 1)), "registrars_needed"),
        (Parties(registrars=registrars(1), registrar_quorum=Quorum(2, 2)), "registrars_faulty"),
        (Parties(witnesses=witnesses(3), witness_quorum=Quorum(2, 1)), "witnesses_needed"),
        (Parties(witnesses=witnesses(3), witness_quorum=Quorum(4, 1)), "witnesses_needed"),
        (Parties(witnesses=witnesses(1), witness_quorum=Quorum(1, 1)), "witnesses_faulty"),
        (Parties(trustees=("Ani",), trustees_needed=2), "trustees_needed"),
        (Parties(trustees=("Ani",), trustees_needed=0), "trustees_needed"),
    ],
)
def test_unsafe_numbers_are_refused_beside_their_field(parties, field):
    """A2: two of three registrars, for one."""
    with pytest.raises(Invalid) as refused:
        check_parties(parties)
    assert refused.value.field == field


def test_the_plan_names_everybody(hall):
    hall.draw_up()
    hall.vote.parties = FULL.write()
    trustees = Trustees(2, tuple(Trustee(name, HERE, "own") for name in FULL.trustees))
    plan = plan_of(hall.vote, origin="https://suara.example", site_name="Kota", trustees=trustees)
    draft = sketch_of(plan)
    assert [each.name for each in draft.registrars.list] == [
        "Kota",
        "Badan 1",
        "Badan 2",
        "Badan 3",
    ]
    assert (draft.registrars.k, draft.registrars.faulty) == (3, 1)
    assert draft.registrars.list[2].origin == "https://badan-2.example"
    assert (draft.witnesses.k, len(draft.witnesses.list)) == (3, 4)
    assert (plan.box.origin, plan.box.key) == ("https://kotak.example", sha256(b"box"))
    assert [each.name for each in draft.officers] == ["Petugas"]
    assert not [each for each in unsafe(draft) if each.startswith("registrars:")]


def test_choosing_keeps_officers_and_makes_trustees_links(hall):
    hall.draw_up()
    hall.vote.parties = Parties(officers=FULL.officers).write()
    chosen = replace(FULL, officers=())
    links = taking_part.set_parties(hall.session, hall.organiser, hall.vote, chosen, hall.clock())
    assert [each.name for each in links] == ["Ani", "Budi", "Citra"]
    assert Parties.read(hall.vote.parties) == FULL
    tags = hall.session.exec(select(Event.tag)).all()
    assert tags.count("votes:parties:set") == 1
    again = taking_part.set_parties(hall.session, hall.organiser, hall.vote, FULL, hall.clock())
    assert again == ()
    taking_part.set_parties(hall.session, hall.organiser, hall.vote, Parties(), hall.clock())
    assert not hall.session.exec(select(VoteTrustee)).all()


def test_after_the_announcement_nobody_else_takes_part(hall):
    hall.draw_up().do(services.announce)
    with pytest.raises(Conflict):
        taking_part.set_parties(hall.session, hall.organiser, hall.vote, FULL, hall.clock())


def test_the_label_is_seen_before_anything_is_chosen(hall):
    hall.draw_up()
    seen = taking_part.preview(hall.session, hall.platform, hall.vote, Parties())
    assert seen.name == "light"
    better = taking_part.preview(hall.session, hall.platform, hall.vote, FULL)
    assert better.name == "standard"
    assert hall.vote.parties == {}
