"""The plan on screen and its downloads."""

from webapp.plans.views import blueprint

__all__ = ["blueprint"]
