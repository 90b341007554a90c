"""The blueprint that every file of this folder puts its routes on."""

from flask import Blueprint

blueprint = Blueprint("votes", __name__)
