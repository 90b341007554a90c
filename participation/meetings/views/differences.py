"""What changed between two versions of minutes, line by line, word by word."""

from collections.abc import Iterator

from participation.consultations.drafting.comparing import compare
from participation.meetings.pages import Difference, MinutesView, SaidView
from participation.web.language import _, number_words


def differences(before: MinutesView, after: MinutesView) -> tuple[Difference, ...]:
    """The lines that differ, in the order of the agenda; attendance first."""
    return tuple(_differences(before, after))


def _differences(before: MinutesView, after: MinutesView) -> Iterator[Difference]:
    counted = _counted(before), _counted(after)
    if counted[0] != counted[1]:
        yield Difference(_("Who came"), "", compare(*counted))
    for old, new in zip(before.items, after.items, strict=True):
        title = new.item.title
        if old.summary != new.summary:
            yield Difference(title, _("Summary"), compare(old.summary, new.summary))
        earlier = {each.line_id: each for each in old.said}
        later = {each.line_id: each for each in new.said}
        for line_id in dict.fromkeys((*earlier, *later)):
            was, is_now = (_words(each.get(line_id)) for each in (earlier, later))
            if was != is_now:
                yield Difference(title, _("What was said"), compare(was, is_now))


def _counted(found: MinutesView) -> str:
    came = "" if found.came is None else number_words(found.came)
    return f"{came} {found.groups}".strip()


def _words(said: SaidView | None) -> str:
    """All that a line says, in one text; empty where it does not stand."""
    if said is None:
        return ""
    parts = (said.citation, said.stance, said.name or _("nobody named"))
    return f"{' · '.join(filter(None, parts))}\n{said.body}"
