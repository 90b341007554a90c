"""Builds the site: settings, database, languages, guards, failures, features."""

from datetime import timedelta
from wsgiref.types import WSGIApplication

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from participation import places
from participation.accounts import queries, services
from participation.accounts.views import ask_to_sign_in
from participation.core import logs
from participation.core.clock import Clock, system_clock
from participation.core.db import Database
from participation.demo.mark import is_demonstration
from participation.features import FEATURES, FOOTER
from participation.notices.push.sending import HttpPusher
from participation.notices.queries import number_unread
from participation.notices.views import pushing
from participation.partners import views as partners
from participation.partners.asking import HttpAsker
from participation.settings import Settings
from participation.votes import box
from participation.web import (
    compression,
    context,
    database,
    failures,
    guard,
    headers,
    hx,
    language,
    session,
    site,
)
from participation.web.assets import PREFIX, read_assets
from participation.web.cookieless import Cookieless
from participation.web.language import LanguageAddress

_MEGABYTE = 1024 * 1024


def create_app(settings: Settings, *, clock: Clock = system_clock) -> Flask:
    """The site as a WSGI application, made from complete settings (`read_settings`)."""
    app = Flask("participation", static_folder=None, template_folder=str(places.TEMPLATES))
    logs.init(as_json=settings.is_production)
    app.config.update(_config(settings))
    parts = _site(settings, clock)
    site.init(app, parts)
    box.init(app, parts.database, clock, settings.secrets)
    may_be_private = settings.private_partners or not settings.is_production
    partners.init(app, HttpAsker(may_be_private=may_be_private))
    pushing.init(app, HttpPusher(may_be_private=may_be_private))
    # After a request these run from the last to the first: the transaction ends before the
    # headers and the compression of its answer.
    compression.init(app)
    headers.init(app)
    database.init(app)
    hx.init(app)
    language.init(app, translations=places.TRANSLATIONS, timezone=settings.timezone)
    session.init(app)
    guard.init(app)
    failures.init(app)
    context.init(app)
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)
    _check_guards(app)
    _wrap(app, settings)
    return app


def _config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secrets[0],
        "SECRET_KEY_FALLBACKS": settings.secrets[1:],
        # With the prefix, browsers refuse the cookie from anywhere but this very host.
        "SESSION_COOKIE_NAME": "__Host-suara" if settings.is_https else "suara",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
        "MAX_CONTENT_LENGTH": 12 * _MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 4 * _MEGABYTE,
        "TRUSTED_HOSTS": settings.trusted_hosts,
    }


def _site(settings: Settings, clock: Clock) -> site.Site:
    opened = Database(settings.database_url, pool_size=settings.threads + 2)
    return site.Site(
        name=settings.site_name,
        city=settings.city,
        origin=settings.origin,
        demo=settings.demo or is_demonstration(opened.engine),
        var=settings.var,
        database=opened,
        clock=clock,
        loaders=site.Loaders(
            actor=services.recognise,
            kept_form=queries.kept_form,
            keep_form=services.keep_form,
            ask_to_sign_in=ask_to_sign_in,
            unread=number_unread,
        ),
        nav=tuple(item for feature in FEATURES for item in feature.nav),
        footer=FOOTER,
        desk=tuple(item for feature in FEATURES for item in feature.desk),
        beside=tuple(each for feature in FEATURES for each in feature.beside),
        in_account=tuple(each for feature in FEATURES for each in feature.in_account),
        erase=tuple(each for feature in FEATURES for each in feature.erase),
        forget=tuple(each for feature in FEATURES for each in feature.forget),
        remember=tuple(each for feature in FEATURES for each in feature.remember),
        assets=read_assets(places.STATIC),
    )


def _check_guards(app: Flask) -> None:
    """Refuses to start with a route that nobody guards."""
    for view in app.view_functions.values():
        guard.guard_of(view)


def _wrap(app: Flask, settings: Settings) -> None:
    """The WSGI layers, from the inside out."""
    built = places.STATIC / "dist"
    static = WhiteNoise(Cookieless(app.wsgi_app), immutable_file_test=_is_hashed)
    if built.is_dir():
        static.add_files(str(built), prefix=f"{PREFIX}dist/")
    static.add_files(str(places.STATIC / "css"), prefix=f"{PREFIX}css/")
    layers: WSGIApplication = LanguageAddress(static)
    if settings.proxies:
        layers = ProxyFix(layers, x_for=settings.proxies, x_proto=settings.proxies)
    app.wsgi_app = layers  # type: ignore[method-assign, assignment]  # as Flask's own documentation does


def _is_hashed(_path: str, url: str) -> bool:
    """Whether a static file's name holds its hash, so that it never changes."""
    return not url.startswith(f"{PREFIX}css/")
