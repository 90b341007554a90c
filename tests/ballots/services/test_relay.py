"""Several registrars: the town asks those elsewhere, and no single one is needed or trusted."""

import pytest
from flask import Flask, Response, request

from ballots.entries import Issue
from ballots.errors import Incomplete, Refused
from ballots.receipt import Promised, check_promise
from ballots.services import closing, invitations, registrar, relay, sequencing, setup
from ballots.store import check_ins
from tests.ballots.bodies import bodies
from tests.ballots.services.test_verified import MISSING, RIGHT, verify
from tests.ballots.town import CHECK_IN_CLOSES, VOTING_OPENS, Ready

NAMES = ("ani", "budi", "citra", "dewi")
YES, NO = 0, 1


@pytest.fixture
def two(engine, tmp_path):
    """2 of 2: the town's registrar and one elsewhere, on both databases."""
    with bodies(engine, tmp_path, "KPU") as made:
        yield made.freeze(2, *NAMES)


@pytest.fixture
def four(sqlite_engine, tmp_path):
    """3 of 4: the town's registrar and three elsewhere."""
    with bodies(sqlite_engine, tmp_path, "KPU", "Unila", "Dewan") as made:
        yield made.freeze(3, *NAMES)


def ask_in(made, voter, device):
    """What a device of a voter gets."""
    town = made.town
    return registrar.check_in(town.context, town.eid, voter, town.ask(voter, device))


def open_box(made):
    made.town.clock.seconds = VOTING_OPENS
    closing.open_voting(made.town.context, made.town.eid)


def numbers(answer):
    return [each.registrar for each in answer.signatures]


def finish_and_verify(made, folder):
    made.town.finish()
    return verify(made.town, folder)


def test_two_of_two_is_verified_to_the_end(two, tmp_path):
    open_box(two)
    for name, choice in zip(NAMES, (YES, NO, YES, YES), strict=True):
        two.town.check_in(name).cast(choice)
    code, found = finish_and_verify(two, tmp_path)
    assert code == RIGHT
    assert len(found) == 40
    assert set(found.values()) == {True}


def test_every_signature_is_promised_by_the_one_log(two):
    town = two.town
    device = town.device("ani")
    answer = ask_in(two, "ani", device)
    assert numbers(answer) == [1, 2]
    assert answer.absent == ()
    payload_hash = check_ins_hash(town, "ani")
    for each in answer.signatures:
        issue = Issue(town.eid, each.registrar, payload_hash, each.blind_signature)
        promised = Promised.parse(each.promise)
        check_promise(promised, town.election.draft, town.eid, issue.hash)


def check_ins_hash(town, voter):
    row = town.ask(voter, town.device(voter)).row
    with town.context.store.reading() as connection:
        return check_ins.payload_hashes(connection, town.election.number, [row])[row]


def test_of_four_three_suffice_and_the_silent_one_is_named(four, tmp_path):
    """A7: one registrar that is off stops nobody, and whoever missed it may ask again."""
    four.stop(1)
    open_box(four)
    devices = {name: four.town.device(name) for name in NAMES}
    for name, device in devices.items():
        answer = ask_in(four, name, device)
        assert numbers(answer) == [1, 2, 4]
        assert [(each.registrar, each.name, each.why) for each in answer.absent] == [
            (3, "Unila", "unreachable")
        ]
        given = {each.registrar: each.blind_signature for each in answer.signatures}
        Ready(four.town, device, device.credentials(given)).cast(YES)
    code, found = finish_and_verify(four, tmp_path)
    assert code == RIGHT
    assert set(found.values()) == {True}


def test_one_missing_of_two_loses_nothing_and_comes_in_a_later_epoch(two, tmp_path):
    """The check-in stands; the signature follows in another epoch, and the record is right."""
    two.stop(0)
    devices = {name: two.town.device(name) for name in NAMES}
    for name, device in devices.items():
        answer = ask_in(two, name, device)
        assert numbers(answer) == [1]
        with pytest.raises(Incomplete):
            device.credentials({1: answer.signatures[0].blind_signature})
    two.town.clock.seconds += 600
    sequencing.end_due_epochs(two.town.context)
    two.start()
    open_box(two)
    for name, device in devices.items():
        answer = ask_in(two, name, device)
        assert numbers(answer) == [1, 2]
        given = {each.registrar: each.blind_signature for each in answer.signatures}
        Ready(two.town, device, device.credentials(given)).cast(NO)
        assert ask_in(two, name, device) == answer
    code, found = finish_and_verify(two, tmp_path)
    assert code == RIGHT
    assert set(found.values()) == {True}


def test_a_late_signature_alone_is_written_before_check_in_closes(two, tmp_path):
    """An epoch with nothing but late signatures is one: none is forgotten at the close."""
    two.stop(0)
    device = two.town.device("ani")
    ask_in(two, "ani", device)
    two.town.clock.seconds += 600
    with two.town.context.store.writing() as connection:
        book = two.town.context.logbook(connection, two.town.election)
        sequencing.write_epoch(book, "check-ins", two.town.clock.seconds, closing=True)
    two.start()
    open_box(two)
    assert numbers(ask_in(two, "ani", device)) == [1, 2]
    two.town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(two.town.context, two.town.eid)
    with two.town.context.store.reading() as connection:
        assert check_ins.count_waiting(connection, two.town.election.number) == 0
    code, found = verify(two.town, tmp_path)
    assert code == MISSING
    assert False not in found.values()


def test_after_the_close_of_check_in_nobody_is_asked(two):
    """A1: what is issued after `issue-close` would be V19, so it is not taken."""
    two.stop(0)
    device = two.town.device("ani")
    ask_in(two, "ani", device)
    open_box(two)
    two.town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(two.town.context, two.town.eid)
    two.start()
    two.wire.asked.clear()
    answer = ask_in(two, "ani", device)
    assert numbers(answer) == [1]
    assert [each.why for each in answer.absent] == ["check-in-closed"]
    assert not two.wire.asked


def test_a_signature_that_comes_while_check_in_closes_is_not_stored(two):
    """A1: the registrar signed in time by its clock; the log had ended meanwhile."""
    town = two.town
    open_box(two)
    device = town.device("ani")
    real = two.elsewhere[0].app.test_client()

    def late(**names):
        path = f"/registrar/{names['eid']}/issues"
        body = two.body
        answer = real.post(path, data=body)
        town.clock.seconds = CHECK_IN_CLOSES
        closing.close_check_in(town.context, town.eid)
        return Response(answer.data)

    stand_in(two, late)
    answer = ask_in(two, "ani", device)
    assert numbers(answer) == [1]
    assert [each.why for each in answer.absent] == ["check-in-closed"]


def stand_in(made, view):
    """Let something else answer where the first registrar elsewhere was asked to sign."""
    app = Flask("stand-in")

    def issues(eid):
        made.body = request.get_data()
        return view(eid=eid)

    app.add_url_rule("/registrar/<eid>/issues", view_func=issues, methods=["POST"])
    made.wire.apps[made.elsewhere[0].office.origin] = app


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (lambda: Response(b"", 500), "refused"),
        (lambda: Response(b"", 302, {"Location": "https://elsewhere.example"}), "refused"),
        (lambda: Response(b"nonsense"), "bad-signature"),
        (lambda: Response(b"\x00" * 100_000), "bad-signature"),
    ],
)
def test_an_answer_that_is_no_signature_is_named(two, said, why):
    """A6: a registrar that lies to one voter is caught at once, by its name."""
    stand_in(two, lambda **_: said())
    answer = ask_in(two, "ani", two.town.device("ani"))
    assert numbers(answer) == [1]
    assert [(each.name, each.why) for each in answer.absent] == [("KPU", why)]


@pytest.mark.parametrize("change", ["signature", "registrar", "eid", "hash"])
def test_a_wrong_signature_is_refused_and_named(two, change):
    """A6: what does not verify against the registrar's own key is never stored."""
    real = two.elsewhere[0].app.test_client()

    def wrong(eid):
        given = Issue.parse(real.post(f"/registrar/{eid}/issues", data=two.body).data)
        spoilt = {
            "signature": Issue(given.eid, 2, given.check_in_hash, bytes(384)),
            "registrar": Issue(given.eid, 1, given.check_in_hash, given.blind_signature),
            "eid": Issue(bytes(32), 2, given.check_in_hash, given.blind_signature),
            "hash": Issue(given.eid, 2, bytes(32), given.blind_signature),
        }
        return Response(spoilt[change].payload)

    stand_in(two, wrong)
    answer = ask_in(two, "ani", two.town.device("ani"))
    assert [(each.name, each.why) for each in answer.absent] == [("KPU", "bad-signature")]
    with two.town.context.store.reading() as connection:
        row = two.town.ask("ani", two.town.device("ani")).row
        stored = check_ins.issues_of(connection, two.town.election.number, [row])
    assert [each.registrar for each in stored] == [1]


def test_who_fails_slowly_is_left_in_peace_for_a_while(two):
    """A60: a registrar that holds every request open costs the first voter a moment, no more."""

    def slow(**_):
        two.town.clock.seconds += relay.SLOW_SECONDS + 1
        return Response(b"nonsense")

    stand_in(two, slow)
    asked = [ask_in(two, name, two.town.device(name)).absent[0].why for name in NAMES[:2]]
    assert asked == ["bad-signature", "unreachable"]
    two.town.clock.seconds += 60
    assert ask_in(two, "citra", two.town.device("citra")).absent[0].why == "bad-signature"


def test_without_a_registrars_keys_there_is_no_freeze_and_without_its_ack_no_opening(
    sqlite_engine, tmp_path
):
    with bodies(sqlite_engine, tmp_path, "KPU") as made:
        town = made.draft(2).town
        made.stop(0)
        (missing,) = invitations.ask_for_keys(town.context, town.eid0)
        assert (missing.registrar, missing.name, missing.code) == (2, "KPU", "unreachable")
        with pytest.raises(Incomplete, match="KPU"):
            setup.freeze(town.context, town.eid0, bytes(32))
        made.start()
        invitations.ask_all(town.context)
        town.eid = setup.freeze(town.context, town.eid0, bytes(32))
        made.stop(0)
        assert len(invitations.ask_for_acks(town.context, town.eid)) == 1
        town.clock.seconds = VOTING_OPENS
        with pytest.raises(Incomplete, match="ack of registrar 2"):
            closing.open_voting(town.context, town.eid)
        made.start()
        invitations.ask_all(town.context)
        closing.open_voting(town.context, town.eid)


def test_all_registrars_may_be_elsewhere(sqlite_engine, tmp_path):
    with bodies(sqlite_engine, tmp_path, "KPU", "Unila") as made:
        made.freeze(2, *NAMES, has_own=False)
        open_box(made)
        for name in NAMES:
            made.town.check_in(name).cast(YES)
        code, found = finish_and_verify(made, tmp_path)
        assert code == RIGHT
        assert set(found.values()) == {True}


def test_two_of_three_registrars_are_refused(sqlite_engine, tmp_path):
    """A2: two that share one liar could sign for two different devices of one voter."""
    with bodies(sqlite_engine, tmp_path, "KPU", "Unila") as made, pytest.raises(Refused) as refused:
        made.draft(2)
    assert refused.value.code == "unsafe-parameters"


def test_a_second_ask_for_a_row_reaches_no_registrar(two):
    """A5: whatever a registrar might sign twice, the site relays one check-in of a row."""
    assert numbers(ask_in(two, "ani", two.town.device("ani"))) == [1, 2]
    two.wire.asked.clear()
    with pytest.raises(Refused) as refused:
        ask_in(two, "ani", two.town.device("ani"))
    assert refused.value.code == "already-checked-in"
    assert not two.wire.asked
