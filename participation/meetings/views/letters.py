"""Letters to those who wanted to come, when a meeting moves or is cancelled."""

from flask import render_template, url_for

from participation.core.mail import Letter, post
from participation.meetings import queries
from participation.meetings.models import Meeting
from participation.meetings.views.present import when
from participation.web.database import session
from participation.web.language import _, language, prefer
from participation.web.site import now, site


def tell_of_change(found: Meeting) -> int:
    """Writes to everybody who wanted to come, each in their language; gives how many."""
    own, people = language(), queries.people_coming(session(), found.id)
    for person in people:
        prefer(person.language)
        subject = (
            _("Cancelled: %(title)s", title=found.title)
            if found.cancelled_because
            else _("Changed: %(title)s", title=found.title)
        )
        body = render_template(
            "meetings/mail/changed.txt",
            name=person.name,
            title=found.title,
            when=when(found),
            place=found.place,
            address=found.address,
            online=found.link,
            reason=found.cancelled_because,
            link=site().origin + url_for("meetings.meeting", slug=found.slug),
        )
        letter = Letter(recipient=person.email, subject=subject, body=body, written_at=now())
        post(session(), letter)
    prefer(own)
    return len(people)
