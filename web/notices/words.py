"""Choices, codes and ways into the scenario desk of disruption notices, in the page's language."""

from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext as _
from flask_babel import pgettext

from kernel import clock

CAUSES = (
    "PRODUCTION_INCIDENT", "NATURAL_DISASTER", "LOGISTICS_DISRUPTION", "STRIKE", "PANDEMIC_OR_EPIDEMIC", "WAR", "OTHER",
)  # fmt: skip
EFFECTS = ("CAPACITY_REDUCED", "CAPACITY_INCREASED", "DEMAND_REDUCED", "DEMAND_INCREASED")
IMPACTS = ("NONE", "WATCH", "ACT")
OF_A_PLACE = frozenset({"NATURAL_DISASTER", "PANDEMIC_OR_EPIDEMIC", "WAR"})
"""Causes that may strike all of a prefecture."""


def cause(code: str) -> str:
    words = {
        "STRIKE": pgettext("cause", "罢工"), "NATURAL_DISASTER": pgettext("cause", "自然灾害"),
        "PRODUCTION_INCIDENT": pgettext("cause", "生产事故"), "PANDEMIC_OR_EPIDEMIC": pgettext("cause", "疫情"),
        "LOGISTICS_DISRUPTION": pgettext("cause", "物流中断"), "WAR": pgettext("cause", "战争"),
        "OTHER": pgettext("cause", "其他原因"),
    }  # fmt: skip
    return str(words.get(code, code))


def effect(code: str) -> str:
    words = {
        "DEMAND_REDUCED": pgettext("effect", "需求减少"), "DEMAND_INCREASED": pgettext("effect", "需求增加"),
        "CAPACITY_REDUCED": pgettext("effect", "产能减少"), "CAPACITY_INCREASED": pgettext("effect", "产能增加"),
    }  # fmt: skip
    return str(words.get(code, code))


def impact(code: str) -> str:
    words = {
        "NONE": pgettext("impact", "无影响"), "WATCH": pgettext("impact", "关注"), "ACT": pgettext("impact", "需行动"),
    }  # fmt: skip
    return str(words.get(code, code))


def state(code: str) -> str:
    words = {
        "DRAFT": pgettext("notice state", "草稿"), "OPEN": pgettext("notice state", "生效中"),
        "RESOLVED": pgettext("notice state", "已解除"),
    }  # fmt: skip
    return str(words.get(code, code))


def receipt(code: str) -> str:
    words = {
        "UNREAD": pgettext("receipt", "未阅"), "READ": pgettext("receipt", "已阅"), "ASSESSED": pgettext("receipt", "已评估"),
    }  # fmt: skip
    return str(words.get(code, code))


def shade(code: str) -> str:
    """How a state of a notice or a receipt is marked."""
    return {"OPEN": "warn", "RESOLVED": "ok", "UNREAD": "warn", "ASSESSED": "ok"}.get(code, "open")


def title(notice: dict[str, Any]) -> str:
    return str(_("%(cause)s：%(effect)s", cause=cause(notice["cause"]), effect=effect(notice["effect"])))


def sender(notice: dict[str, Any]) -> str:
    return str(notice["sender"]["name"] if notice["sender"] else _("往来单位"))


def trials(notice: dict[str, Any], chains: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """(address, word) of each shock a notice is, put into the scenario desk of each chain: for the reader to run or not."""
    last, today = notice["expectedEndOn"] or "", str(clock.today_of(clock.now()))
    if (
        notice["effect"] != "CAPACITY_REDUCED"
        or not notice["sender"]
        or notice["state"] == "RESOLVED"
        or (last and last < today)
    ):
        return []
    days = ["", max(notice["startsOn"], today), last]
    left = "" if notice["leftPercent"] is None else str(notice["leftPercent"])
    found = [
        (
            ["FIRM_DOWN", notice["sender"]["id"], "", "", "", "", left, *days],
            _("%(firm)s 停产或减产", firm=sender(notice)),
        )
    ]
    if notice["cause"] in OF_A_PLACE:
        places = {site["prefecture"]: site["prefectureName"] for site in notice["sites"]}
        found += [
            (["PREFECTURE_DOWN", "", "", code, "", "", left, *days], _("%(place)s全市停产", place=name))
            for code, name in places.items()
        ]
    return [
        (f"/chains/{chain['id']}/scenario?{urlencode({'shock': '|'.join(shock)})}", f"{word} · {chain['name']}")
        for chain in chains for shock, word in found
    ]  # fmt: skip


def asking(notice: dict[str, Any]) -> str:
    """The address of a data request to the sender, with this notice as its reason."""
    item = notice["items"][0]["item"] if notice["items"] else None
    reason = _("%(sender)s的中断通知：%(title)s", sender=sender(notice), title=title(notice))
    known = {
        "to": notice["sender"]["id"],
        "notice": notice["id"],
        "reason": reason,
        "item": f"{item['number']} {item['name']}" if item else "",
    }
    return f"/requests/new?{urlencode(known)}"
