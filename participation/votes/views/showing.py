"""From rows to the pages for everybody."""

from datetime import UTC, datetime
from uuid import UUID

from participation.core.errors import Invalid
from participation.core.words import Words, plural_words, words
from participation.votes import box, queries
from participation.votes.holders import box_name, holders
from participation.votes.label_words import tell
from participation.votes.models import Vote
from participation.votes.outcome import read_outcome
from participation.votes.pages.parts import (
    STATES,
    asked_of,
    holder_views,
    label_view,
    stages_of,
)
from participation.votes.pages.public import (
    Scene,
    Section,
    Turnout,
    VotePage,
    VoteRow,
    VotesPage,
    WatcherView,
)
from participation.votes.queries import ListPlace
from participation.votes.rules import State
from participation.votes.services.check_in import Window, check_in_window, voting_window
from participation.votes.terms import terms_of
from participation.votes.verdict_words import headline
from participation.web.database import session
from participation.web.language import language, say
from participation.web.paging import Key, cut, read_cursor

_PER_PAGE = 20


def votes_page(current_after: str, counted_after: str, now: datetime) -> VotesPage:
    """The list of votes: both sections at first, then the one whose cursor is given."""
    return VotesPage(
        current=None if counted_after else _current(_place(current_after), now),
        counted=None if current_after else _counted(_place(counted_after), now),
    )


def _current(after: ListPlace | None, now: datetime) -> Section:
    found = queries.current_votes(session(), after=after, limit=_PER_PAGE + 1)
    shown = cut(found, lambda vote: _key(vote.voting_closes_at, vote), limit=_PER_PAGE)
    return Section(tuple(row_of(vote, now) for vote in shown.items), shown.after)


def _counted(after: ListPlace | None, now: datetime) -> Section:
    found = queries.counted_votes(session(), after=after, limit=_PER_PAGE + 1)
    shown = cut(found, _counted_key, limit=_PER_PAGE)
    results = queries.results_of(session(), shown.items)
    rows = (row_of(vote, now, results.get(vote.id)) for vote in shown.items)
    return Section(tuple(rows), shown.after)


def row_of(vote: Vote, now: datetime, result: bytes | None = None) -> VoteRow:
    """One vote as a line of a list; `result`, the bytes of its `result.json`, once counted."""
    asked = asked_of(vote)
    return VoteRow(
        slug=vote.slug,
        kind=asked.kind,
        title=asked.title,
        lang=asked.lang,
        electorate=asked.electorate,
        state=say(_state(vote, now)),
        is_open=scene_of(vote, now) in _OPEN,
        checked_in=vote.checked_in,
        roll_size=vote.roll_size,
        headline=_headline(vote, result) if result else "",
    )


def vote_page(vote: Vote, now: datetime) -> VotePage:
    """One announced vote."""
    draft = queries.draft_of(box.ballots(), vote)
    is_counted = vote.state == State.COUNTED
    return VotePage(
        id=vote.id,
        slug=vote.slug,
        eid=vote.eid or "",
        eid0=vote.eid0 or "",
        asked=asked_of(vote),
        stages=stages_of(vote, now),
        scene=scene_of(vote, now),
        booth=f"/{language()}/cast/{vote.eid}" if vote.eid else "",
        turnout=turnout_of(vote),
        headline=_headline(vote, queries.result_of(session(), vote)) if is_counted else "",
        label=label_view(tell(queries.label_of(draft, vote))),
        holders=holder_views(holders(draft, box_name(vote))),
        watchers=watchers_of(vote) if vote.eid and draft.witnesses.list else (),
    )


def watchers_of(vote: Vote) -> tuple[WatcherView, ...]:
    """Who watches the ballot box of a frozen vote, and how fresh what each has confirmed is."""
    return tuple(
        WatcherView(
            name=each.name,
            size=each.size,
            seen_at=datetime.fromtimestamp(each.time_seconds, UTC) if each.size else None,
            is_current=each.is_current,
        )
        for each in queries.watchers_of(box.ballots(), vote)
    )


def scene_of(vote: Vote, now: datetime) -> Scene:
    """What can be done with an announced vote now."""
    check_in, voting = check_in_window(vote, now), voting_window(vote, now)
    if vote.state == State.COUNTED:
        return Scene.COUNTED
    if voting is Window.AFTER:
        return Scene.COUNTING
    if check_in is Window.DURING:
        return Scene.CHECK_IN_AND_VOTE if voting is Window.DURING else Scene.CHECK_IN
    if voting is Window.DURING:
        return Scene.VOTE
    return Scene.ROLL_IS_OUT if check_in is Window.BEFORE else Scene.WAIT


_OPEN = frozenset({Scene.CHECK_IN, Scene.CHECK_IN_AND_VOTE, Scene.VOTE})


def turnout_of(vote: Vote) -> Turnout:
    """Who took part, as far as it is published."""
    return Turnout(vote.roll_size, vote.checked_in, vote.voted)


def _headline(vote: Vote, result: bytes) -> str:
    terms = terms_of(vote, language())
    return say(headline(terms, read_outcome(terms, result)))


def _state(vote: Vote, now: datetime) -> Words:
    """Where a vote stands in a few words: days left, or its state."""
    scene = scene_of(vote, now)
    if scene in _OPEN:
        days = (vote.voting_closes_at - now).days
        if days:
            return plural_words("one day left", "%(count)s days left", days)
        return words("last day")
    if scene is Scene.ROLL_IS_OUT and vote.check_in_opens_at > now:
        return words("from %(day)s", day=vote.check_in_opens_at.date())
    return words("being counted") if scene is Scene.COUNTING else STATES[State(vote.state)]


def _counted_key(vote: Vote) -> Key:
    return _key(vote.published_at or vote.created_at, vote)


def _key(at: datetime, vote: Vote) -> Key:
    return at.isoformat(), vote.id.hex


def _place(cursor: str) -> ListPlace | None:
    key = read_cursor(cursor, 2)
    if key is None:
        return None
    try:
        return ListPlace(datetime.fromisoformat(str(key[0])).astimezone(UTC), UUID(str(key[1])))
    except ValueError as error:
        raise Invalid(words("This address is incomplete.")) from error
