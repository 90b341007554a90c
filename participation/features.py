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
from participation.accounts.roles.views import blueprint as roles_pages
from participation.accounts.views import blueprint as accounts_pages
from participation.areas.queries import remember as remember_area
from participation.areas.services import forget as forget_area
from participation.areas.views import blueprint as areas_pages
from participation.areas.views import in_account as area_in_account
from participation.comments.standing.queries import remember as remember_comments
from participation.comments.standing.services import forget as forget_comments
from participation.consultations.attachments.views import blueprint as attachments_pages
from participation.consultations.attachments.views import minute as sweep_attachments
from participation.consultations.explaining.views import minute as make_glossaries
from participation.consultations.views import desk_pages as consultations_desk
from participation.consultations.views import public_pages as consultations_pages
from participation.consultations.views.belongings import beside as consultations_beside
from participation.consultations.views.duties import desk_figures as consultations_figures
from participation.core.access import Permission
from participation.home.reminders.letters import minute as remind_officers
from participation.home.reminders.services import erase as erase_reminders
from participation.home.views import blueprint as home_pages
from participation.intake.views import desk_pages as intake_desk
from participation.intake.views import public_pages as intake_pages
from participation.intake.views.desk import figures as intake_figures
from participation.intake.views.public import beside as intake_beside
from participation.meetings.queries import remember as remember_coming
from participation.meetings.services import forget as forget_coming
from participation.meetings.services import forget_who_came
from participation.meetings.views import beside as meetings_beside
from participation.meetings.views import desk_pages as meetings_desk
from participation.meetings.views import figures as meetings_figures
from participation.meetings.views import public_pages as meetings_pages
from participation.moderation.queries import remember as remember_flags
from participation.moderation.services import forget as forget_flags
from participation.moderation.views import desk_pages as moderation_desk
from participation.moderation.views import public_pages as moderation_pages
from participation.moderation.views.waiting import desk_figures as moderation_figures
from participation.notices.push.queries import remember as remember_devices
from participation.notices.push.services import forget as forget_devices
from participation.notices.queries import remember as remember_notices
from participation.notices.services import forget as forget_notices
from participation.notices.views import blueprint as notices_pages
from participation.notices.views import listen, push_news, write_letters
from participation.notices.views.mailing import in_account as notices_in_account
from participation.open_data.views import data_pages, interface
from participation.organisations.queries import remember as remember_organisations
from participation.organisations.services import forget as forget_organisations
from participation.organisations.views import blueprint as organisations_pages
from participation.organisations.views import desk_blueprint as organisations_desk
from participation.partners.views import blueprint as partners_desk
from participation.partners.views import minute as check_partners
from participation.record.views import blueprint as record_pages
from participation.record.views import minute as keep_records
from participation.search.services import minute as keep_index
from participation.search.views import blueprint as search_pages
from participation.surveys.services import forget as forget_sheets
from participation.surveys.services import remember as remember_sheets
from participation.surveys.views import desk_pages as surveys_desk
from participation.surveys.views import public_pages as surveys_pages
from participation.surveys.views.reading import beside as surveys_beside
from participation.surveys.views.reading import figures as surveys_figures
from participation.surveys.views.reading import in_account as surveys_in_account
from participation.topics.views import blueprint as topics_pages
from participation.topics.views import desk_blueprint as topics_desk
from participation.votes import box
from participation.votes.services import desk_check_in
from participation.votes.views import blueprint as votes_pages
from participation.votes.views import desk_blueprint as votes_desk
from participation.votes.views.duties import desk_figures as votes_figures
from participation.web.language import _l
from participation.web.site import BesideSubject, DeskItem, Forget, InAccount, NavItem, Remember

Tick = Callable[[Session, datetime], object]
"""Work of the minute tick, in a transaction of its own: `(session, now)`."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature's routes, the places where other pages lead to it, its work at each minute.

    A feature that keeps something about people gives it to its owner, erases it when they leave,
    and forgets what they wrote when they ask for that.
    """

    blueprint: Blueprint
    nav: tuple[NavItem, ...] = ()
    desk: tuple[DeskItem, ...] = ()
    beside: tuple[BesideSubject, ...] = ()
    in_account: tuple[InAccount, ...] = ()
    erase: tuple[Forget, ...] = ()
    forget: tuple[Forget, ...] = ()
    remember: tuple[Remember, ...] = ()
    ticks: tuple[Tick, ...] = ()


# In the order of the navigation.
FEATURES = (
    Feature(
        consultations_pages,
        nav=(NavItem("consultations.index", _l("Consultations")),),
        beside=(consultations_beside,),
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
                figures=consultations_figures,
            ),
        ),
    ),
    Feature(
        surveys_pages,
        beside=(surveys_beside,),
        in_account=(surveys_in_account,),
        erase=(forget_sheets,),
        remember=(remember_sheets,),
    ),
    Feature(
        surveys_desk,
        desk=(
            DeskItem(
                "surveys_desk.index",
                _l("Surveys"),
                _l("Draw up questions, open and close surveys, publish their results."),
                Permission.SURVEYS_SURVEY_EDIT,
                figures=surveys_figures,
            ),
        ),
    ),
    Feature(
        meetings_pages,
        beside=(meetings_beside,),
        forget=(forget_coming,),
        remember=(remember_coming,),
        ticks=(forget_who_came,),
    ),
    Feature(
        meetings_desk,
        desk=(
            DeskItem(
                "meetings_desk.index",
                _l("Meetings"),
                _l("Announce meetings, write their minutes."),
                Permission.MEETINGS_MEETING_DRAFT,
                figures=meetings_figures,
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
                figures=moderation_figures,
            ),
        ),
    ),
    Feature(attachments_pages, ticks=(sweep_attachments, make_glossaries)),
    Feature(record_pages, ticks=(keep_records,)),
    Feature(intake_pages, beside=(intake_beside,)),
    Feature(
        intake_desk,
        desk=(
            DeskItem(
                "intake_desk.index",
                _l("Paper, counter and SMS"),
                _l("Type what people say without internet, compare it with the paper."),
                Permission.INTAKE_BATCH_WRITE,
                figures=intake_figures,
            ),
        ),
    ),
    Feature(votes_pages, nav=(NavItem("votes.index", _l("Votes")),), ticks=(box.minute,)),
    Feature(
        votes_desk,
        desk=(
            DeskItem(
                "votes_desk.index",
                _l("Votes"),
                _l("Draw up votes, hand in rolls, freeze, open, close and count."),
                Permission.VOTES_VOTE_DRAFT,
                figures=votes_figures,
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
    Feature(
        areas_pages,
        in_account=(area_in_account,),
        erase=(forget_area,),
        remember=(remember_area,),
    ),
    Feature(topics_pages),
    Feature(
        topics_desk,
        desk=(
            DeskItem(
                "topics_desk.edit_list",
                _l("Topics"),
                _l("The short list of what consultations are about."),
                Permission.TOPICS_TOPIC_EDIT,
            ),
        ),
    ),
    Feature(organisations_pages, erase=(forget_organisations,), remember=(remember_organisations,)),
    Feature(
        organisations_desk,
        desk=(
            DeskItem(
                "organisations_desk.edit_list",
                _l("Offices"),
                _l("Offices that hold consultations, and their officers."),
                Permission.ORGANISATIONS_ORGANISATION_EDIT,
            ),
        ),
    ),
    Feature(
        roles_pages,
        desk=(
            DeskItem(
                "roles.index",
                _l("Roles"),
                _l("Who works here, and as what."),
                Permission.ACCOUNTS_ROLES_GRANT,
            ),
        ),
    ),
    *(Feature(service) for service in box.SERVICES),
    Feature(
        notices_pages,
        in_account=(notices_in_account,),
        erase=(forget_notices, forget_devices),
        remember=(remember_notices, remember_devices),
        ticks=(listen, write_letters, push_news),
    ),
    Feature(search_pages, nav=(NavItem("search.index", _l("Search")),), ticks=(keep_index,)),
    Feature(data_pages),
    Feature(interface),
    Feature(
        home_pages,
        nav=(NavItem("home.verify", _l("Check")),),
        erase=(erase_reminders,),
        ticks=(remind_officers,),
    ),
    Feature(accounts_pages, ticks=(accounts.sweep,)),
    Feature(passkeys_pages),
    Feature(leaving_pages, remember=(remember_account,)),
)

FOOTER = (
    NavItem("surveys.index", _l("Surveys")),
    NavItem("meetings.index", _l("Meetings")),
    NavItem("intake.lookup", _l("What became of my form?")),
    NavItem("home.data", _l("Open data")),
    NavItem("home.verify", _l("How can I check this?")),
    NavItem("moderation.rules", _l("Rules of the conversation")),
    NavItem("moderation.log", _l("Moderation log")),
    NavItem("home.accessibility", _l("Accessibility")),
    NavItem("home.privacy", _l("Privacy")),
    NavItem("accounts.choose_language", _l("Language")),
)
