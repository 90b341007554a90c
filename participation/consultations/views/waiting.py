"""The page of comments that wait, put together: filters, one page of comments."""

from uuid import UUID

from flask import request

from participation.comments import queries as comments
from participation.comments.ledger import queries as ledger
from participation.comments.ledger.figures import number_waiting
from participation.comments.ledger.queries import Wanted
from participation.comments.rules import Stance
from participation.consultations import queries
from participation.consultations.forms import STANCES, TickedForm
from participation.consultations.matrix.queries import clause_names
from participation.consultations.models import Consultation
from participation.consultations.pages import answering as pages
from participation.consultations.pages.parts import head_of
from participation.consultations.queries import Edition, subject_of
from participation.consultations.views.assembly import cited
from participation.consultations.views.present import is_open, place_after, said_key
from participation.web.database import session
from participation.web.language import _, number_words, say
from participation.web.paging import PER_PAGE, cut
from participation.web.session import actor

_FILTERS = ("clause", "stance", "officer")
_MINE, _NOBODY = "mine", "nobody"


def chosen_filters() -> dict[str, str]:
    """The filters in this request's address, those that say something."""
    given = {name: request.args.get(name, "") for name in _FILTERS}
    return {name: value for name, value in given.items() if value}


def waiting_page(found: Consultation, form: TickedForm) -> pages.WaitingPage:
    """One page of the comments that wait; a constant number of queries."""
    edition = queries.edition(session(), found.id)
    subject, chosen = subject_of(found), chosen_filters()
    wanted = _wanted(chosen)
    officers = ledger.officers(session())
    form.officer.choices = [(str(each), name) for each, name in officers]
    rows = ledger.waiting(
        session(),
        subject,
        wanted,
        after=place_after(request.args.get("after", "")),
        limit=PER_PAGE + 1,
    )
    shown = cut(rows, said_key)
    return pages.WaitingPage(
        head=head_of(found, is_open=is_open(found)),
        coverage=comments.coverage(session(), subject),
        filters=_filters(found, edition, chosen, officers),
        chosen=chosen,
        number=number_waiting(session(), subject.kind, [subject.id], wanted),
        form=form,
        waiting=cited(edition, shown.items),
        after=shown.after,
        done=_done(found),
    )


def _wanted(chosen: dict[str, str]) -> Wanted:
    stance, officer = chosen.get("stance"), chosen.get("officer", "")
    return Wanted(
        place=chosen.get("clause"),
        stance=Stance(stance) if stance in set(Stance) else None,
        assignee_id=actor().id if officer == _MINE else _id_or_none(officer),
        is_taken=False if officer == _NOBODY else None,
    )


def _filters(
    found: Consultation,
    edition: Edition,
    chosen: dict[str, str],
    officers: list[tuple[UUID, str]],
) -> tuple[pages.Filter, ...]:
    counted = ledger.waiting_at(session(), subject_of(found))
    names = dict(clause_names(session(), edition.id))
    order = [place for place in names if place in counted]
    order += sorted(counted.keys() - names.keys())
    clauses = [
        (place, f"{names.get(place, place)} ({number_words(counted[place])})") for place in order
    ]
    stances = [(stance.value, say(label)) for stance, label in STANCES.items()]
    people = [(_MINE, _("Given to me")), (_NOBODY, _("Given to nobody yet"))]
    people += [(str(each), name) for each, name in officers if each != actor().id]
    return (
        _filter("clause", _("Clause"), [("", _("All clauses")), *clauses], chosen),
        _filter("stance", _("What it is"), [("", _("Everything")), *stances], chosen),
        _filter("officer", _("Officer"), [("", _("Everybody")), *people], chosen),
    )


def _filter(
    name: str, label: str, choices: list[tuple[str, str]], chosen: dict[str, str]
) -> pages.Filter:
    here = chosen.get(name, "")
    options = tuple(pages.Option(value, said, is_here=value == here) for value, said in choices)
    return pages.Filter(name, label, options)


def _done(found: Consultation) -> str:
    """The name of the kept words of an answer, once it stands under its comment."""
    comment_id = _id_or_none(request.args.get("done", ""))
    if comment_id is None or not ledger.is_answered(session(), subject_of(found), comment_id):
        return ""
    return f"answer/{found.slug}/{comment_id}"


def _id_or_none(value: str) -> UUID | None:
    """The id that a value is; anything else asks for nothing."""
    try:
        return UUID(value)
    except ValueError:
        return None
