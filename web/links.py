"""Addresses made from the request at hand, keeping its filters."""

from urllib.parse import urlencode

from flask import Request


def same_page(request: Request, **changed: str | None) -> str:
    """This page with some query arguments changed, None taking one away; an answer to a post keeps none."""
    kept = request.args.items(multi=True) if request.method in ("GET", "HEAD") else ()
    pairs = [(name, value) for name, value in kept if name not in changed]
    pairs += [(name, value) for name, value in changed.items() if value is not None]
    return f"{request.path}?{urlencode(pairs)}" if pairs else request.path
