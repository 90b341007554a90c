"""Files: complete, harmless, and written in constant memory."""

import csv
import io
import json
import tracemalloc
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert

from participation.comments.models import Comment
from participation.comments.standing.models import Withholding
from participation.open_data import queries
from participation.open_data.queries import Place
from participation.votes import services
from tests.factories.consultations import NOW, City

MANY = 20_000
MOST_BYTES = 12_000_000


def table(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return list(csv.DictReader(io.StringIO(answer.data.decode())))


def lines(client, address):
    return [json.loads(each) for each in client.get(address).data.splitlines()]


def write_many(session, town, found, count):
    """Comments without the acts that would make them: only their number matters."""
    fixed = {"subject_kind": "consultation", "subject_id": found.id, "place": "pasal-1"}
    fixed |= {"edition": 1, "author_id": town.resident.id, "stance": "idea", "body": "Kata " * 60}
    for start in range(0, count, 1000):
        rows = [
            fixed
            | {"id": uuid4(), "form_key": str(n), "written_at": NOW + timedelta(seconds=n // 3)}
            for n in range(start, min(start + 1000, count))
        ]
        session.execute(insert(Comment), rows)


def test_comments_come_with_replies_answers_and_clauses(town, session, client):
    found = town.opened()
    first = town.comment(found, "Setuju, *sekali*.")
    town.reply(found, first, minutes=1)
    town.answer(found, first, "Diterima.")
    session.commit()
    rows = table(client, f"/data/consultations/{found.slug}/comments.csv")
    assert [row["body"] for row in rows] == ["Setuju, *sekali*.", "Benar."]
    assert (rows[0]["answer_body"], rows[0]["answer_office"]) == ("Diterima.", "Dinas Air")
    assert rows[0]["citation"] == "Pasal 2 ayat (1)"
    assert rows[1]["thread_id"] == rows[0]["id"]
    assert client.get(rows[0]["address"].partition("#")[0]).status_code == 200
    same = lines(client, f"/data/consultations/{found.slug}/comments.ndjson")
    assert [each["id"] for each in same] == [row["id"] for row in rows]


def test_no_name_or_address_of_a_resident_is_handed_out(town, session, client):
    """Names stand on the pages; nobody gets all of them in one file."""
    found = town.opened()
    town.comment(found)
    session.commit()
    for form in ("csv", "ndjson"):
        text = client.get(f"/data/consultations/{found.slug}/comments.{form}").get_data(
            as_text=True
        )
        assert "Kami setuju." in text
        assert "Hartati" not in text
        assert "@" not in text


def test_a_removed_comment_is_in_no_file_and_not_in_the_interface(town, session, client):
    """One rule with the pages: what is withheld there is handed out nowhere."""
    found = town.opened()
    removed = town.comment(found, "Kata yang diturunkan.")
    town.comment(found, "Kata yang tinggal.", minutes=1)
    session.add(Withholding(comment_id=removed.id, kind="removed", body=removed.body, at=NOW))
    session.commit()
    addresses = [f"/data/consultations/{found.slug}/comments.{form}" for form in ("csv", "ndjson")]
    addresses += [f"/api/v1/consultations/{found.slug}/comments"]
    for address in addresses:
        said = client.get(address).get_data(as_text=True)
        assert "Kata yang tinggal." in said
        assert str(removed.id) not in said
        assert "diturunkan" not in said


def test_a_comment_cannot_put_a_formula_into_a_spreadsheet(town, session, client):
    """Stops the formula that a stranger plants for whoever opens the table."""
    found = town.opened()
    town.comment(found, '=HYPERLINK("http://evil.example","x")')
    session.commit()
    rows = table(client, f"/data/consultations/{found.slug}/comments.csv")
    assert rows[0]["body"] == '\'=HYPERLINK("http://evil.example","x")'


@pytest.mark.parametrize("kind", ["consultations", "votes"])
def test_an_empty_list_is_a_valid_file_of_each_kind(client, kind):
    assert table(client, f"/data/{kind}.csv") == []
    assert lines(client, f"/data/{kind}.ndjson") == []
    assert client.get(f"/data/{kind}.json").json == []


def test_consultations_and_votes_say_the_same_in_every_kind_of_file(town, site_hall, client):
    found = town.announced()
    town.drafted(title="Masih rahasia")
    site_hall.draw_up().do(services.announce)
    for kind, slug in (("consultations", found.slug), ("votes", site_hall.vote.slug)):
        said = [row["slug"] for row in table(client, f"/data/{kind}.csv")]
        assert said == [slug]
        assert [each["slug"] for each in lines(client, f"/data/{kind}.ndjson")] == said
        assert [each["slug"] for each in client.get(f"/data/{kind}.json").json] == said


def test_unknown_kinds_of_files_are_not_there(client):
    assert client.get("/data/consultations.xml").status_code == 404


def test_a_long_export_takes_no_more_memory_than_a_short_one(town, session, client):
    found = town.opened()
    write_many(session, town, found, MANY)
    session.commit()
    session.expunge_all()
    address = f"/data/consultations/{found.slug}/comments.ndjson"
    client.get("/data/consultations.csv")
    tracemalloc.start()
    answer = client.get(address, buffered=False)
    rows = sum(piece.count(b"\n") for piece in answer.iter_encoded())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    answer.close()
    assert rows == MANY
    assert peak < MOST_BYTES


def test_pages_by_key_give_each_comment_once_also_at_equal_moments(database):
    with database.transaction() as opened:
        town = City(opened)
        found = town.opened()
        write_many(opened, town, found, 250)
        seen, after = [], None
        while rows := queries.comments(opened, found.id, after=after, limit=7):
            seen += [row.id for row in rows]
            after = Place(rows[-1].written_at, rows[-1].id)
    assert len(seen) == len(set(seen)) == 250
