"""What the pages of topics need."""

from dataclasses import dataclass
from typing import ClassVar

from participation.topics.forms import RemoveForm, TopicForm
from participation.topics.models import Topic
from participation.topics.rules import name_in
from participation.web.language import language
from participation.web.page import Page
from participation.web.site import Beside


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic in the reader's language."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class TopicsPage(Page):
    """All topics."""

    template: ClassVar[str] = "topics/list.html"
    topics: tuple[TopicView, ...]


@dataclass(frozen=True, slots=True)
class TopicPage(Page):
    """A topic, with what is about it."""

    template: ClassVar[str] = "topics/show.html"
    topic: TopicView
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class DeskTopicsPage(Page):
    """The list as administrators edit it, and the form of a new one."""

    template: ClassVar[str] = "topics/desk.html"
    topics: tuple[TopicView, ...]
    form: TopicForm


@dataclass(frozen=True, slots=True)
class DeskTopicPage(Page):
    """One topic as administrators edit it."""

    template: ClassVar[str] = "topics/edit.html"
    topic: TopicView
    form: TopicForm
    remove: RemoveForm


def topic_view(found: Topic) -> TopicView:
    """A topic in the reader's language."""
    return TopicView(found.slug, name_in(found.names, language()))
