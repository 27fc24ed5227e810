"""Sharing said in sentences: who sees what of whose, until when."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext

from web.formats import day, quantity

Row = dict[str, Any]
FIELD_CLASSES = ("CAPACITY", "PRICE", "COST", "IDENTITY")
LEVELS = ("BAND", "EXACT", "NONE")
STATED = ("MONTHLY_CAPACITY", "LIST_PRICE", "UNIT_COST")
ALLOCATED = ("STOCK", "PLANNED_OUTPUT", "DAYS_OF_SUPPLY")


def field_class(code: str) -> str:
    words = {
        "PRICE": pgettext("field class", "报价"), "COST": pgettext("field class", "成本"),
        "IDENTITY": pgettext("field class", "代号背后的名称"), "DRAWING": pgettext("field class", "图纸"),
        "CAPACITY": pgettext("field class", "月产能"),
    }  # fmt: skip
    return str(words.get(code, code))


def level(code: str) -> str:
    words = {
        "NONE": pgettext("level", "不可见（作为例外）"), "BAND": pgettext("level", "所在区间"),
        "EXACT": pgettext("level", "准确内容"),
    }  # fmt: skip
    return str(words.get(code, code))


def scope(code: str) -> str:
    words = {
        "ALL": pgettext("grant scope", "全部物料"), "CHAIN": pgettext("grant scope", "一条产业链的物料"),
        "ITEM": pgettext("grant scope", "一个物料"), "LINK": pgettext("grant scope", "一条供应关系"),
    }  # fmt: skip
    return str(words.get(code, code))


def stated(code: str) -> str:
    words = {
        "LIST_PRICE": pgettext("stated figure", "报价"), "UNIT_COST": pgettext("stated figure", "单位成本"),
        "MONTHLY_CAPACITY": pgettext("stated figure", "月产能"),
    }  # fmt: skip
    return str(words.get(code, code))


def allocated(code: str) -> str:
    words = {
        "STOCK": pgettext("allocated figure", "库存"), "PLANNED_OUTPUT": pgettext("allocated figure", "计划产出"),
        "DAYS_OF_SUPPLY": pgettext("allocated figure", "可供天数"),
    }  # fmt: skip
    return str(words.get(code, code))


def terms_state(code: str) -> str:
    words = {
        "PROPOSED": pgettext("terms state", "等待接受"), "ACCEPTED": pgettext("terms state", "双方已接受"),
        "DECLINED": pgettext("terms state", "未被接受"), "WITHDRAWN": pgettext("terms state", "已撤回"),
    }  # fmt: skip
    return str(words.get(code, code))


def reach(given: Row) -> str:
    """What a grant reaches, in words."""
    if given["scope"] == "CHAIN" and given["chain"]:
        return str(_("“%(chain)s”的物料", chain=given["chain"]["name"]))
    if given["scope"] in ("ITEM", "LINK"):
        item = given["item"]
        named = item_told(item) if item else pgettext("grant scope", "一个物料")
        return str(_("%(item)s（限一条供应关系）", item=named)) if given["scope"] == "LINK" else str(named)
    return scope(given["scope"])


def granted(given: Row, mine: str) -> str:
    """A grant as a sentence, for the firm ``mine``."""
    told = {
        "viewer": _name(given["viewer"], mine), "owner": _name(given["owner"], mine), "of": reach(given),
        "what": field_class(given["fieldClass"]), "day": _day(given["until"]),
    }  # fmt: skip
    if given["fieldClass"] == "IDENTITY":
        if given["level"] == "NONE":
            return str(_("%(viewer)s 看不到 %(owner)s 在代号背后的名称（例外），至 %(day)s", **told))
        return str(_("%(viewer)s 可看到 %(owner)s 在代号背后的名称，至 %(day)s", **told))
    if given["level"] == "NONE":
        return str(_("%(viewer)s 看不到 %(owner)s 的%(what)s：%(of)s（例外），至 %(day)s", **told))
    if given["level"] == "BAND":
        return str(_("%(viewer)s 可看到 %(owner)s 的%(what)s所在区间：%(of)s，至 %(day)s", **told))
    return str(_("%(viewer)s 可看到 %(owner)s 的准确%(what)s：%(of)s，至 %(day)s", **told))


def disclosed(given: Row, mine: str, chains: dict[str, str]) -> str:
    """A disclosure of links as a sentence."""
    return str(_(
        "%(viewer)s 可看到 %(owner)s 在“%(chain)s”的上游供应关系（对方为代号），至 %(day)s",
        viewer=_name(given["viewer"], mine), owner=_name(given["owner"], mine),
        chain=chains.get(given["chainId"], ""), day=_day(given["until"]),
    ))  # fmt: skip


def set_apart(figure: Row) -> str:
    """An allocated figure in a few words, said beneath the name of who sees it."""
    told = {
        "item": figure["item"]["number"] if figure["item"] else "", "what": allocated(figure["kind"]),
        "quantity": quantity(figure["quantity"]), "day": _day(figure["asOf"]),
    }  # fmt: skip
    if figure["fromOn"]:
        span = {"first": _day(figure["fromOn"]), "last": _day(figure["toOn"])}
        return str(_("%(item)s %(what)s %(quantity)s，%(first)s 至 %(last)s（%(day)s 的数据）", **told, **span))
    return str(_("%(item)s %(what)s %(quantity)s（%(day)s 的数据）", **told))


def shown(figure: Row) -> str:
    """A shared figure: the number or its band, with its unit."""
    if figure["__typename"] == "ExactFigure":
        return quantity({"value": figure["value"], "unit": figure["unit"]})
    low, high = ({"value": figure[end], "unit": figure["unit"]} for end in ("low", "high"))
    if Decimal(figure["high"]) == 0:
        return str(pgettext("band", "0"))
    return str(_("%(low)s 以上，不足 %(high)s", low=quantity(low), high=quantity(high)))


def item_told(item: Row) -> str:
    """Number and name, the number once where the name begins with it."""
    number, name = str(item["number"]), str(item["name"])
    return name if name.startswith(number) else f"{number} {name}"


def _day(value: str) -> str:
    """A day that no line of text breaks in two."""
    return day(value).replace("-", "\N{NON-BREAKING HYPHEN}")


def _name(firm: Row | None, mine: str) -> str:
    if firm is None:
        return str(pgettext("firm", "某企业（代号）"))
    return str(pgettext("firm", "贵公司")) if firm["id"] == mine else str(firm["name"])
