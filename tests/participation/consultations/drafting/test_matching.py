"""Which clause became which: known changes, real amendments, and what holds for every pair."""

import random
import time

import pytest

from participation.consultations.drafting.matching import propose
from participation.consultations.drafting.settling import Change, SplitAndMergedError, settle
from tests.participation.consultations.drafting.versions import NEW, OLD, amended, version
from tests.places import shared

SEEDS = range(40)
WORDS = ("air", "kota", "warga", "sumur", "pagi", "denda", "kas")


def law(name: str) -> str:
    return shared(f"law-id/{name}.md").read_text(encoding="utf-8")


def matched(old, new):
    return settle(old, new, propose(old, new).pairs)


def changes(old: str, new: str):
    found = matched(version(old), version(new))
    return [(one.change.value, one.old, one.new) for one in found if one.change != Change.SAME]


def test_each_kind_of_change_is_seen():
    assert changes(OLD, NEW) == [
        ("new", (), ("pasal-2",)),
        ("moved", ("pasal-2",), ("pasal-3",)),
        ("edited", ("pasal-2-ayat-1",), ("pasal-3-ayat-1",)),
        ("split", ("pasal-3",), ("pasal-4", "pasal-5")),
        ("removed", ("pasal-4",), ()),
        ("moved", ("pasal-5",), ("pasal-6",)),
    ]


def test_backwards_a_split_is_a_merger():
    assert ("merged", ("pasal-4", "pasal-5"), ("pasal-3",)) in changes(NEW, OLD)


def test_splits_and_rewritten_clauses_are_asked_about_and_certain_ones_are_not():
    found = propose(version(OLD), version(NEW))
    assert found.doubtful_new["pasal-4"][0] == "pasal-3"
    assert "pasal-1" not in found.doubtful_new
    assert "pasal-6" not in found.doubtful_new


def test_the_same_text_has_only_same_clauses():
    for name in ("uu-2008-14", "pp-2019-12", "uu-2022-13"):
        one = version(law(name))
        assert {match.change for match in matched(one, one)} == {Change.SAME}


@pytest.mark.parametrize(
    ("base", "amendment", "added"),
    [
        ("uu-2008-11", "uu-2016-19", {"45A"}),
        ("uu-2011-12", "uu-2022-13", {"95A", "97A", "97B", "97C", "97D"}),
    ],
)
def test_an_amendment_touches_the_articles_it_lists_and_no_others(base, amendment, added):
    old, new, quoted = amended(law(base), law(amendment))
    found = matched(old, new)
    fresh = {new[one.new[0]].citation for one in found if one.change == Change.NEW}
    assert {f"Pasal {number}" for number in added & quoted.keys()} <= fresh
    listed = {f"Pasal {number}" for number in quoted}
    untouched = [one.id for one in old.passages if not is_in(one.citation, listed)]
    assert len(untouched) > 150
    same = {one.old[0] for one in found if one.change == Change.SAME}
    assert set(untouched) <= same
    came_from = {one.new[0]: one.old[0] for one in found if one.old and one.new}
    kept = [one for one in new.passages if one.citation in listed and one.id in came_from]
    assert len(kept) >= len(listed) - len(added) - 1  # a scan error may hide one
    assert all(old[came_from[one.id]].citation == one.citation for one in kept)


def is_in(citation: str, articles: set[str]) -> bool:
    return " ".join(citation.split(" ")[:2]) in articles


@pytest.mark.parametrize("seed", SEEDS)
def test_every_clause_stands_in_exactly_one_match(seed):
    old, new = version(shuffled(seed)), version(shuffled(seed + 1000))
    found = matched(old, new)
    assert sorted(x for one in found for x in one.old) == sorted(old.place)
    assert sorted(x for one in found for x in one.new) == sorted(new.place)
    same = [one for one in found if one.change in {Change.SAME, Change.EDITED, Change.MOVED}]
    assert all(len(one.old) == len(one.new) == 1 for one in same)
    unmoved = [one for one in found if one.change == Change.SAME]
    assert all(old[one.old[0]].text == new[one.new[0]].text for one in unmoved)
    assert found == matched(old, new)


def shuffled(seed: int) -> str:
    """A made-up text: sentences of a few words, some articles dropped, swapped or rewritten."""
    drawn = random.Random(seed)  # noqa: S311 - texts, no secrets
    common = random.Random(7)  # noqa: S311 - the same sentences for every text
    sentences = [" ".join(common.choices(WORDS, k=9)) for _ in range(14)]
    chosen = drawn.sample(sentences, drawn.randint(4, 12))
    lines = []
    for number, words in enumerate(chosen, start=1):
        lines.append(f"Pasal {number}")
        if drawn.random() < 0.4:
            lines += [f"(1) {words}.", f"(2) {drawn.choice(sentences)} baru."]
        else:
            lines.append(f"{words}.")
    return "\n".join(lines)


def test_what_an_officer_says_counts_and_both_ways_at_once_is_refused():
    old, new = version(OLD), version(NEW)
    pairs = {("pasal-1", "pasal-1"), ("pasal-4", "pasal-2")}
    found = settle(old, new, pairs)
    assert [one.change for one in found if one.new == ("pasal-2",)] == [Change.EDITED]
    with pytest.raises(SplitAndMergedError):
        settle(old, new, pairs | {("pasal-1", "pasal-2")})


def test_a_law_of_225_articles_is_matched_while_one_waits():
    text = law("pp-2019-12")
    old, new = version(text), version(text.replace("Daerah", "Wilayah"))
    began = time.perf_counter()
    found = matched(old, new)
    assert time.perf_counter() - began < 8  # a second on a quiet machine
    assert {one.change for one in found} == {Change.SAME, Change.EDITED}
