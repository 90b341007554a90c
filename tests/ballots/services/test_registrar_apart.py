"""A registrar elsewhere signs once a row, and nothing on a site's word alone."""

import json
import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, select
from sqlmodel import SQLModel

from ballots.draft import Draft, Schedule
from ballots.entries import Ack, CheckIn, Issue, RegKey, parse_payload
from ballots.errors import BallotError, Refused
from ballots.manifest import Manifest
from ballots.receipt import IssuePromise, Promise, Promised
from ballots.services import invitations, registrar_apart, registrar_issuing, roll, setup
from ballots.services.names import write_name
from ballots.services.relayed import Relayed
from ballots.store.tables import TABLES, check_in, secret
from crypto import blind_rsa
from crypto.encoding import sha256
from crypto.randomness import random_bytes
from tests.ballots.bodies import SITE, Bodies, bodies, own_engine
from tests.ballots.town import CHECK_IN_CLOSES, CHECK_IN_OPENS, CLIENT, Town
from tests.places import ROOT

NAMES = ("ani", "budi", "citra")
MANY = 120
ENOUGH = 20


@pytest.fixture
def town_engine(tmp_path):
    """The town's own database, another than the registrar's."""
    made = own_engine(tmp_path, "town")
    yield made
    made.dispose()


@pytest.fixture
def kpu(town_engine, database_url, tmp_path):
    """2 of 2, frozen: a town on SQLite, and its registrar elsewhere on both databases."""
    engine = create_engine(database_url, pool_size=10)
    SQLModel.metadata.create_all(engine, tables=TABLES)
    with bodies(town_engine, tmp_path) as made:
        made.add("KPU", engine)
        yield made.freeze(2, *NAMES)
    engine.dispose()


@pytest.fixture
def one(sqlite_engine, tmp_path):
    """The same on SQLite alone, not frozen and without a draft."""
    with bodies(sqlite_engine, tmp_path, "KPU") as made:
        yield made


def relayed(town: Town, voter: str, device=None, **changes) -> Relayed:
    """What the town would relay for a voter."""
    used = device or town.device(voter)
    own = roll.row_of(town.context, town.eid0, voter)
    asked = {"row": own.index, "style": 1, "blinded": used.blinded(), "kind": 0, "evidence": b""}
    entry = CheckIn(town.eid, **asked | changes)
    return Relayed(entry.payload, promise_for(town, entry.payload), own.row.leaf, own.proof)


def promise_for(town: Town, payload: bytes) -> bytes:
    secret_key = town.context.log_secret(town.election, "check-ins")
    return Promised.sign(IssuePromise(town.eid, sha256(payload), 0, 1), secret_key).payload


def issue(made: Bodies, asked: Relayed, place=0) -> Issue:
    context = made.elsewhere[place].context
    return Issue.parse(registrar_issuing.issue(context, made.town.eid, asked))


def refusal(made: Bodies, asked: Relayed) -> str:
    """The code that is answered; nothing of it is stored."""
    before = stored(made)
    with pytest.raises(Refused) as refused:
        issue(made, asked)
    assert stored(made) == before
    return refused.value.code


def stored(made: Bodies) -> int:
    with made.elsewhere[0].context.store.reading() as connection:
        return len(connection.execute(select(check_in.c.row)).all())


def test_what_it_signs_verifies_under_its_key(kpu):
    asked = relayed(kpu.town, "ani")
    given = issue(kpu, asked)
    entry = CheckIn.parse(asked.check_in)
    assert (given.eid, given.registrar, given.check_in_hash) == (kpu.town.eid, 2, entry.hash)
    key = kpu.town.election.registrar_keys[2, 1]
    blind_rsa.verify_raw(key, given.blind_signature, entry.blinded[1])


def test_the_same_request_gets_the_same_answer_even_after_check_in(kpu):
    asked = relayed(kpu.town, "ani")
    given = issue(kpu, asked)
    kpu.town.clock.seconds = CHECK_IN_CLOSES
    registrar_apart.forget_keys(kpu.elsewhere[0].context)
    assert issue(kpu, asked) == given
    assert stored(kpu) == 1


def test_another_request_for_a_row_is_refused(kpu):
    """A5: whatever the site says, a row gets one signature."""
    issue(kpu, relayed(kpu.town, "ani"))
    assert refusal(kpu, relayed(kpu.town, "ani")) == "already-checked-in"


def test_two_requests_for_a_row_race_and_one_is_signed(kpu):
    """A5: at once, from many threads."""
    asked = [relayed(kpu.town, "ani") for _ in range(2)]
    answers = []

    def send(each):
        try:
            answers.append(issue(kpu, each))
        except Refused as refused:
            answers.append(refused.code)

    threads = [threading.Thread(target=send, args=(asked[i % 2],)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count("already-checked-in") == 4
    assert len({each.payload for each in answers if isinstance(each, Issue)}) == 1
    assert stored(kpu) == 1


def test_a_check_in_that_the_log_has_not_promised_is_refused(kpu):
    """A3: a voter who asks the registrar directly would get a credential that no log shows."""
    asked, other = relayed(kpu.town, "ani"), relayed(kpu.town, "budi")
    assert refusal(kpu, replace(asked, promise=other.promise)) == "bad-promise"
    assert refusal(kpu, replace(asked, promise=b"")) == "malformed"
    entry = CheckIn.parse(asked.check_in)
    promise = IssuePromise(kpu.town.eid, entry.hash, 0, 1)
    foreign = Promised.sign(promise, kpu.town.context.log_secret(kpu.town.election, "ballots"))
    assert refusal(kpu, replace(asked, promise=foreign.payload)) == "bad-promise"
    ballots = Promised.sign(
        Promise(kpu.town.eid, entry.hash, 0, 1),
        kpu.town.context.log_secret(kpu.town.election, "ballots"),
    )
    assert refusal(kpu, replace(asked, promise=ballots.payload)) == "bad-promise"


def test_a_row_that_is_not_in_the_frozen_roll_is_refused(kpu):
    """A3: rows that the site invents after the freeze lead to no root."""
    asked, other = relayed(kpu.town, "ani"), relayed(kpu.town, "budi")
    assert refusal(kpu, replace(asked, leaf=other.leaf)) == "wrong-row"
    assert refusal(kpu, replace(asked, proof=other.proof)) == "wrong-row"
    assert refusal(kpu, replace(asked, proof=())) == "wrong-row"
    assert refusal(kpu, relayed(kpu.town, "ani", row=99)) == "wrong-row"


def test_style_kind_and_evidence_are_checked_here_too(kpu):
    """A4: the site cannot check anybody in with less than their row asks for."""
    assert refusal(kpu, relayed(kpu.town, "ani", style=2)) == "wrong-row"
    assert refusal(kpu, relayed(kpu.town, "ani", kind=1, evidence=b"x")) == "bad-evidence"
    assert refusal(kpu, relayed(kpu.town, "ani", kind=9)) == "bad-evidence"
    assert refusal(kpu, relayed(kpu.town, "ani", evidence=b"x")) == "bad-evidence"


@pytest.mark.parametrize("number", [0, 1])
def test_messages_that_blind_nothing_are_refused(kpu, number):
    blinded = kpu.town.device("ani").blinded()
    spoilt = (blinded[0], number.to_bytes(384, "big"))
    assert refusal(kpu, relayed(kpu.town, "ani", blinded=spoilt)) == "bad-blinded"
    assert refusal(kpu, relayed(kpu.town, "ani", blinded=blinded[:1])) == "bad-blinded"


def test_it_signs_inside_the_window_by_its_own_clock(kpu):
    asked = relayed(kpu.town, "ani")
    kpu.town.clock.seconds = CHECK_IN_OPENS - 1
    assert refusal(kpu, asked) == "check-in-not-open"
    kpu.town.clock.seconds = CHECK_IN_CLOSES
    assert refusal(kpu, asked) == "check-in-closed"


def test_after_check_in_its_keys_are_deleted(kpu):
    """A1: what is gone cannot sign late, whoever asks."""
    context = kpu.elsewhere[0].context
    kept = f"election/{kpu.town.eid0.hex()}/blind/2/1"
    with context.store.reading() as connection:
        names = connection.execute(select(secret.c.name)).scalars().all()
    assert kept in names
    kpu.town.clock.seconds = CHECK_IN_CLOSES
    registrar_apart.forget_keys(context)
    kpu.town.clock.seconds = CHECK_IN_OPENS  # a clock that is put back brings nothing back
    with context.store.reading() as connection:
        assert kept not in connection.execute(select(secret.c.name)).scalars().all()
    assert refusal(kpu, relayed(kpu.town, "ani")) == "check-in-closed"


def test_an_election_it_has_not_acknowledged_is_unknown(one):
    one.draft(2, *NAMES)
    invitations.ask_for_keys(one.town.context, one.town.eid0)
    one.town.eid = setup.freeze(one.town.context, one.town.eid0, CLIENT)
    assert refusal(one, relayed(one.town, "ani")) == "unknown-election"


def keys_of(made: Bodies, draft: Draft):
    kpu = made.elsewhere[0]
    return registrar_apart.make_keys(kpu.context, kpu.office, draft.eid0, draft.document)


def draft_in(made: Bodies) -> Draft:
    place = f"{SITE}/elections/{write_name(made.town.eid0)}/setup/tile/entries/000.p/1"
    entry = made.wire.ask("GET", place)
    return Draft.parse(parse_payload("setup", entry.body[34:]).document)


def test_the_same_draft_gets_the_same_keys(one):
    draft = draft_in(one.draft(2, *NAMES))
    (first,), (second,) = keys_of(one, draft), keys_of(one, draft)
    assert first == second
    said = parse_payload("setup", first).said
    assert isinstance(said, RegKey)
    assert (said.registrar, said.style) == (2, 1)


def test_a_draft_that_the_site_has_not_published_gets_no_keys(one):
    """A40: nobody makes a registrar work for a draft in somebody's name."""
    draft = replace(draft_in(one.draft(2, *NAMES)), nonce=random_bytes(16))
    with pytest.raises(Refused) as refused:
        keys_of(one, draft)
    assert refused.value.code == "not-published"
    one.wire.down.add(SITE)
    with pytest.raises(BallotError) as failed:
        keys_of(one, draft)
    assert failed.value.code == "unreachable"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda draft, _: replace(draft, authority="elsewhere.example"), "not-allowed"),
        (
            lambda draft, own: replace(
                draft,
                registrars=replace(
                    draft.registrars,
                    list=(draft.registrars.list[0], replace(own, origin="https://other.example")),
                ),
            ),
            "not-allowed",
        ),
        (
            lambda draft, own: replace(
                draft,
                registrars=replace(
                    draft.registrars, list=(draft.registrars.list[0], replace(own, key=bytes(32)))
                ),
            ),
            "not-allowed",
        ),
        (
            lambda draft, _: replace(draft, schedule=Schedule(0, 10, 5, 20, 600)),
            "check-in-closed",
        ),
        (
            lambda draft, _: replace(draft, registrars=replace(draft.registrars, faulty=0)),
            "unsafe-parameters",
        ),
    ],
)
def test_a_draft_that_is_not_for_it_gets_no_keys(one, change, code):
    draft = change(draft_in(one.draft(2, *NAMES)), one.elsewhere[0].registrar)
    with pytest.raises(Refused) as refused:
        keys_of(one, draft)
    assert refused.value.code == code


def acked(made: Bodies, manifest: Manifest):
    context = made.elsewhere[0].context
    return registrar_apart.acknowledge(context, manifest.eid, manifest.document)


def test_it_acknowledges_one_manifest_of_a_draft(kpu):
    """A41: a second manifest with another roll finds nobody who signs for it."""
    manifest = kpu.town.election.manifest
    said = parse_payload("ballots", acked(kpu, manifest))
    assert isinstance(said.said, Ack)
    other = replace(manifest, roll=replace(manifest.roll, root=sha256(b"another roll")))
    with pytest.raises(Refused) as refused:
        acked(kpu, other)
    assert refused.value.code == "already-done"


def test_it_acknowledges_only_its_own_keys(one):
    one.draft(2, *NAMES)
    invitations.ask_for_keys(one.town.context, one.town.eid0)
    one.town.eid = setup.freeze(one.town.context, one.town.eid0, CLIENT)
    manifest = one.town.election.manifest
    first, second = manifest.registrar_keys
    other = replace(manifest, registrar_keys=(first, replace(second, spki_sha256=bytes(32))))
    with pytest.raises(Refused) as refused:
        acked(one, other)
    assert refused.value.code == "bad-ceremony"
    unknown = replace(manifest.draft, nonce=random_bytes(16))
    with pytest.raises(Refused) as refused:
        acked(one, replace(manifest, draft=unknown, eid0=unknown.eid0))
    assert refused.value.code == "unknown-election"


def test_no_signature_is_lost_by_a_kill(town_engine, database_url, tmp_path):
    """Killed with SIGKILL while it signs: what was answered is stored, and asked again the same."""
    engine = create_engine(database_url, pool_size=10)
    SQLModel.metadata.create_all(engine, tables=TABLES)
    folder = tmp_path / "asked"
    folder.mkdir()
    with bodies(town_engine, tmp_path) as made:
        made.add("KPU", engine)
        made.freeze(2, *(f"voter {number:04}" for number in range(MANY)))
        asked = {f"{n:04}": relayed(made.town, f"voter {n:04}") for n in range(MANY)}
        for place, each in asked.items():
            (folder / place).write_bytes(each.write())
        answered = sign_until_killed(made.town, database_url, folder)
        assert ENOUGH <= len(answered) < MANY
        for place, payload in answered.items():
            assert issue(made, asked[place]).payload == payload
        for each in asked.values():  # whoever got no answer asks again
            issue(made, each)
        assert stored(made) == MANY
    engine.dispose()


def sign_until_killed(town, url, folder):
    """The answers by file name that a process gave before it was killed."""
    module = "tests.ballots.services.issuing_process"
    hour = str(town.clock.seconds)
    command = [sys.executable, "-m", module, url, town.eid.hex(), hour, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(ENOUGH)]
        process.kill()
        lines += process.stdout.readlines()
    assert process.returncode < 0
    whole = [line.split() for line in lines if line.endswith("\n")]
    return {place: bytes.fromhex(answer) for place, answer in whole}


def test_an_answer_over_http_says_who_it_is_and_refuses_in_problem_documents(one):
    client = one.elsewhere[0].app.test_client()
    said = client.get("/registrar").json
    assert said["kind"] == "registrar"
    assert said["name"] == "KPU"
    assert said["serves"] == ["suara.example"]
    nobody = "A" * 43
    for place, body in (
        (f"/registrar/{nobody}/keys", b"{}"),
        (f"/registrar/{nobody}/ack", b"\xff" * 100),
        (f"/registrar/{nobody}/issues", b"[" * 1000),
        (f"/registrar/{nobody}/issues", b"x" * 300_000),
        ("/registrar/short/issues", b""),
    ):
        answer = client.post(place, data=body)
        assert 400 <= answer.status_code < 500, place
        problem = json.loads(answer.data)
        assert problem["type"].startswith("/problems/")
        assert answer.mimetype == "application/problem+json"
        assert "Set-Cookie" not in answer.headers


def test_its_database_holds_no_name_of_anybody(kpu):
    """A11: rows and payloads; whoever copies it learns no voter."""
    issue(kpu, relayed(kpu.town, "ani"))
    with kpu.elsewhere[0].context.store.reading() as connection:
        for table in TABLES:
            text = repr(connection.execute(select(table)).all())
            assert not any(each in text for each in NAMES)
