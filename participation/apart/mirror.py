"""The mirror's application: `suara mirror --serve` hands it to gunicorn."""

from pathlib import Path

from flask import Flask

from ballots.web.mirror import mirror_blueprint
from participation.core import logs
from participation.web.cookieless import Cookieless


class _Nothing:
    """A mirror has no database: there is nothing to renew after a fork."""

    def dispose(self) -> None:
        """Does nothing."""

    @property
    def database(self) -> "_Nothing":
        """Nothing."""
        return self


def application(*, folder: str) -> Flask:
    """The mirror that serves what is kept below `folder`."""
    app = Flask("suara-mirror", static_folder=None)
    logs.init(as_json=False)
    app.extensions["suara"] = _Nothing()
    app.register_blueprint(mirror_blueprint(Path(folder)))
    app.wsgi_app = Cookieless(app.wsgi_app, places=("/",))  # type: ignore[method-assign, assignment]  # as Flask's own documentation does
    return app
