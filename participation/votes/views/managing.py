"""From rows to the organiser's pages."""

from participation.core.words import words
from participation.votes import box, queries
from participation.votes.forms.roll import RollForm, StepForm
from participation.votes.holders import box_name, holders
from participation.votes.label_words import tell
from participation.votes.models import Vote, VoteVoter
from participation.votes.pages import desk as pages
from participation.votes.pages.parties import missing_lines
from participation.votes.pages.parts import (
    STATES,
    asked_of,
    holder_views,
    label_view,
    stages_of,
)
from participation.votes.roll_file import BadRoll
from participation.votes.rules import RUNNING, SEALED, State
from participation.votes.services import taking_part
from participation.votes.views.duties import ready
from participation.votes.views.showing import turnout_of
from participation.votes.views.steps import next_label, next_steps
from participation.web.database import session
from participation.web.language import say
from participation.web.paging import cut, read_cursor
from participation.web.site import now

_MOST_ROWS = 200
_VOTERS_PER_PAGE = 100

_MEASURES = (
    ("min_group", words("Fewest voters whose ballots are opened")),
    ("batch_min", words("Fewest ballots published together")),
    ("epoch_seconds", words("Seconds between publications")),
    ("max_revisions", words("How often a vote can be changed")),
)


def list_page(*, only_ready: bool = False) -> pages.DeskListPage:
    """All votes, drafts too, or those whose next step can be taken now."""
    if only_ready:
        found = ready(queries.unfinished_votes(session()), now())
    else:
        found = queries.recent_votes(session(), limit=_MOST_ROWS)
    return pages.DeskListPage(rows=tuple(_row(vote) for vote in found), only_ready=only_ready)


def manage_page(vote: Vote, form: StepForm) -> pages.ManagePage:
    """One vote: where it stands, what comes next, what is or will be frozen."""
    is_announced = vote.announced_at is not None
    draft = queries.draft_of(box.ballots(), vote) if is_announced else None
    return pages.ManagePage(
        slug=vote.slug,
        state=say(STATES[State(vote.state)]),
        is_draft=vote.state == State.DRAFTED,
        is_frozen=vote.state in SEALED,
        is_counted=vote.state == State.COUNTED,
        asked=asked_of(vote),
        stages=stages_of(vote, now()),
        steps=next_steps(queries.situation(vote, now())),
        measures=tuple(pages.Measure(say(name), getattr(vote, key)) for key, name in _MEASURES),
        turnout=turnout_of(vote),
        label=label_view(tell(queries.label_of(draft, vote))) if draft else None,
        holders=holder_views(holders(draft, box_name(vote))) if draft else (),
        missing=missing_lines(taking_part.missing(box.ballots(), vote)),
        form=form,
    )


def roll_page(
    vote: Vote, form: RollForm, cursor: str = "", bad: BadRoll | None = None
) -> pages.RollPage:
    """The roll; `bad` are the faults of one that was just handed in."""
    key = read_cursor(cursor, 1)
    after = str(key[0]) if key else ""
    found = queries.listed_voters(session(), vote.id, after=after, limit=_VOTERS_PER_PAGE + 1)
    shown = cut(found, _place, limit=_VOTERS_PER_PAGE)
    faults = bad.faults if bad else ()
    return pages.RollPage(
        slug=vote.slug,
        title=asked_of(vote).title,
        form=form,
        faults=tuple(pages.FaultView(each.line, say(each.message)) for each in faults),
        fault_count=bad.count if bad else 0,
        voters=tuple(pages.ListedView(each.voter_id, each.name) for each in shown.items),
        roll_size=vote.roll_size,
        min_group=vote.min_group,
        may_change=vote.state == State.DRAFTED,
        after=shown.after,
    )


def _row(vote: Vote) -> pages.DeskRow:
    return pages.DeskRow(
        slug=vote.slug,
        title=asked_of(vote).title,
        state=say(STATES[State(vote.state)]),
        is_running=vote.state in RUNNING,
        roll_size=vote.roll_size,
        next_step=next_label(queries.situation(vote, now())),
    )


def _place(listed: VoteVoter) -> tuple[str]:
    return (listed.voter_id,)
