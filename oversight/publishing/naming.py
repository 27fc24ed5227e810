"""Which firms that consent may be named to officials, so that the figures tell of one or two of the others in no way. Pure.

What is decided follows from what officials read already, the figures and the names, so that a name that is missing says
nothing (decision 0034).
"""

from collections.abc import Mapping, Sequence

from oversight.publishing.decisions import Picture, grouped, is_silent, tells_places


def nameable(
    history: Sequence[Picture], *, ever: frozenset[int], shown: Mapping[int, str], waiting: Sequence[tuple[int, str]]
) -> list[int]:
    """Who of the waiting is named now: each that may be in its turn, and else all together where that leaves nobody.

    history: all that was published of firms of the stage, oldest first; empty or ending with nothing where it is thin.
    ever: firms named at the stage at any time. shown: firm -> place of those named now. waiting: the same, in turn.
    """
    now, known, found = dict(shown), set(ever), list[int]()
    for firm, place in waiting:
        if may_be_named(history, ever=frozenset(known | {firm}), shown=now | {firm: place}):
            known.add(firm)
            now[firm] = place
            found.append(firm)
    left = {firm: place for firm, place in waiting if firm not in now}
    if len(left) > 1 and may_be_named(history, ever=frozenset(known | left.keys()), shown=now | left):
        found += left
    return found


def may_be_named(history: Sequence[Picture], *, ever: frozenset[int], shown: Mapping[int, str]) -> bool:
    """Whether officials may know these names beside all that was published."""
    told = {group.tokens for picture in history for group in picture}
    if not is_silent(told, ever) or any(tells_places(picture, ever) for picture in history):
        return False
    return bool(history and history[-1]) or not shown or _could_be_all(shown)


def _could_be_all(shown: Mapping[int, str]) -> bool:
    """Whether a stage of these firms alone would be as silent: then nobody can tell that there is another."""
    at: dict[str, dict[int, float]] = {}
    for firm, place in shown.items():
        at.setdefault(place, {})[firm] = 1.0
    return not grouped(at)
