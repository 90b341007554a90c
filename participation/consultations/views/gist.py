"""What one screen tells of a consultation: what is asked, until when, who decides, what then."""

from participation.consultations import queries
from participation.consultations.models import Consultation
from participation.consultations.pages.reading import Gist
from participation.consultations.queries import Edition
from participation.consultations.rules import Phase
from participation.consultations.views.present import is_open, today
from participation.web.database import session
from participation.web.language import _, day_words, ngettext, number_words

_CHARACTERS_A_MINUTE = 1200
"""How fast people read law in Indonesian: some 170 words of seven letters."""


def gist_of(found: Consultation, edition: Edition) -> Gist:
    """The answers that stand above the text; the rest of the summary is one tap away."""
    lead, _blank, rest = found.summary.strip().partition("\n\n")
    return Gist(
        lead=lead,
        rest=rest.strip(),
        until=_until(found),
        decides=_decides(found),
        then=_then(found),
        takes=_takes(queries.length_of(session(), edition.id)),
    )


def _until(found: Consultation) -> str:
    closes = day_words(found.closes_on)
    if is_open(found):
        left = (found.closes_on - today()).days
        told = ngettext("%(num)s day left", "%(num)s days left", left) if left else _("last day")
        return f"{closes} ({told})"
    if Phase(found.phase) is Phase.ANNOUNCED:
        return str(_("%(opens)s to %(closes)s", opens=day_words(found.opens_on), closes=closes))
    return str(_("closed on %(day)s", day=closes))


def _decides(found: Consultation) -> str:
    if found.decided_at:
        day = day_words(found.decided_at)
        return str(_("%(who)s, decided on %(day)s", who=found.decider, day=day))
    return str(_("%(who)s, by %(day)s", who=found.decider, day=day_words(found.decides_by)))


def _then(found: Consultation) -> str:
    if Phase(found.phase) in {Phase.DECIDED, Phase.ARCHIVED}:
        return str(_("every comment has its answer, and what became of it stands above"))
    day = day_words(found.answers_by)
    return str(_("every comment gets an answer by %(day)s", day=day))


def _takes(length: int) -> str:
    minutes = max(1, round(length / _CHARACTERS_A_MINUTE))
    told = ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes,
                    minutes=number_words(minutes))  # fmt: skip
    return str(_("about %(reading)s to read, two to comment", reading=told))
