"""Routes of devices that are told of news, and of the script that shows it there."""

from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue

from participation import places
from participation.accounts.rules import device_name
from participation.core.errors import NotFound
from participation.core.words import words
from participation.notices.forms import DeviceForm, ReadForm
from participation.notices.push import services
from participation.notices.push.rules import device_of
from participation.notices.views.mailing import chosen_mail, settings_page
from participation.notices.views.pushing import pusher
from participation.notices.views.routes import blueprint
from participation.web.assets import PREFIX, asset
from participation.web.database import session
from participation.web.guard import public, signed_in
from participation.web.language import _
from participation.web.page import go
from participation.web.session import actor
from participation.web.site import now


@blueprint.post("/account/notices/devices")
@signed_in
def add_device() -> ResponseReturnValue:
    """This browser is told of news from now on."""
    form = DeviceForm()
    if form.is_sent():
        with form.errors_of_act():
            given = (str(form[each].data or "") for each in ("endpoint", "p256dh", "auth"))
            device = device_of(*given, may_be_private=pusher().may_be_private)
            name = device_name(request.user_agent.string)
            services.add_device(session(), actor(), device, name, now())
            return go("notices.settings", notice=_("This device shows your news now."))
    return settings_page(chosen_mail(), form)


@blueprint.post("/account/notices/devices/<uuid:device_id>/remove")
@signed_in
def remove_device(device_id: UUID) -> ResponseReturnValue:
    """A device is told no more."""
    if ReadForm().is_sent():
        services.remove_device(session(), actor(), device_id)
    return go("notices.settings", notice=_("The device shows no more news."))


@blueprint.get("/push.js")
@public
def worker() -> Response:
    """The script that shows messages, at the root, because it may serve only what lies below it."""
    built = asset("push/worker.js")
    if built is None:
        raise NotFound(words("This page is not there."))
    place = places.STATIC / built.url.removeprefix(PREFIX)
    response = Response(place.read_bytes(), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response
