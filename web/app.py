"""The Flask app: everything that is served, under one set of headers and limits."""

from collections.abc import Callable

from flask import Blueprint, Flask, request

from api import http
from api.context import RequestDoor
from api.schema import schema
from kernel.boot import boot
from kernel.settings import Settings
from web import files, guards, health, pages

LARGEST_BODY_BYTES = 1024 * 1024
"""For everything but uploads, which are capped by what was declared."""


def graphql_door(settings: Settings) -> Blueprint:
    return http.blueprint(schema, lambda: RequestDoor(request, settings.public_url))


BLUEPRINTS: tuple[Callable[[Settings], Blueprint], ...] = (
    health.blueprint,  # /healthz /readyz /metrics
    files.blueprint,  # /uploads/... /files/...
    graphql_door,  # /graphql
)
"""Each is made from the settings. The pages stand in pages.py."""


def create_app(settings: Settings) -> Flask:
    boot(settings)
    app = Flask("web")
    app.config.update(SECRET_KEY=settings.secret, MAX_CONTENT_LENGTH=LARGEST_BODY_BYTES, SETTINGS=settings)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    guards.set_up(app, secure=settings.public_url.startswith("https://"))
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint(settings))
    pages.set_up(app)
    return app
