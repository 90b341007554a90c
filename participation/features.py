"""The one list of features: adding one is one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint
from sqlmodel import Session

from participation.accounts import services as accounts
from participation.accounts.leaving.queries import remember as remember_account
from participation.accounts.leaving.views import blueprint as leaving_pages
from participation.accounts.passkeys.views import blueprint as passkeys_pages
from participation.accounts.views import blueprint as accounts_pages
from participation.comments.standing.queries import remember as remember_comments
from participation.comments.standing.services import forget as forget_comments
from participation.consultations.views import desk_pages as consultations_desk
from participation.consultations.views import public_pages as consultations_pages
from participation.core.access import Permission
from participation.home.views import blueprint as home_pages
from participation.moderation.queries import remember as remember_flags
from participation.moderation.services import forget as forget_flags
from participation.moderation.views import desk_pages as moderation_desk
from participation.moderation.views import public_pages as moderation_pages
from participation.open_data.views import data_pages, interface
from participation.partners.views import blueprint as partners_desk
from participation.partners.views import minute as check_partners
from participation.record.views import blueprint as record_pages
from participation.record.views import minute as keep_records
from participation.search.services import minute as keep_index
from participation.search.views import blueprint as search_pages
from participation.votes import box
from participation.votes.services import desk_check_in
from participation.votes.views import blueprint as votes_pages
from participation.votes.views import desk_blueprint as votes_desk
from participation.web.language import _l
from participation.web.site import BesideSubject, DeskItem, Forget, InAccount, NavItem, Remember

Tick = Callable[[Session, datetime], object]
"""Work of the minute tick, in a transaction of its own: `(session, now)`."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature's routes, the places where other pages lead to it, its work at each minute.

    A feature that keeps something about people gives it to its owner, and forgets it when they
    leave and ask for that.
    """

    blueprint: Blueprint
    nav: tuple[NavItem, ...] = ()
    desk: tuple[DeskItem, ...] = ()
    beside: tuple[BesideSubject, ...] = ()
    in_account: tuple[InAccount, ...] = ()
    forget: tuple[Forget, ...] = ()
    remember: tuple[Remember, ...] = ()
    ticks: tuple[Tick, ...] = ()


# In the order of the navigation.
FEATURES = (
    Feature(
        consultations_pages,
        nav=(NavItem("consultations.index", _l("Consultations")),),
        forget=(forget_comments,),
        remember=(remember_comments,),
    ),
    Feature(
        consultations_desk,
        desk=(
            DeskItem(
                "consultations_desk.index",
                _l("Consultations"),
                _l("Import drafts, open and close the comment phase, answer comments."),
                Permission.CONSULTATIONS_DRAFT_IMPORT,
            ),
        ),
    ),
    Feature(moderation_pages, forget=(forget_flags,), remember=(remember_flags,)),
    Feature(
        moderation_desk,
        desk=(
            DeskItem(
                "moderation_desk.index",
                _l("Moderation"),
                _l("Look at flagged comments, decide appeals of authors."),
                Permission.COMMENTS_COMMENT_REMOVE,
            ),
        ),
    ),
    Feature(record_pages, ticks=(keep_records,)),
    Feature(votes_pages, nav=(NavItem("votes.index", _l("Votes")),), ticks=(box.minute,)),
    Feature(
        votes_desk,
        desk=(
            DeskItem(
                "votes_desk.index",
                _l("Votes"),
                _l("Draw up votes, hand in rolls, freeze, open, close and count."),
                Permission.VOTES_VOTE_DRAFT,
            ),
            DeskItem(
                "votes_desk.desk_votes",
                _l("Check-in desk"),
                _l("Check in voters who stand before you, with your passkey."),
                Permission.VOTES_DESK_CHECK_IN,
            ),
        ),
        ticks=(desk_check_in.sweep,),
    ),
    Feature(
        partners_desk,
        desk=(
            DeskItem(
                "partners.index",
                _l("Partners"),
                _l("Registrars, witnesses and ballot boxes that other bodies run."),
                Permission.PARTNERS_PARTNER_EDIT,
            ),
        ),
        ticks=(check_partners,),
    ),
    *(Feature(service) for service in box.SERVICES),
    Feature(search_pages, nav=(NavItem("search.index", _l("Search")),), ticks=(keep_index,)),
    Feature(data_pages),
    Feature(interface),
    Feature(home_pages, nav=(NavItem("home.verify", _l("Check")),)),
    Feature(accounts_pages, ticks=(accounts.sweep,)),
    Feature(passkeys_pages),
    Feature(leaving_pages, remember=(remember_account,)),
)

FOOTER = (
    NavItem("home.data", _l("Open data")),
    NavItem("home.verify", _l("How can I check this?")),
    NavItem("moderation.rules", _l("Rules of the conversation")),
    NavItem("moderation.log", _l("Moderation log")),
    NavItem("home.accessibility", _l("Accessibility")),
    NavItem("home.privacy", _l("Privacy")),
    NavItem("accounts.choose_language", _l("Language")),
)
