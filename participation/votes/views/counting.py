"""From a published result to its page: figures, reasons, what became of the ballots."""

from flask import url_for

from participation.votes import box, queries
from participation.votes.label_words import tell
from participation.votes.models import Vote
from participation.votes.outcome import Outcome, fates, read_outcome
from participation.votes.pages.parts import asked_of, label_view
from participation.votes.pages.result import ResultPage, ResultView
from participation.votes.reason_words import reasons
from participation.votes.terms import Terms, terms_of
from participation.votes.verdict_words import headline
from participation.votes.views.figures import figures_of
from participation.votes.views.showing import turnout_of
from participation.web.database import session
from participation.web.language import language, say
from participation.web.site import site


def result_page(vote: Vote) -> ResultPage:
    """The result of a counted vote; raises `NotFound` before the count."""
    terms = terms_of(vote, language())
    outcome = read_outcome(terms, queries.result_of(session(), vote))
    draft = queries.draft_of(box.ballots(), vote)
    record = url_for("record.whole", eid=vote.eid, name=vote.eid)
    return ResultPage(
        slug=vote.slug,
        eid=vote.eid or "",
        rule=vote.rule,
        record=site().origin + record.removeprefix(f"/{language()}"),
        asked=asked_of(vote),
        published_at=vote.published_at or vote.created_at,
        turnout=turnout_of(vote),
        result=_view(vote, terms, outcome),
        label=label_view(tell(queries.label_of(draft, vote))),
    )


def _view(vote: Vote, terms: Terms, outcome: Outcome) -> ResultView:
    told = fates(queries.statuses_of(box.ballots(), vote))
    return ResultView(
        headline=say(headline(terms, outcome)),
        reasons=tuple(say(each) for each in reasons(terms, outcome)),
        figures=figures_of(terms, outcome),
        blank=outcome.blank,
        fates=tuple((say(fate), number) for fate, number in told),
    )
