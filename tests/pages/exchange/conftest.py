"""The real app on the seated cast, by Flask's client or in a browser."""

from tests.pages.firms.conftest import demo_app, site, visitor

__all__ = ["demo_app", "site", "visitor"]
