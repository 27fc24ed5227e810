"""Flat rows of a bill or of uses, as the branches a page folds and unfolds."""

from typing import Any


def nested(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a tree as branches: ``row`` and ``below``."""
    top: list[dict[str, Any]] = []
    path: list[dict[str, Any]] = []
    for row in rows:
        del path[row["level"] - 1 :]
        branch: dict[str, Any] = {"row": row, "below": []}
        (path[-1]["below"] if path else top).append(branch)
        path.append(branch)
    return top


def used(uses: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where an item is used, as branches."""
    branches: list[dict[str, Any]] = [{"row": use, "below": []} for use in uses]
    for branch in branches:
        under = branch["row"]["under"]
        if under is not None:
            branches[under]["below"].append(branch)
    return [branch for branch in branches if branch["row"]["under"] is None]
