"""The scenario desk: shocks put together in the address of the page, run without and with further sources, kept nowhere."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import pgettext
from werkzeug.wrappers import Response

from api.types.firms import prefecture_name
from kernel import clock
from kernel.errors import DomainError, NotFound
from web import seated
from web.ask import ask
from web.chains import backup_words
from web.chains.resilience import called
from web.firms.words import PREFECTURES

MOST_SHOWN = 50
SHOCK = ("kind", "firm", "stageIds", "prefectures", "origin", "destination", "left", "delayDays", "first", "last")
SOURCE = ("linkId", "share", "readyOn", "rampDays")
KEPT = ("bare", "days", "shock", "source")
BREAK = "|"


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/chains/<chain_id>/scenario", "scenario", scenario)


def scenario(chain_id: str) -> Response | str:
    """A form adds one shock or source to the address; the address alone is what is run. Raises NotFound for officials."""
    added = _added()
    if added is not None:
        return redirect(f"/chains/{chain_id}/scenario?{urlencode(added)}", 303)
    desk = ask("scenario_desk", chainId=chain_id)
    if desk["resilience"] is None:
        raise NotFound
    shocks = [_read(one, SHOCK) for one in _given("shock")]
    sources = [_read(one, SOURCE) for one in _given("source")]
    found, errors = _run(chain_id, shocks, sources) if shocks else (None, [])
    options = _options(desk)
    names = _names(options)
    return render_template(
        "chains/scenario.html", chain=desk["resilience"]["chain"], as_of_day=desk["resilience"]["asOf"],
        links_seen=desk["resilience"]["linksSeen"], options=options, shocks=[_told(one, names) for one in shocks], sources=[_told_source(one, names) for one in sources],
        found=found, errors=errors, called=called, kinds=kinds(), today=clock.today_of(clock.now()),
        without=_without, days=request.args.get("days", ""), most_shown=MOST_SHOWN, line=line, words=backup_words,
        noted=desk["backupSources"]["nodes"], bare=_bare(),
    )  # fmt: skip


def kinds() -> dict[str, str]:
    return {
        "FIRM_DOWN": pgettext("shock", "企业停产"), "PREFECTURE_DOWN": pgettext("shock", "设区市停产"),
        "STAGE_CUT": pgettext("shock", "环节减产"), "POWER_RATIONING": pgettext("shock", "限电"),
        "SUPPLY_STOP": pgettext("shock", "来源地断供"), "LANE_DELAY": pgettext("shock", "运输延误"),
    }  # fmt: skip


def line(values: list[float], most: float) -> str:
    """The points of a line over a field of 600 by 120, one for each day."""
    step = 600 / max(len(values) - 1, 1)
    return " ".join(f"{n * step:.1f},{120 - 118 * value / (most or 1):.1f}" for n, value in enumerate(values))


def _added() -> list[tuple[str, str]] | None:
    """The address with what a form adds to it; None where no form was sent."""
    kept = [(name, value) for name in KEPT for value in _given(name)]
    kind, link = request.args.get("kind"), request.args.get("linkId")
    if kind:
        values = [kind, *(request.args.get(f"{kind}.{field}", "") for field in SHOCK[1:])]
        return [*kept, ("shock", _spelled(values))]
    if link:
        return [*kept, ("source", _spelled([link, *(request.args.get(field, "") for field in SOURCE[1:])]))]
    return None


def _bare() -> bool:
    """The firm's own backup sources are left out."""
    return request.args.get("bare") == "1"


def _spelled(values: list[str]) -> str:
    return BREAK.join(value.replace(BREAK, " ").strip() for value in values)


def _given(name: str) -> list[str]:
    return [value for value in request.args.getlist(name) if value]


def _without(word: str, number: int) -> str:
    """The address without one shock or source."""
    kept = [
        (name, value) for name in KEPT
        for at, value in enumerate(_given(name)) if (name, at) != (word, number)
    ]  # fmt: skip
    return f"{request.path}?{urlencode(kept)}"


def _read(spelled: str, fields: tuple[str, ...]) -> dict[str, str]:
    parts = spelled.split(BREAK)
    return dict(zip(fields, [*parts, *[""] * len(fields)], strict=False))


def _run(chain_id: str, shocks: list[dict[str, str]], sources: list[dict[str, str]]) -> tuple[Any, list[Any]]:
    try:
        asked: dict[str, Any] = {
            "shocks": [_shock(one) for one in shocks],
            "sources": [_source(one) for one in sources],
            "withBackups": not _bare(),
        }
        if days := request.args.get("days"):
            asked["days"] = int(days)
        return ask("simulate", chainId=chain_id, input=asked)["simulate"], []
    except ValueError:
        return None, [{"message": _("天数和百分比请填数字，日期请填年-月-日"), "fields": [], "rule": None}]
    except DomainError as refused:
        return None, [{"message": str(refused), "fields": [], "rule": None, "code": refused.code}]


def _shock(one: Mapping[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": one["kind"], "first": one["first"] or str(clock.today_of(clock.now()))}
    made |= {name: one[name] for name in ("last", "firm", "origin", "destination") if one[name]}
    made |= {name: one[name].split(",") for name in ("stageIds", "prefectures") if one[name]}
    if one["left"]:
        made["left"] = float(one["left"]) / 100
    if one["delayDays"]:
        made["delayDays"] = int(one["delayDays"])
    return made


def _source(one: Mapping[str, str]) -> dict[str, Any]:
    ready = one["readyOn"] or str(clock.today_of(clock.now()) + timedelta(days=30))
    return {
        "linkId": one["linkId"], "share": float(one["share"] or 100) / 100, "readyOn": str(date.fromisoformat(ready)),
        "rampDays": int(one["rampDays"] or 0),
    }  # fmt: skip


def _options(desk: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """(value, word) of all that the forms can choose."""
    seen, links = desk["resilience"], desk["supplyLinks"]["nodes"]
    return {
        "firms": [(one["key"], called(one["firm"])) for one in seen["firms"]],
        "stages": [(stage["id"], stage["name"]) for stage in seen["chain"]["stages"]],
        "places": [(code, prefecture_name(code, seated.language())) for code in PREFECTURES],
        "links": [(k["id"], f"{k['supplier']['name']} · {k['item']['number']}") for k in links
                  if not k["endedOn"] and k["item"] and k["supplier"]],
    }  # fmt: skip


def _names(desk: Mapping[str, list[tuple[str, str]]]) -> dict[str, str]:
    """Every key, stage, prefecture and link of the desk by its word."""
    return {value: word for options in desk.values() for value, word in options}


def _told(one: Mapping[str, str], names: Mapping[str, str]) -> str:
    """A shock in words."""
    word = kinds().get(one["kind"], one["kind"])
    places = [*one["stageIds"].split(","), *one["prefectures"].split(","), one["firm"]]
    about = _("、").join(names.get(place, place) for place in places if place)
    if one["origin"] or one["destination"]:
        about = f"{names.get(one['origin'], one['origin'])} → {names.get(one['destination'], one['destination'])}"
    left = _("，剩 %(left)s%%", left=one["left"]) if one["left"] else ""
    late = _("，晚 %(days)s 天", days=one["delayDays"]) if one["delayDays"] else ""
    until = one["last"] or _("不定")
    return f"{word}{_('：')}{about}{left}{late}{_('，')}{one['first'] or _('今天')} – {until}"


def _told_source(one: Mapping[str, str], names: Mapping[str, str]) -> str:
    return str(_(
        "%(link)s：可供 %(share)s%%，%(day)s 起供，爬坡 %(ramp)s 天", link=names.get(one["linkId"], one["linkId"]),
        share=one["share"] or "100", day=one["readyOn"] or _("30 天后"), ramp=one["rampDays"] or "0",
    ))  # fmt: skip
