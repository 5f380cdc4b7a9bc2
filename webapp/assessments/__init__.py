"""The guided questionnaire behind a private link."""

from webapp.assessments.start import blueprint as start_blueprint
from webapp.assessments.views import blueprint

__all__ = ["blueprint", "start_blueprint"]
