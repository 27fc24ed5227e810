"""The decision form: the lines that wait for the buyer, and what of them is accepted, refused or cancelled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from kernel.quantities import plain
from web.formats import number
from web.trade.entering import Complaint, Values, complaint, day, figure

Answer = dict[str, Any]
CHOICES = ("ACCEPT", "REFUSE", "COUNTER", "CANCEL")


@dataclass(frozen=True)
class Waiting:
    """A line with the answer that waits; ``money``: how its value would change, in the order's currency."""

    line: Answer
    said: Answer
    money: Decimal
    added: bool


def waiting(order: Answer) -> Answer | None:
    """The answer that waits for the buyer; there is at most one."""
    return next((r for r in order["responses"] if r["state"] == "WAITING"), None)


def rows(order: Answer) -> list[Waiting]:
    response = waiting(order)
    lines = {line["id"]: line for line in order["lines"]}
    found = []
    for said in response["lines"] if response else ():
        if said["verdict"] == "WAITING":
            line = lines[said["line"]["id"]]
            added = said["answer"] == "ADDED"
            offered = Decimal(said["quantity"]) * Decimal(said["unitPrice"])
            asked = Decimal(0) if added else Decimal(line["quantity"]["value"]) * Decimal(line["unitPrice"])
            found.append(Waiting(line, said, offered - asked, added))
    return found


@dataclass
class Told:
    """The input of decideOnResponse, the form's own complaints, and where each part of it stands in the form."""

    input: Answer
    errors: list[Complaint] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def told(order: Answer, values: Values, *, version: int) -> Told:
    """``values["all"]`` is one decision for every line that waits and has none of its own."""
    response, every = waiting(order), values.get("all", "")
    made = Told({"responseId": response["id"] if response else "", "expectedVersion": version})
    decisions: list[Answer] = []
    for row in rows(order):
        at = f"d.{row.line['number']}"
        chosen = values.get(at) or every
        if chosen in CHOICES:
            place = f"decisions.{len(decisions)}"
            made.names |= {f"{place}.lineId": at, f"{place}.decision": at}
            terms = _counter(row, values, made, place) if chosen == "COUNTER" else {}
            decisions.append({"lineId": row.line["id"], "decision": chosen} | terms)
    made.input["decisions"] = decisions
    if response is None:
        gone = _("没有待决定的答复：已决定，或供应商给出了新的答复。请回到订单查看。")
        made.errors.append({"code": "NOT_ALLOWED_NOW", "message": gone, "fields": [], "rule": None})
    elif not decisions:
        first = rows(order)[0].line["number"]
        made.errors.append(complaint(f"d.{first}", _("请至少对一行作出决定")))
    return made


def _counter(row: Waiting, values: Values, made: Told, place: str) -> Answer:
    """What the buyer wants instead: quantity, price, one day; what is left empty stays as asked."""
    names = {part: f"c.{row.line['number']}.{part}" for part in ("quantity", "price", "day")}
    made.names |= {f"{place}.quantity": names["quantity"], f"{place}.unitPrice": names["price"]}
    made.names |= {f"{place}.schedules": names["day"], f"{place}.schedules.0.wantedOn": names["day"]}
    made.names |= {f"{place}.schedules.0.quantity": names["quantity"]}
    quantity, price = (figure(values, names[part], made.errors) for part in ("quantity", "price"))
    on = day(values, names["day"], made.errors)
    told: Answer = {"unitPrice": price} if price is not None else {}
    if on is not None:
        return told | {"schedules": [{"wantedOn": on, "quantity": quantity or row.line["quantity"]["value"]}]}
    return told | ({"quantity": quantity} if quantity is not None else {})


def difference_word(d: Mapping[str, Any], unit: str) -> str:
    """One difference in words."""
    amounts: dict[str, str] = {"unit": unit}
    if d["kind"] != "DAY":
        amounts |= {"asked": number(d["asked"]), "offered": number(d["offered"]), "percent": _signed(d["percent"])}
    words: dict[str, Callable[[], Any]] = {
        "DAY": lambda: f"{d['asked']} → {d['offered']}{_('，')}{_later(int(Decimal(d['difference'])))}",
        "QUANTITY": lambda: _("数量 %(asked)s → %(offered)s %(unit)s（%(percent)s）", **amounts),
        "PRICE": lambda: _("单价 %(asked)s → %(offered)s（%(percent)s）", **amounts),
        "BACKORDER": lambda: _("%(offered)s %(unit)s 以后再发，日期未定", **amounts),
        "ITEM": lambda: _("改供另一物料"),
        "VALUE": lambda: _("该行价值 %(offered)s", offered=amounts["offered"]),
    }
    return str(words[d["kind"]]())


def _later(days: int) -> str:
    if days < 0:
        return str(ngettext("早 %(num)d 天", "早 %(num)d 天", -days))
    return str(ngettext("晚 %(num)d 天", "晚 %(num)d 天", days))


def tolerance_word(d: Mapping[str, Any]) -> str:
    """What the pair tolerates of this kind of difference."""
    if d["kind"] in ("ITEM", "BACKORDER"):
        return str(_("容差规则不适用，须由人决定"))
    if d["kind"] == "VALUE":
        if d["most"] is None:
            return str(_("容差规则的价值上限为另一币种"))
        return str(_("容差规则只适用于价值不超过 %(most)s 的行", most=number(d["most"])))
    if d["most"] is None:
        return str(_("容差：数量最少 %(least)s，多不限", least=_signed(d["least"])))
    least, most = Decimal(d["least"]), Decimal(d["most"])
    if not least and not most:
        return str(_("未约定容差"))
    if d["kind"] == "DAY":
        return str(_("容差：最多早 %(early)s 天、晚 %(late)s 天", early=number(-least), late=number(most)))
    return str(_("容差：%(least)s 至 %(most)s", least=_signed(d["least"]), most=_signed(d["most"])))


def _signed(percent: str | None) -> str:
    if percent is None:
        return "—"
    value = Decimal(percent)
    return f"{'+' if value > 0 else ''}{number(plain(value))}%"


def decision_words() -> list[tuple[str, str, str]]:
    """(decision, word, key)."""
    words = (
        pgettext("decision", "接受"), pgettext("decision", "不接受"), pgettext("decision", "还价"),
        pgettext("decision", "取消该行"),
    )  # fmt: skip
    return [(code, str(word), key) for code, word, key in zip(CHOICES, words, "yxoc", strict=True)]
