"""The web application: HTTP, forms, storage and words on screen around the engine in `checklist`."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from webapp import assessments, plans
from webapp.config import Settings, read_settings
from webapp.errors import init_errors
from webapp.i18n import init_i18n
from webapp.pages import init_pages
from webapp.reading import Reader, open_reader
from webapp.security import init_security
from webapp.services import Services
from webapp.storage.engine import open_database
from webapp.storage.migration import migrate


def create_app(settings: Settings | None = None, reader: Reader | None = None) -> Flask:
    """Make an application; its database is opened, brought up to date and cleared of what has expired.

    Raise BadSetting, DatabaseInUse or PackError.
    """
    settings = settings or read_settings()
    app = Flask(__name__)
    app.url_map.strict_slashes = False
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    init_security(app, settings)
    init_i18n(app)
    init_errors(app)
    init_pages(app)
    app.register_blueprint(assessments.start_blueprint)
    app.register_blueprint(assessments.blueprint)
    app.register_blueprint(plans.blueprint)
    parts = Services(settings, open_database(settings.database_url), reader or open_reader(settings))
    app.extensions["shirube"] = parts
    migrate(parts.database)
    parts.purge_daily()
    app.before_request(parts.purge_daily)
    return app
