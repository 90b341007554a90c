"""What features put on pages that do not know them."""

from dataclasses import replace

from participation.web import site
from participation.web.beside import beside, in_account
from participation.web.site import Beside
from tests.participation.people import MORNING


def of_a(_session, kind, subject_id, now):
    return (Beside(kind, f"/{subject_id}", f"{now:%H}"),)


def of_b(_session, _kind, _id, _now):
    return ()


def kept(_session, actor):
    return (Beside("Kept", "/kept", actor.name),)


def test_a_page_shows_what_each_feature_has_beside_its_subject(app):
    site.init(app, replace(app.extensions["suara"], beside=(of_b, of_a), clock=lambda: MORNING))
    with app.test_request_context("/"):
        assert beside("draft", "7") == (Beside("draft", "/7", f"{MORNING:%H}"),)


def test_an_account_shows_what_each_feature_keeps_for_it(app):
    site.init(app, replace(app.extensions["suara"], in_account=(kept,)))
    with app.test_request_context("/"):
        assert in_account() == (Beside("Kept", "/kept", ""),)
