"""Lists to choose from in a form."""

from typing import Any

from web.ask import ask
from web.trade.entering import Values

MOST, PAGES = 100, 5


def all_of(listed: str) -> list[dict[str, Any]]:
    """The first five hundred of a list."""
    found, after = list[dict[str, Any]](), None
    for _page_number in range(PAGES):
        page = ask(listed, first=MOST, after=after)[listed]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    return found


def partners(own: str) -> list[dict[str, Any]]:
    """Firms one knows, but for one's own."""
    return [firm for firm in all_of("firms") if firm["id"] != own]


def ticked(values: Values) -> list[str]:
    """The firms whose boxes a form sent back: each box is named ``to.`` and the firm's id."""
    return [name.removeprefix("to.") for name in values if name.startswith("to.")]
