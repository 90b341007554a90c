"""Routes of the organiser's desk: drawing up, the roll, and every step to the result."""

from collections.abc import Callable
from datetime import datetime

from flask import request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from participation.core.access import Actor, Permission
from participation.core.errors import Conflict, Invalid
from participation.core.words import plural_words
from participation.votes import box, queries, services
from participation.votes.forms.proposal import VoteForm, values_of
from participation.votes.forms.roll import RollForm, StepForm
from participation.votes.models import Vote
from participation.votes.pages.desk import DrawingPage
from participation.votes.platform import Platform
from participation.votes.roll_file import BadRoll
from participation.votes.services import taking_part
from participation.votes.views import managing
from participation.votes.views.routes import desk_blueprint as desk
from participation.web.database import after_commit, apart, session
from participation.web.guard import requires
from participation.web.language import LazyString, _, _l
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now

_Act = Callable[[Session, Platform, Actor, Vote, datetime], None]


@desk.get("/desk/votes")
@requires(Permission.VOTES_VOTE_DRAFT)
def index() -> ResponseReturnValue:
    """All votes, drafts too, or those whose next step can be taken now."""
    return show(managing.list_page(only_ready=request.args.get("show") == "ready"))


@desk.route("/desk/votes/new", methods=["GET", "POST"])
@requires(Permission.VOTES_VOTE_DRAFT)
def draw_up() -> ResponseReturnValue:
    """A new vote."""
    form = VoteForm()
    if form.is_sent():
        with form.errors_of_act():
            drawn = services.draw_up(session(), actor(), form.command(), now())
            return go("votes_desk.roll", slug=drawn.slug, notice=_("Saved. Now the roll."))
    return show(DrawingPage(form=form, slug=""), form.status)


@desk.get("/desk/votes/<slug>")
@requires(Permission.VOTES_VOTE_DRAFT)
def manage(slug: str) -> ResponseReturnValue:
    """One vote: where it stands and what comes next."""
    vote = queries.vote_of_slug(session(), slug)
    return show(managing.manage_page(vote, StepForm(formdata=None)))


@desk.route("/desk/votes/<slug>/details", methods=["GET", "POST"])
@requires(Permission.VOTES_VOTE_DRAFT)
def redraw(slug: str) -> ResponseReturnValue:
    """Changes what was drawn up."""
    vote = queries.vote_of_slug(session(), slug)
    form = VoteForm(**values_of(vote))
    if form.is_sent():
        with form.errors_of_act():
            services.redraw(session(), actor(), vote, form.command(), now())
            return go("votes_desk.manage", slug=slug, notice=_("Saved."))
    return show(DrawingPage(form=form, slug=slug), form.status)


@desk.route("/desk/votes/<slug>/roll", methods=["GET", "POST"])
@requires(Permission.VOTES_ROLL_READ)
def roll(slug: str) -> ResponseReturnValue:
    """Who is on the roll; sent, it becomes another list."""
    vote, form, bad = queries.vote_of_slug(session(), slug), RollForm(), None
    if form.is_sent():
        try:
            voters = form.command()
            services.set_roll(session(), actor(), vote, voters, now())
            notice = plural_words(
                "One person is on the roll.", "%(count)s people are on the roll.", len(voters)
            )
            return go("votes_desk.manage", slug=slug, notice=notice)
        except BadRoll as error:
            bad = error
            form.blame(error)
        except Invalid as error:
            form.blame(error)
    page = managing.roll_page(vote, form, request.args.get("after", ""), bad)
    return show(page, form.status)


@desk.post("/desk/votes/<slug>/announce")
@requires(Permission.VOTES_VOTE_DRAFT)
def announce(slug: str) -> ResponseReturnValue:
    """Publishes the draft and lays out the roll."""
    return _take(slug, services.announce, _l("Announced. Everybody can look up their row now."))


@desk.post("/desk/votes/<slug>/withdraw")
@requires(Permission.VOTES_VOTE_DRAFT)
def withdraw(slug: str) -> ResponseReturnValue:
    """Takes an announced vote back."""
    return _take(slug, services.withdraw, _l("Withdrawn. Nobody outside the desk sees it now."))


@desk.post("/desk/votes/<slug>/freeze")
@requires(Permission.VOTES_VOTE_FREEZE)
def freeze(slug: str) -> ResponseReturnValue:
    """Makes the keys and seals everything."""
    return _take(slug, services.freeze, _l("Frozen. Nothing of this vote changes any more."))


@desk.post("/desk/votes/<slug>/open")
@requires(Permission.VOTES_VOTE_OPEN)
def open_voting(slug: str) -> ResponseReturnValue:
    """Opens the ballot box."""
    return _take(slug, services.open_voting, _l("The ballot box is open."))


@desk.post("/desk/votes/<slug>/close-check-in")
@requires(Permission.VOTES_VOTE_CLOSE)
def close_check_in(slug: str) -> ResponseReturnValue:
    """Ends check-in."""
    return _take(slug, services.close_check_in, _l("Check-in is closed."))


@desk.post("/desk/votes/<slug>/close")
@requires(Permission.VOTES_VOTE_CLOSE)
def close_voting(slug: str) -> ResponseReturnValue:
    """Closes the ballot box."""
    return _take(slug, services.close_voting, _l("The ballot box is closed."))


@desk.post("/desk/votes/<slug>/count")
@requires(Permission.VOTES_VOTE_PUBLISH)
def count(slug: str) -> ResponseReturnValue:
    """Counts and publishes the result."""
    return _take(slug, _count, _l("Counted. The result is public."))


def _take(slug: str, act: _Act, notice: LazyString) -> ResponseReturnValue:
    """Does an act and goes back to the vote; refused, the vote's page says why."""
    vote, form = queries.vote_of_slug(session(), slug), StepForm()
    if form.is_sent():
        try:
            act(session(), box.platform(), actor(), vote, now())
            context = box.ballots()
            after_commit(lambda: taking_part.ask_elsewhere(context, vote))
            return go("votes_desk.manage", slug=slug, notice=notice)
        except (Conflict, Invalid) as error:
            form.blame(Invalid(error.message, code=error.code))
    session().rollback()
    return show(managing.manage_page(vote, form), form.status)


def _count(session_: Session, platform: Platform, who: Actor, vote: Vote, moment: datetime) -> None:
    """Counts, with the keys revealed before in a transaction of their own: no lock is held."""
    with apart() as opened:
        found = queries.vote_of_slug(opened, vote.slug)
        services.reveal_keys(opened, platform, who, found, moment)
    services.count(session_, platform, who, vote, moment)
