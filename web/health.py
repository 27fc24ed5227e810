"""For the machines that watch over us: alive, ready, figures."""

from flask import Blueprint, Response, jsonify

from kernel import health
from kernel.settings import Settings


def blueprint(settings: Settings) -> Blueprint:
    made = Blueprint("health", __name__)

    @made.get("/healthz")
    def alive() -> Response:
        """This process answers; nothing else is asked."""
        return Response("ok\n", mimetype="text/plain")

    @made.get("/readyz")
    def ready() -> tuple[Response, int]:
        """200 when work can be taken; else 503 and what is wrong."""
        problems = health.readiness(settings)
        told = [{"part": p.part, "en": p.en, "zh": p.zh} for p in problems]
        return jsonify(ready=not problems, problems=told), 503 if problems else 200

    @made.get("/metrics")
    def metrics() -> Response:
        return Response(health.metrics(settings), content_type="text/plain; version=0.0.4; charset=utf-8")

    return made
