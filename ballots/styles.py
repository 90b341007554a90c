"""What follows from ballot styles: who is asked a question, and which groups are too small."""

from collections.abc import Mapping

from ballots.draft import Draft
from ballots.manifest import Manifest


def roll_size_of(manifest: Manifest, question_id: str) -> int:
    """Rows of the roll whose style has this question: the whole of a quorum (section 11)."""
    styles = manifest.draft.styles
    asked = {style.id for style in styles if question_id in style.questions}
    return sum(each.size for each in manifest.roll.styles if each.style in asked)


def is_small(voted: int, min_group: int) -> bool:
    """Whether so few keys voted in a style that it stays shut (section 9.2); none is not few."""
    return 0 < voted < min_group


def small_styles(draft: Draft, voted: Mapping[int, int]) -> frozenset[int]:
    """The ids of small styles; `voted` are ballot keys that voted, by style id."""
    ids = (style.id for style in draft.styles)
    return frozenset(each for each in ids if is_small(voted.get(each, 0), draft.min_group))
