"""Input of administrators about topics."""

from typing import Any

from wtforms import StringField

from participation.topics.models import Topic
from participation.topics.rules import NAME_LENGTH
from participation.topics.services import Names
from participation.web.forms import Form, at_most, required
from participation.web.language import _l


class TopicForm(Form):
    """A topic's name in both languages."""

    indonesian = StringField(_l("Name in Indonesian"), [required(), at_most(NAME_LENGTH)])
    english = StringField(_l("Name in English"), [required(), at_most(NAME_LENGTH)])

    @classmethod
    def of(cls, found: Topic, **options: Any) -> "TopicForm":
        """The form with a topic's present names."""
        indonesian, english = found.names.get("id", ""), found.names.get("en", "")
        return cls(indonesian=indonesian, english=english, **options)

    def command(self) -> Names:
        """The names as they were sent."""
        return Names(self.indonesian.data, self.english.data)


class RemoveForm(Form):
    """Takes a topic off the list: only a button."""
