"""The site's way to its elections."""

import os

import pytest

from ballots.services.names import read_name
from participation import places
from participation.app import create_app
from participation.core.mail import MemoryMailer
from participation.jobs import tick
from participation.settings import read_settings
from participation.votes import box, queries, services
from participation.votes.client import client_folder, client_sha256, file_list
from participation.votes.platform import Platform
from tests.participation.votes.hall import CHECK_IN_CLOSES, CLOSES, NO, ORIGIN, YES


def vote_in(hall):
    hall.session.expire_all()
    return queries.vote_of_slug(hall.session, hall.vote.slug)


def test_the_minutes_work_ends_epochs_and_renews_the_figures(app, site_hall):
    site_hall.open().vote_all(ani=YES, budi=NO)
    tick(app, MemoryMailer())
    assert vote_in(site_hall).checked_in == 0
    site_hall.clock.move(minutes=2)
    tick(app, MemoryMailer())
    assert (vote_in(site_hall).checked_in, vote_in(site_hall).voted) == (2, 2)


def test_another_process_with_the_same_settings_goes_on_with_the_election(app, site_hall, tmp_path):
    site_hall.open().vote_all(ani=YES, budi=NO)
    other = create_app(read_settings(var=tmp_path / "var"), clock=site_hall.clock)
    site_hall.platform = Platform(other.extensions["suara-ballots"], ORIGIN, "x", bytes(32))
    site_hall.vote_all(citra=YES)
    site_hall.clock.moment = CHECK_IN_CLOSES
    site_hall.do(services.close_check_in)
    site_hall.clock.moment = CLOSES
    site_hall.do(services.close_voting, services.count_and_publish)
    assert b'"totals":[2,1]' in queries.result_of(site_hall.session, site_hall.vote)
    other.extensions["suara"].database.close()


def test_a_new_secret_key_opens_what_the_former_one_keeps(app, site_hall, tmp_path):
    site_hall.open().vote_all(ani=YES, budi=NO)
    former = app.config["SECRET_KEY"]
    settings = read_settings(var=tmp_path / "var", secret_key="n" * 40, old_secret_keys=(former,))
    other = create_app(settings, clock=site_hall.clock)
    site_hall.platform = Platform(other.extensions["suara-ballots"], ORIGIN, "x", bytes(32))
    site_hall.vote_all(citra=YES).finish()
    assert b'"totals":[2,1]' in queries.result_of(site_hall.session, site_hall.vote)
    other.extensions["suara"].database.close()


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # tests run in threads
def test_a_forked_worker_takes_ballots_after_its_engine_is_renewed(app, site_hall):
    site_hall.open()
    site_hall.session.commit()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            app.extensions["suara"].database.dispose()
            site_hall.vote_all(ani=YES)
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    site_hall.vote_all(budi=NO, citra=YES).finish()
    assert vote_in(site_hall).voted == 3


def test_the_platform_is_this_site_with_its_voting_client(app):
    with app.test_request_context("/"):
        found = box.platform()
    assert (found.origin, found.name) == ("http://127.0.0.1:8000", "Suara Lembayung")
    assert found.client_sha256 == client_sha256(client_folder(places.STATIC))
    assert file_list(client_folder(places.STATIC))


def test_the_frozen_manifest_names_the_client_of_its_day(app, site_hall):
    with app.test_request_context("/"):
        site_hall.platform = box.platform()
    site_hall.freeze()
    election = site_hall.platform.context.election(read_name(site_hall.vote.eid))
    assert election.manifest.client_sha256 == site_hall.platform.client_sha256


def test_box_and_record_refuse_in_problem_documents_and_set_no_cookie(client):
    name = "A" * 43
    for address in (f"/box/{name}/receipts/{name}", f"/elections/{name}/record/manifest.json"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"
        assert "Set-Cookie" not in answer.headers
