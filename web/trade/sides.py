"""On which side of its trade a firm reads a list."""

from flask import request

from web.ask import ask


def side_asked() -> str:
    """As asked for; else as who sells, where that is the reader's duty."""
    given = request.args.get("side", "")
    if given in ("BUYER", "SELLER"):
        return given
    return "SELLER" if "SALES" in ask("viewer")["viewer"]["roles"] else "BUYER"
