"""A small feature that exists only in these tests: a notebook with one form."""

from dataclasses import dataclass
from typing import ClassVar

import jinja2
import pytest
from flask import Blueprint, jsonify, request
from sqlmodel import select
from wtforms import StringField, TextAreaField

from participation.accounts.models import Account
from participation.core.access import Permission
from participation.core.errors import Conflict, Invalid, NotFound, TooMany
from participation.core.words import words
from participation.web import guard
from participation.web.database import commit_anyway, session
from participation.web.forms import Form, at_most, required
from participation.web.page import Page, go, show
from participation.web.session import actor

NOTE = """{% extends "base.html" %}{% block title %}Notes{% endblock %}
{% block main %}<h1>Notes</h1>{% include "test/_note.html" %}{% endblock %}"""
FORM = """{% import "macros/fields.html" as fields with context %}<div id="note">
{{ fields.summary(page.form) }}
{% call fields.form(page.form, url_for("test.write"), target="note") %}
{{ fields.text(page.form.title) }}{{ fields.area(page.form.text) }}
<button type="submit">Write</button>{% endcall %}</div>"""


class NoteForm(Form):
    """A note."""

    title = StringField("Title", [required()])
    text = TextAreaField("Text", [required(), at_most(5000)])


@dataclass(frozen=True, slots=True)
class NotePage(Page):
    """The notebook."""

    template: ClassVar[str] = "test/note.html"
    fragment: ClassVar[str] = "test/_note.html"
    form: NoteForm


ERRORS = {
    "conflict": Conflict("closed", words("Comments closed on %(day)s.", day="2 December")),
    "invalid": Invalid(words("Not like this.")),
    "not-found": NotFound(words("No such note.")),
    "too-many": TooMany(words("Wait."), wait_seconds=42),
    "broken": ZeroDivisionError("secret words"),
}


def notebook() -> Blueprint:
    """The routes of the notebook."""
    routes = Blueprint("test", __name__)

    @routes.get("/notes")
    @guard.public
    def read():
        return show(NotePage(form=NoteForm()))

    @routes.post("/notes/new")
    @guard.signed_in
    def write():
        form = NoteForm()
        if form.is_sent():
            with form.errors_of_act():
                if form.title.data == "wrong":
                    raise Invalid(words("Another title, please."), field="title")
                session().get(Account, actor().id).name = form.title.data
                session().flush()
                return go("test.read", notice="Written.")
        return show(NotePage(form=form), form.status)

    @routes.get("/desk-of-notes")
    @guard.requires(Permission.CONSULTATIONS_DRAFT_IMPORT)
    def desk():
        return "desk"

    @routes.get("/fails/<how>")
    @guard.public
    def fails(how):
        raise ERRORS[how]

    @routes.post("/renames")
    @guard.signed_in
    def renames():
        session().exec(select(Account)).one().name = "Renamed"
        session().flush()
        if "keep" in request.form:
            commit_anyway()
        return "no", int(request.form["status"])

    @routes.route("/box/test", methods=["GET", "POST"])
    @guard.cookieless
    def box():
        told = {"path": request.path, "address": request.remote_addr}
        return jsonify(told | {"environ": sorted(request.environ)})

    return routes


@pytest.fixture
def notes(app):
    """The site with the notebook."""
    app.jinja_env.loader = jinja2.ChoiceLoader(
        [jinja2.DictLoader({"test/note.html": NOTE, "test/_note.html": FORM}), app.jinja_loader]
    )
    app.register_blueprint(notebook())
    return app
