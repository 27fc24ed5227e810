"""What tests read from a page, and how they see that nothing happened."""

import re
from html import unescape

from sqlalchemy import func, select

from kernel.access import SYSTEM, unscoped
from kernel.tables import Event as Fact
from kernel.work import unit_of_work

MADE_UP = "AAAAAAAAAAAAAAAAAAAAAA"
"""Looks like an id and is none."""


def facts() -> int:
    with unit_of_work(SYSTEM, writes=False) as work, unscoped("a test counts what happened"):
        return work.session.execute(select(func.count()).select_from(Fact)).scalar_one()


def words(html: str) -> str:
    """What a page says, without its tags."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def table(html: str) -> dict[str, list[str]]:
    """The rows of the first matrix of a page: prefecture -> its cells."""
    body = html.split('class="dense matrix"')[1].split("</table>")[0]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", body, re.S)
    return {
        words(head).strip(): [words(c).strip() for c in re.findall(r"<td.*?</td>", cells, re.S)] for head, cells in rows
    }
