"""The firm's chains beside one another: how each leans on whom, and whom it meets in more than one."""

from flask import Blueprint, render_template

from kernel.errors import NotFound
from web.ask import ask
from web.chains.resilience import called


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/chains/side-by-side", "side_by_side", side_by_side)


def side_by_side() -> str:
    """Raises NotFound for officials, who read published tables."""
    found = ask("chains_side_by_side")["chainsSideBySide"]
    if found is None:
        raise NotFound
    return render_template("chains/side_by_side.html", chains=found["chains"], shared=found["shared"], called=called)
