"""Routes: topics for everybody, their list for administrators."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from participation.core.access import Permission
from participation.core.errors import Conflict, Invalid
from participation.topics import pages, queries, services
from participation.topics.forms import RemoveForm, TopicForm
from participation.topics.rules import SUBJECT_KIND
from participation.web.beside import beside
from participation.web.database import session
from participation.web.guard import public, requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now

blueprint = Blueprint("topics", __name__)
desk_blueprint = Blueprint("topics_desk", __name__)


@blueprint.get("/topics")
@public
def index() -> ResponseReturnValue:
    """All topics."""
    return show(pages.TopicsPage(tuple(map(pages.topic_view, queries.topics(session())))))


@blueprint.get("/topics/<slug>")
@public
def topic(slug: str) -> ResponseReturnValue:
    """One topic, with what is about it."""
    found = queries.topic(session(), slug)
    return show(pages.TopicPage(pages.topic_view(found), beside(SUBJECT_KIND, found.id)))


@desk_blueprint.route("/desk/topics", methods=["GET", "POST"])
@requires(Permission.TOPICS_TOPIC_EDIT)
def edit_list() -> ResponseReturnValue:
    """The list; sent, a new topic."""
    form = TopicForm()
    if form.is_sent():
        with form.errors_of_act():
            services.add_topic(session(), actor(), form.command(), now())
            return go("topics_desk.edit_list", notice=_("Added."))
    views = tuple(map(pages.topic_view, queries.topics(session())))
    return show(pages.DeskTopicsPage(views, form), form.status)


@desk_blueprint.route("/desk/topics/<slug>", methods=["GET", "POST"])
@requires(Permission.TOPICS_TOPIC_EDIT)
def edit(slug: str) -> ResponseReturnValue:
    """Other names for a topic."""
    found = queries.topic(session(), slug)
    form = TopicForm.of(found)
    if form.is_sent():
        services.rename_topic(session(), actor(), found, form.command(), now())
        return go("topics_desk.edit_list", notice=_("Saved."))
    page = pages.DeskTopicPage(pages.topic_view(found), form, RemoveForm(formdata=None))
    return show(page, form.status)


@desk_blueprint.post("/desk/topics/<slug>/remove")
@requires(Permission.TOPICS_TOPIC_EDIT)
def remove(slug: str) -> ResponseReturnValue:
    """Takes a topic off the list."""
    found, button = queries.topic(session(), slug), RemoveForm()
    form, view = TopicForm.of(found, formdata=None), pages.topic_view(found)
    if button.is_sent():
        try:
            services.remove_topic(session(), actor(), found, now())
            return go("topics_desk.edit_list", notice=_("%(name)s is gone.", name=view.name))
        except Conflict as conflict:
            form.blame(Invalid(conflict.message, code=conflict.code))
    return show(pages.DeskTopicPage(view, form, button), form.status)
