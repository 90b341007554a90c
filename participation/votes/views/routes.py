"""The blueprints that the files of this folder put their routes on."""

from flask import Blueprint

blueprint = Blueprint("votes", __name__)
desk_blueprint = Blueprint("votes_desk", __name__)
