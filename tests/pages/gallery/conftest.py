"""A gallery of the house's parts with invented figures: base, forms, answer rows, map, graph. No product behind it."""

from pathlib import Path

import pytest
from flask import Flask, abort, render_template, request
from jinja2 import ChoiceLoader, FileSystemLoader

from tests.pages.gallery.sample import FIGURES, FIRMS, LINES, LINKS, STAGES
from web import guards
from web.drawings.firm_graph import firm_graph
from web.drawings.prefectures import jiangsu
from web.frame import WEB, Frame, Person, Seat, dress

HERE = Path(__file__).parent
SEATS = (
    Seat("buyer@longteng.example", "龙腾智能装备", "下单、对答复作决定、验收"),
    Seat("sales@gearworks.example", "苏州精齿传动", "3 行订单待答复"),
    Seat("sales@rival.example", "无锡锐驰减速机", "与精齿竞争，看不到对方的任何订单"),
    Seat("official@jiangsu.example", "江苏省工信厅", "看链图，看不到任何一笔交易"),
)
REFUSALS = [
    {"code": "INVALID", "message": "数量必须大于零", "fields": ["lines.2.quantity"], "rule": None},
    {
        "code": "INVALID",
        "message": "修改日期要选一个原因",
        "fields": ["lines.2.reason"],
        "rule": "LINE_CHANGE_NEEDS_REASON",
    },
    {"code": "STALE", "message": "您阅读期间内容已变更，请重新查看后再操作", "fields": [], "rule": None},
]


@pytest.fixture(scope="session")
def gallery() -> Flask:
    """Not called `app`: pytest-flask would then hold one context open, and all requests of a test would share its language."""
    gallery = Flask("gallery", static_folder=str(WEB / "static"), template_folder=str(HERE / "templates"))
    gallery.jinja_loader = ChoiceLoader([FileSystemLoader(HERE / "templates"), FileSystemLoader(WEB / "templates")])
    guards.set_up(gallery, secure=False)
    person = Person("sales@gearworks.example", "苏州精齿传动", "supplier")
    dress(gallery, lambda: Frame(person, SEATS, "sample-token"))
    states = {str(line["number"]): "OPEN" for line in LINES}

    def lines():
        return [{**line, "state": states[str(line["number"])]} for line in LINES]

    gallery.add_url_rule(
        "/orders", "order", lambda: render_template("order.html", lines=lines(), as_of="2026-11-24T03:20:00Z")
    )
    gallery.add_url_rule(
        "/form", "form", lambda: render_template("form.html", errors=REFUSALS if request.args.get("wrong") else [])
    )

    @gallery.post("/orders/<number>")
    def answer(number):
        if request.form["token"] != "sample-token":
            abort(403)
        states[number] = request.form["verb"]
        changed = next(line for line in lines() if str(line["number"]) == number)
        return render_template("_line.html", line=changed)

    @gallery.get("/chains")
    def chain():
        firms = request.args.get("firms", len(FIRMS), type=int)
        chosen = FIRMS[:firms]
        drawn = firm_graph(chosen, LINKS, stage_names=STAGES)
        return render_template(
            "chain.html", chart=jiangsu(), figures=FIGURES, graph=drawn, as_of="2026-11-24T03:20:00Z"
        )

    gallery.add_url_rule("/firms/<id>", "firm", lambda id: f"<h2>{next(f.label for f in FIRMS if f.id == id)}</h2>")
    return gallery


@pytest.fixture(scope="session")
def site(serve, gallery) -> str:
    return serve(gallery)
