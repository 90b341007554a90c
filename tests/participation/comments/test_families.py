"""What counts as saying nearly the same."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.comments.families import Written, additions, families, is_alike, normal

CAMPAIGN = (
    "Kami warga Lembayung menolak jam buang sampah pukul lima pagi karena banyak dari kami baru"
    " pulang kerja malam. Mohon jamnya diundur sampai pukul tujuh."
)
OTHER = "Siapa yang membayar wadah sampah di rumah kos, pemilik atau penghuni?"
WORDS = st.sampled_from(
    ["sampah", "pagi", "warga", "jam", "kota", "air", "tidak", "boleh", "wajib", "pasar"]
)
TEXTS = st.lists(WORDS, max_size=30).map(" ".join)


def said(*texts: str, kind: str = "concern") -> list[Written[int]]:
    return [Written(number, kind, text) for number, text in enumerate(texts)]


def test_the_same_words_with_other_marks_and_case_are_one_family():
    (family,) = families(said(CAMPAIGN, CAMPAIGN.upper(), CAMPAIGN.replace(".", "!\n")))
    assert set(family.members) == {0, 1, 2}
    assert not family.additions


def test_what_some_add_is_listed_once_with_how_many_say_it():
    more = "Di gang kami tidak ada lampu."
    texts = said(CAMPAIGN, CAMPAIGN, f"{CAMPAIGN} {more}", f"{CAMPAIGN} {more.upper()}")
    (family,) = families(texts)
    assert len(family.members) == 4
    assert [(each.text.casefold(), each.count) for each in family.additions] == [
        (more.casefold(), 2)
    ]


def test_a_denial_in_the_common_words_is_shown_as_an_addition():
    denied = CAMPAIGN.replace("menolak", "tidak menolak")
    (family,) = families(said(CAMPAIGN, CAMPAIGN, denied))
    assert any("tidak menolak" in each.text for each in family.additions)


def test_other_matters_stay_apart():
    assert families(said(CAMPAIGN, OTHER)) == []


def test_a_short_text_is_not_swallowed_by_a_long_one():
    assert families(said("jam buang sampah", CAMPAIGN)) == []


def test_supporters_and_opponents_never_share_a_family():
    both = [*said(CAMPAIGN), Written(9, "support", CAMPAIGN)]
    assert families(both) == []


def test_a_text_of_marks_alone_belongs_to_nobody():
    assert families(said("!!!", "…", "")) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=12), st.randoms(use_true_random=False))
def test_families_do_not_depend_on_the_order_of_comments(texts, shuffled):
    comments = said(*texts)
    mixed = list(comments)
    shuffled.shuffle(mixed)
    one, other = families(comments), families(mixed)
    assert sorted(sorted(family.members) for family in one) == sorted(
        sorted(family.members) for family in other
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=12))
def test_each_comment_is_in_at_most_one_family_and_none_is_alone(texts):
    members = [member for family in families(said(*texts)) for member in family.members]
    assert len(members) == len(set(members))
    assert all(len(family.members) > 1 for family in families(said(*texts)))


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=12))
def test_every_member_says_what_the_leader_says_or_its_words_are_among_the_additions(texts):
    """Nothing that somebody said is hidden from the officer."""
    for family in families(said(*texts)):
        shown = {normal(each.text) for each in family.additions} | {normal(texts[family.leader])}
        assert all(normal(texts[member]) in shown for member in family.members)


@given(TEXTS, TEXTS)
def test_being_alike_is_mutual(one, other):
    assert is_alike(one, other) == is_alike(other, one)


@given(TEXTS)
def test_a_text_adds_nothing_to_itself(text):
    assert additions(text, [text, text.upper()]) == ()


@pytest.mark.parametrize("alike", [True, False])
def test_nine_hundred_comments_take_less_than_a_second(alike):
    draw = random.Random(7)  # noqa: S311 - words for a test
    words = [f"kata{number}" for number in range(500)]
    start = [" ".join(draw.choices(words, k=40)) for _ in range(10)]
    texts = [
        " ".join([*([draw.choice(start)] if alike else []), *draw.choices(words, k=12)])
        for _ in range(900)
    ]
    began = time.process_time()
    found = families(said(*texts))
    assert time.process_time() - began < 1
    assert bool(found) == alike
