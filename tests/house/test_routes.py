"""Rules over the whole map of addresses, so that no new page can forget one."""

import re

import pytest

from participation.app import create_app
from participation.settings import read_settings
from participation.web.guard import Kind, guard_of

STANDARD = re.compile(r"^/[a-z0-9./-]*$")
WORD = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?$|^\.well-known$")
COOKIELESS_BELOW = ("/api/", "/box/", "/elections/", "/cast/", "/trustees/")
RECORD_BELOW = "/consultations/<slug>/record/"
SAFE = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return create_app(read_settings(var=tmp_path_factory.mktemp("var")))


@pytest.fixture(scope="module")
def routes(site):
    found = [rule for rule in site.url_map.iter_rules() if rule.endpoint != "static"]
    assert len(found) > 30
    return found


def test_every_route_has_exactly_one_guard(site, routes):
    assert all(guard_of(site.view_functions[rule.endpoint]) for rule in routes)


def test_addresses_are_kebab_case(routes):
    faults = []
    for rule in routes:
        fixed = re.sub(r"<[^>]*>", "", rule.rule)
        parts = [part for part in fixed.split("/") if part.strip(".-")]
        if not STANDARD.match(fixed) or not all(WORD.match(part.strip(".-")) for part in parts):
            faults.append(rule.rule)
    assert not faults


def test_what_changes_something_is_never_a_plain_link(site, routes):
    both = [r.rule for r in routes if "POST" in r.methods and not r.methods & {"GET"}]
    assert both  # acts have addresses of their own, or share a form's
    assert not [r.rule for r in routes if r.methods - SAFE - {"POST"}]


def test_only_the_box_and_the_record_are_cookieless(site, routes):
    """A11: what stands below the cookie-less addresses is guarded so, and nothing else is."""
    for rule in routes:
        is_cookieless = guard_of(site.view_functions[rule.endpoint]).kind is Kind.COOKIELESS
        expected = rule.rule.startswith((*COOKIELESS_BELOW, RECORD_BELOW))
        assert is_cookieless == expected, rule.rule


def test_a_stranger_is_asked_to_sign_in_before_every_guarded_form(site, routes):
    guarded = [
        rule
        for rule in routes
        if guard_of(site.view_functions[rule.endpoint]).kind in {Kind.SIGNED_IN, Kind.REQUIRES}
    ]
    assert guarded
    with site.app_context():
        site.extensions["suara"].database.create_tables()
    client = site.test_client()
    for rule in guarded:
        address = re.sub(r"<[^>]*>", "1", rule.rule)
        answer = client.post(address) if "POST" in rule.methods else client.get(address)
        assert answer.status_code in {302, 303, 401, 404}, f"{rule.rule}: {answer.status}"
