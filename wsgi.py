"""The site as a WSGI application: `gunicorn wsgi:app`."""

from participation.app import create_app
from participation.settings import read_settings

app = create_app(read_settings())
