"""The demo cast on the sign-in page and in the strip on top: who sits where, and what is there to find."""

import orjson
from flask import current_app
from flask_babel import pgettext

from api.context import PersonDoor
from api.run import run
from api.schema import schema
from api.stored import operation
from kernel.access import ROLE_WORDS, SYSTEM, Role
from kernel.accounts.tables import Person
from kernel.accounts.visibility import people_visible_to
from kernel.work import unit_of_work
from web.frame import Seat

MOST_SEATS = 14
"""The cast of the demo chain; its other firms are not offered."""


def seats() -> tuple[Seat, ...]:
    """One seat for each member of the cast. Found once a process: the cast of a planted chain does not change."""
    found = current_app.extensions.setdefault("demo seats", [])
    if not found:
        with unit_of_work(writes=False) as work:
            people = work.all(people_visible_to(SYSTEM).order_by("id").limit(MOST_SEATS))
        found.extend((p, _firm(p)) for p in people)
    return tuple(Seat(p.email, firm or p.name, duty(p.email, p.roles)) for p, firm in found)


def _firm(person: Person) -> str:
    answer = run(schema, operation("viewer"), {}, None, PersonDoor(person, "zh"), may_write=False, idempotency_key=None)
    firm = orjson.loads(answer.body)["data"]["viewer"]["firm"]
    return firm["name"] if firm else ""


def duty(email: str, roles: str) -> str:
    """What this seat can show, in the page's language."""
    words = {
        "buyer@longteng.example": pgettext("seat", "链主采购：下订单，对答复作决定，验收交付"),
        "planner@longteng.example": pgettext("seat", "链主计划：清点到货，登记收货"),
        "quality@longteng.example": pgettext("seat", "链主质量：审核随货资料"),
        "sales@longteng.example": pgettext("seat", "链主销售：答复经销商的订单"),
        "lead@longteng.example": pgettext("seat", "链主采购主管：审批，管理公开范围"),
        "sales@gearworks.example": pgettext("seat", "小型供应商：答复订单、发货、交资料"),
        "sales@rival.example": pgettext("seat", "与精齿竞争：看不到对方的任何一笔交易"),
        "sales@bearing.example": pgettext("seat", "二级供应商：同时供货给两家竞争对手"),
        "sales@steel.example": pgettext("seat", "三级供应商：特种钢材"),
        "dealer@yangtze.example": pgettext("seat", "下游经销商：向链主采购机器人"),
        "dispatch@swift.example": pgettext("seat", "承运商"),
        "official@jiangsu.example": pgettext("seat", "省级主管部门：看链图，只有汇总数字"),
        "official@suzhou.example": pgettext("seat", "苏州市主管部门：只看本市汇总数字"),
        "operator@chainmaster.example": pgettext("seat", "平台运营：看系统运行，看不到交易"),
    }
    return str(words.get(email) or "、".join(ROLE_WORDS[Role(role)] for role in roles.split()))
