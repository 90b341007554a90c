"""Who may do what."""

import pytest

from participation.core.access import GRANTS, READER, Actor, Permission, Role, allows
from participation.core.errors import NotAllowed
from participation.core.ids import new_id


def test_a_reader_may_do_nothing_that_needs_a_permission():
    assert not any(READER.may(permission) for permission in Permission)
    with pytest.raises(NotAllowed):
        allows(READER, Permission.COMMENTS_COMMENT_WRITE)


def test_a_reader_has_no_account():
    with pytest.raises(NotAllowed) as refused:
        _ = READER.id
    assert refused.value.code == "sign-in-first"


def test_roles_add_up():
    both = Actor(new_id(), "Ratna", frozenset({Role.OFFICER, Role.ORGANISER}))
    allows(both, Permission.COMMENTS_ANSWER_WRITE)
    allows(both, Permission.VOTES_VOTE_OPEN)
    assert not both.may(Permission.ACCOUNTS_ROLES_GRANT)


def test_no_role_but_the_administrators_gives_roles():
    givers = [role for role in Role if Permission.ACCOUNTS_ROLES_GRANT in GRANTS[role]]
    assert givers == [Role.ADMINISTRATOR]


def test_every_permission_is_granted_to_somebody_and_reads_feature_thing_act():
    granted = frozenset().union(*GRANTS.values())
    assert granted == set(Permission)
    assert all(len(permission.split(":")) == 3 for permission in Permission)
    assert list(Permission) == sorted(Permission)
