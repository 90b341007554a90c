"""Routes of the desk where an organiser says who takes part."""

from collections.abc import Iterable

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from participation.core.access import Permission
from participation.core.errors import Conflict, Invalid
from participation.votes import box, queries
from participation.votes.forms.parties import PartiesForm, values_of
from participation.votes.forms.roll import StepForm
from participation.votes.label_words import tell
from participation.votes.models import Vote
from participation.votes.pages.parties import LinkView, PartiesPage
from participation.votes.pages.parts import LabelView, asked_of, label_view
from participation.votes.pages.trustees import blamed, trustee_rows
from participation.votes.parties import Parties
from participation.votes.rules import State
from participation.votes.services import taking_part as acts
from participation.votes.services import trustees
from participation.votes.services.trustees import TrusteeLink
from participation.votes.views.routes import desk_blueprint as desk
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _, language
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now, site


@desk.route("/desk/votes/<slug>/parties", methods=["GET", "POST"])
@requires(Permission.VOTES_VOTE_DRAFT)
def parties(slug: str) -> ResponseReturnValue:
    """Who takes part; sent, others do. The button for looking only changes nothing."""
    vote = queries.vote_of_slug(session(), slug)
    form = _form(vote)
    label = _label(vote, Parties.read(vote.parties))
    if form.is_sent():
        try:
            chosen = form.command()
            if "look" in request.form:
                label = label_view(tell(acts.preview(session(), box.platform(), vote, chosen)))
                return show(_page(vote, form, label))
            links = acts.set_parties(session(), actor(), vote, chosen, now())
            if not links:
                return go("votes_desk.manage", slug=slug, notice=_("Saved."))
            return _with_links(vote, links)
        except (Conflict, Invalid) as error:
            field = error.field if isinstance(error, Invalid) else None
            form.blame(Invalid(error.message, code=error.code, field=field))
    return show(_page(vote, form, label), form.status)


@desk.post("/desk/votes/<slug>/trustees/<int:number>/link")
@requires(Permission.VOTES_VOTE_DRAFT)
def new_link(slug: str, number: int) -> ResponseReturnValue:
    """A new link for a trustee who has lost it."""
    vote = queries.vote_of_slug(session(), slug)
    if not StepForm().is_sent():
        return go("votes_desk.parties", slug=slug)
    return _with_links(vote, [trustees.renew_link(session(), vote, number)])


def _form(vote: Vote) -> PartiesForm:
    found = acts.candidates(session(), vote)
    return PartiesForm(found, **values_of(Parties.read(vote.parties)))


def _with_links(vote: Vote, links: Iterable[TrusteeLink]) -> Response:
    """The page with links that are shown this once; no cache keeps them."""
    fresh = PartiesForm(
        acts.candidates(session(), vote),
        formdata=None,
        **values_of(Parties.read(vote.parties)),
    )
    label = _label(vote, Parties.read(vote.parties))
    response = show(_page(vote, fresh, label, links))
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(
    vote: Vote, form: PartiesForm, label: LabelView | None, links: Iterable[TrusteeLink] = ()
) -> PartiesPage:
    found = trustees.progress(session(), box.ballots(), vote)
    return PartiesPage(
        slug=vote.slug,
        title=asked_of(vote).title,
        form=form,
        step=StepForm(formdata=None),
        may_change=vote.state == State.DRAFTED,
        label=label,
        links=tuple(LinkView(each.name, _address(each)) for each in links),
        trustees=trustee_rows(found),
        blamed=blamed(found),
    )


def _address(link: TrusteeLink) -> str:
    path = url_for("votes.trustee", token=link.token)
    return site().origin + path.removeprefix(f"/{language()}")


def _label(vote: Vote, chosen: Parties) -> LabelView | None:
    """What the vote's page says or would say of itself; nothing where the numbers do not hold."""
    try:
        return label_view(tell(acts.preview(session(), box.platform(), vote, chosen)))
    except Invalid:
        return None
