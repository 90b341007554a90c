import pytest

from ballots.label import Counts, label
from tests.strategies.elections import (
    draft_of,
    draft_value,
    light_changes,
    registrars_value,
    trustees_value,
    witnesses_value,
)

ALL_PASSKEYS = Counts(rows=60, rows_with_passkey=60)
ROBUST = {
    "registrars": registrars_value(4, 3, 1),
    "trustees": trustees_value(5, 3),
    "witnesses": witnesses_value(4, 3, 1),
}


def name(counts=ALL_PASSKEYS, **changes):
    return label(draft_of(**{**ROBUST, **changes}), counts).name


def answers(counts=ALL_PASSKEYS, **changes):
    found = label(draft_of(**changes), counts)
    return {each.question: each for each in found.answers}


def test_an_election_that_survives_a_liar_and_an_absence_everywhere_is_robust():
    assert name() == "robust"


@pytest.mark.parametrize(
    "changes",
    [
        {"registrars": registrars_value(1, 1, 0)},
        {"trustees": trustees_value(3, 2, "server")},
        {"witnesses": witnesses_value(0, 0, 0)},
        light_changes(),
    ],
)
def test_one_registrar_a_server_held_key_or_no_witness_make_it_light(changes):
    assert name(**changes) == "light"


@pytest.mark.parametrize(
    "changes",
    [
        {"registrars": registrars_value(2, 2, 1)},
        {"registrars": registrars_value(3, 3, 2)},
        {"trustees": trustees_value(3, 3)},
        {"trustees": trustees_value(3, 1)},
        {"witnesses": witnesses_value(3, 3, 1)},
        {"witnesses": witnesses_value(4, 3, 0)},
    ],
)
def test_one_place_that_does_not_survive_makes_it_standard(changes):
    assert name(**changes) == "standard"


@pytest.mark.parametrize("counts", [Counts(), Counts(rows=60), Counts(60, 59)])
def test_a_row_without_passkey_or_an_unknown_roll_is_not_robust(counts):
    assert name(counts) == "standard"


def test_every_question_of_the_page_is_answered_once_and_in_order():
    found = label(draft_of(), Counts())
    assert [each.question for each in found.answers] == [
        "stuff-absent",
        "stuff-silent",
        "roll",
        "early-results",
        "ties",
        "link-vote",
        "link-participation",
        "link-elections",
        "prove-vote",
        "watching",
        "clock",
        "recount",
    ]


def test_before_check_in_the_bound_is_rows_without_passkey():
    answer = answers(Counts(rows=60, rows_with_passkey=45))["stuff-absent"]
    assert (answer.answer, answer.numbers) == ("rows-without-passkey", {"rows": 15, "of": 60})


def test_after_close_the_bounds_are_numbers_of_the_record():
    """A1: check-ins without the voter's own passkey, and check-ins with which nobody voted."""
    counts = Counts(
        rows=60,
        rows_with_passkey=45,
        check_ins=40,
        by_session=9,
        by_desk=3,
        by_desk_with_passkey=1,
        voted=38,
    )
    found = answers(counts)
    assert found["stuff-absent"].answer == "check-ins-without-passkey"
    assert found["stuff-absent"].numbers == {
        "most": 12,
        "session": 9,
        "desk": 3,
        "desk_with_passkey": 1,
    }
    assert found["stuff-silent"].numbers == {"registrars": 2, "of": 2, "most": 2}
    assert found["stuff-silent"].parties == ("Panitera 1", "Panitera 2")


def test_what_is_not_known_yet_is_said_to_be_unknown():
    found = answers(Counts())
    assert found["stuff-absent"].answer == "unknown-yet"
    assert found["stuff-silent"].answer == "unknown-yet"


def test_trustees_are_named_with_their_threshold():
    """A58"""
    found = answers()
    assert found["early-results"].answer == "trustees-together"
    assert found["early-results"].numbers == {"trustees": 2, "of": 3, "on_server": 0}
    assert found["early-results"].parties == ("Wali 1", "Wali 2", "Wali 3")
    assert found["ties"].answer == "trustees-together"


def test_a_light_election_lets_the_organiser_look_and_draw():
    found = answers(**light_changes())
    assert found["early-results"].answer == "platform-alone"
    assert found["ties"].answer == "organiser-can"
    assert found["watching"].answer == "nobody"
    assert found["clock"].answer == "organiser"
    assert found["clock"].parties == ("Panitia",)


def test_witnesses_watch_and_keep_the_clock():
    found = answers()
    assert found["watching"].numbers == {"quorum": 3, "of": 4, "faulty": 1}
    assert (found["clock"].answer, found["clock"].numbers) == ("witnesses", {"quorum": 3})


def test_a_registrar_on_the_sites_own_origin_is_the_platform():
    """A11"""
    registrars = registrars_value(1, 1, 0)
    registrars["list"][0]["origin"] = draft_value()["passkeys"]["origins"][0]
    found = answers(**{**light_changes(), "registrars": registrars})
    assert found["link-vote"].answer == "platform-with-network"
    assert answers()["link-vote"].answer == "registrars-box-and-network"


def test_a_vote_can_always_be_proven_and_recounted():
    """A38: said, not hidden."""
    found = answers()
    assert found["prove-vote"].answer == "voter-can"
    assert found["recount"].answer == "everyone"
