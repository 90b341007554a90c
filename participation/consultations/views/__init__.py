"""Routes: reading and talking for everybody, the desk for officers."""

from participation.consultations.explaining import views as explaining
from participation.consultations.extending import views as extending
from participation.consultations.views import (
    answering,
    desk,
    duties,
    finder,
    matching,
    matrix,
    reading,
    replying,
    talking,
    versions,
)
from participation.consultations.views.blueprints import desk_pages, public_pages

MODULES = (
    answering,
    desk,
    duties,
    explaining,
    extending,
    finder,
    matching,
    matrix,
    reading,
    replying,
    talking,
    versions,
)
"""The modules that put their routes into the two blueprints."""

__all__ = ["MODULES", "desk_pages", "public_pages"]
