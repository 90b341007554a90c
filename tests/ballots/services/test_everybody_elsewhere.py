"""An election in which nobody is trusted alone: registrar, box and witnesses are elsewhere."""

from dataclasses import replace

import pytest

from ballots.draft import Registrars, Witness, Witnesses
from ballots.services import box_copy, closing, cosigning, counting, invitations, sequencing, setup
from ballots.services.plan import Box
from tests.ballots.bodies import HERE_TOO, bodies, own_engine
from tests.ballots.boxes_apart import ORIGIN, BoxBody
from tests.ballots.services.test_verified import RIGHT, verify
from tests.ballots.town import CHECK_IN_CLOSES, CLIENT, VOTING_CLOSES, plan, voters
from tests.ballots.witnessing import WitnessElsewhere

NAMES = ("ani", "budi", "citra")
WITNESSES = ("satu", "dua", "tiga")
YES, NO = 0, 1


def address(vkey):
    return f"https://{vkey.partition('+')[0]}.example"


@pytest.fixture
def hall(tmp_path):
    """A town with a registrar, a box and three witnesses of other bodies."""
    engines = [own_engine(tmp_path, name) for name in ("town", "box")]
    with bodies(engines[0], tmp_path, "kpu") as made:
        made.town.context = replace(made.town.context, witness_address=address)
        apart = BoxBody.of(made, engines[1])
        yield made, apart, watched(made, tmp_path)
    for each in engines:
        each.dispose()


def watched(made, folder):
    """What a draft says of the witnesses, who answer on the wire; two of three are needed."""
    named = []
    for name in WITNESSES:
        witness = WitnessElsewhere.of(folder / name, name, made.wire, made.town.clock)
        made.wire.apps[f"https://{name}.example"] = witness.app()
        named.append(Witness(name, witness.vkey))
    return Witnesses(2, 0, tuple(named))


def freeze(made, apart, witnesses):
    """Everybody elsewhere says their part before the box is settled with."""
    town = made.town
    registrars = Registrars(2, 1, (HERE_TOO, *(each.registrar for each in made.elsewhere)))
    box = Box(apart.key, ORIGIN)
    draft = plan(registrars=registrars, witnesses=witnesses, box=box)
    town.eid0 = setup.prepare(town.context, draft, voters(*NAMES))
    assert invitations.ask_for_keys(town.context, town.eid0) == ()
    town.eid = setup.freeze(town.context, town.eid0, CLIENT)
    cosigning.ask_all(town.context)
    box_copy.settle(town.context, town.eid)
    ask(made, apart)
    assert invitations.ask_for_acks(town.context, town.eid) == ()
    ask(made, apart)


def ask(made, apart):
    """What each minute does: the box and the site ask the witnesses, and the site copies."""
    cosigning.ask_all(apart.context)
    box_copy.follow_all(made.town.context)
    cosigning.ask_all(made.town.context)


def test_nobody_has_to_be_trusted_alone(hall, tmp_path):
    """A witness that is off holds nothing up, and the record verifies whole (A1, A41, A45)."""
    made, apart, witnesses = hall
    town = made.town
    freeze(made, apart, witnesses)
    town.open()
    ask(made, apart)
    made.wire.down.add("https://tiga.example")
    kept = tmp_path / "kept"
    kept.mkdir()
    for name, choice in zip(NAMES, (YES, NO, YES), strict=True):
        promise = apart.cast(town.check_in(name), choice)
        (kept / f"{name}.promise").write_bytes(promise)
    town.clock.seconds = CHECK_IN_CLOSES
    sequencing.end_due_epochs(apart.context)
    closing.close_check_in(town.context, town.eid)
    ask(made, apart)
    town.clock.seconds = VOTING_CLOSES
    closing.close(town.context, town.eid)
    ask(made, apart)
    counting.release_shares(town.context, town.eid)
    ask(made, apart)
    counting.count_and_publish(town.context, town.eid)
    ask(made, apart)
    code, found = verify(town, tmp_path, kept)
    assert [each for each, passed in found.items() if passed is not True] == []
    assert code == RIGHT
