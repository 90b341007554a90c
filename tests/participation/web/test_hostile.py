"""Odd addresses and bodies at the whole site, as it is mounted: never a fault of ours."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crypto.encoding import b64url
from participation.core.access import Role
from participation.web.guard import Kind, guard_of

ODD = st.sampled_from(
    ["0", "-1", "9" * 40, "x" * 300, "%00", "%ff", "..%2f..", "a b", "'", "\N{HIGH VOLTAGE SIGN}",
     "A" * 43, b64url(bytes(32)), "\N{RIGHT-TO-LEFT OVERRIDE}x"],
)  # fmt: skip
PARAMETER = re.compile(r"<[^>]*>")
MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def rules(app, method):
    """The site's rules for a method, files of the pages excepted."""
    found = [rule for rule in app.url_map.iter_rules() if method in rule.methods]
    found = [rule for rule in found if rule.endpoint != "static"]
    assert found
    return found


def with_parts(rule, parts):
    """The address of a rule with odd parts."""
    chosen = iter(parts * 5)
    return PARAMETER.sub(lambda _: next(chosen), rule.rule)


@MANY
@given(data=st.data(), parts=st.lists(ODD, min_size=2, max_size=2), query=st.text(max_size=9))
def test_no_address_is_a_fault(app, client, data, parts, query):
    """A reader who types anything gets a page, a way to sign in, or "there is nothing here"."""
    rule = data.draw(st.sampled_from(rules(app, "GET")))
    with client.get(with_parts(rule, parts), query_string={"page": query}) as answer:
        assert answer.status_code < 500, rule.rule


@MANY
@given(data=st.data(), parts=st.lists(ODD, min_size=2, max_size=2), query=st.text(max_size=9))
def test_no_address_is_a_fault_for_an_administrator(app, browser_of, data, parts, query):
    """Who may see everything sees more code at work."""
    if not hasattr(app, "keeper"):
        app.keeper, _ = browser_of("Ratna", Role.ADMINISTRATOR, Role.OFFICER)
    rule = data.draw(st.sampled_from(rules(app, "GET")))
    with app.keeper.client.get(with_parts(rule, parts), query_string={"page": query}) as answer:
        assert answer.status_code < 500, rule.rule


@MANY
@given(data=st.data(), part=ODD, body=st.binary(max_size=200))
def test_no_body_is_a_fault_where_nobody_is_asked_who_they_are(app, client, data, part, body):
    """Every cookie-less address that takes something, as the site mounts it."""
    open_to_all = [
        rule
        for rule in rules(app, "POST")
        if guard_of(app.view_functions[rule.endpoint]).kind is Kind.COOKIELESS
    ]
    assert len(open_to_all) > 3
    rule = data.draw(st.sampled_from(open_to_all))
    with client.post(with_parts(rule, [part]), data=body) as answer:
        assert 400 <= answer.status_code < 500, rule.rule
        assert "Set-Cookie" not in answer.headers
