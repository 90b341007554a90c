"""The group of routes."""

from flask import Blueprint

blueprint = Blueprint("notices", __name__)
