"""Firms: one row each, by unified social credit code. The operator takes them in; others give out those they may know."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import col

from chain.firms.bulk import Change, FirmRecord, change_firms, check_firm, register_firms
from chain.firms.decisions import check_standing, checked_code
from chain.firms.tables import Firm, FirmRole
from chain.firms.visibility import firms_visible_to
from exchange.sheets import reads
from exchange.sheets.columns import Choice, Column, Holds
from exchange.sheets.judging import Action, Judged, Kind, need_for_new
from exchange.sheets.kinds.parts import PREFECTURE_CHOICES, compared, note_given
from exchange.sheets.tables import SheetKind
from kernel.access import Actor, Role
from kernel.bulk import portions
from kernel.errors import DomainError
from kernel.work import UnitOfWork

FIELDS = {"nameEn": "name_en"}
ROLE_CHOICES = (
    Choice("chain_master", ("链主", "chain master")), Choice("supplier", ("供应商", "supplier", "供应方")),
    Choice("dealer", ("经销商", "dealer", "渠道商")), Choice("carrier", ("物流商", "carrier", "承运商")),
)  # fmt: skip
COLUMNS = (
    Column("code", "统一社会信用代码", "Credit code", Holds.CODE, "91320000MADEM0901G", "18 位，请设为文本格式；已有的代码表示更新",
           "18 characters, as text; a registered one is updated", key=True, fold=True, also=("信用代码", "税号", "uscc", "unified social credit code")),
    Column("name", "企业名称", "Firm", Holds.TEXT, "苏州精密轴承有限公司", "登记全称，最多 120 个字符", "Registered name, at most 120 characters", new=True,
           also=("名称", "公司名称", "name", "company")),
    Column("role", "企业类型", "Role", Holds.CHOICE, "供应商", "链主、供应商、经销商、物流商；登记后不能更改",
           "chain master, supplier, dealer or carrier; stays as registered", new=True, choices=ROLE_CHOICES, also=("类型", "角色")),
    Column("prefecture", "设区市", "Prefecture", Holds.CHOICE, "苏州市", "市名或 GB/T 2260 代码", "Its name or its GB/T 2260 code", new=True,
           choices=PREFECTURE_CHOICES, also=("城市", "所在地", "city")),
    Column("name_en", "英文名称", "English name", Holds.TEXT, "Suzhou Precision Bearing Co., Ltd.", "最多 120 个字符", "At most 120 characters"),
    Column("makes", "主营产品", "What it makes", Holds.TEXT, "精密轴承", "最多 400 个字符", "At most 400 characters", also=("产品", "products")),
)  # fmt: skip


def judge(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    good = []
    for judged in rows:
        try:
            judged.key = checked_code(judged.values["code"])
            good.append(judged)
        except DomainError as refused:
            judged.refuse_by(refused, {})
    known = _by_code(work, actor, {str(judged.key) for judged in good})
    for judged in good:
        firm = known.get(str(judged.key))
        try:
            if firm is None:
                _judge_new(judged)
            else:
                _judge_known(judged, firm)
        except DomainError as refused:
            judged.refuse_by(refused, FIELDS)


def _by_code(work: UnitOfWork, actor: Actor, codes: set[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in portions(codes):
        found |= {firm.code: firm for firm in work.rows(firms_visible_to(actor).where(col(Firm.code).in_(part)))}
    return found


def _judge_new(judged: Judged) -> None:
    if need_for_new(COLUMNS, judged):
        v = judged.values
        record = FirmRecord(v["name"], FirmRole(v["role"]), v["prefecture"], v["name_en"] or "", v["makes"] or "")
        check_firm(record)
        judged.action, judged.plan = Action.CREATE, (str(judged.key), record)


def _judge_known(judged: Judged, firm: Any) -> None:
    v = judged.values
    if v["role"] is not None and FirmRole(v["role"]) is not firm.role:
        judged.refuse(
            "role",
            "a firm's role stays as registered",
            "企业类型登记后不能更改",
            "leave the cell empty",
            "请清空该单元格",
        )
    changed = compared(judged, firm, "name", "prefecture", "name_en", "makes")
    if not changed:
        judged.action = Action.UNCHANGED
        return
    check_standing(firm)
    record = FirmRecord(
        role=firm.role, **{n: changed.get(n, getattr(firm, n)) for n in ("name", "prefecture", "name_en", "makes")}
    )
    check_firm(record)
    judged.action, judged.plan = Action.UPDATE, (Change(firm.id, firm.version, tuple(changed)), record)


def write(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    register_firms(work, actor, [judged.plan for judged in rows if judged.action is Action.CREATE])
    change_firms(work, actor, [judged.plan for judged in rows if judged.action is Action.UPDATE])


def rows(work: UnitOfWork, actor: Actor) -> Iterator[Mapping[str, Any]]:
    """The firms one may know of, duplicates that were merged left out."""
    about: Counter[int] = Counter()
    for firm in reads.in_portions(work, firms_visible_to(actor).where(col(Firm.merged_into_id).is_(None)), Firm):
        about[firm.id] += 1
        yield {
            "code": firm.code, "name": firm.name, "role": firm.role.value, "prefecture": firm.prefecture,
            "name_en": firm.name_en, "makes": firm.makes,
        }  # fmt: skip
    note_given(work, actor, SheetKind.FIRMS, about)


FIRMS = Kind(
    SheetKind.FIRMS, "企业", "firms", COLUMNS, (Role.OPERATOR,), judge, write, reads.firms_stamp, rows,
    (
        {"code": "91320000MADEM0901G", "name": "苏州示例轴承有限公司", "role": "供应商", "prefecture": "苏州市", "makes": "精密轴承"},
        {"code": "91320000MADEM0902K", "name": "南通示例特钢有限公司", "role": "供应商", "prefecture": "320600"},
    ), most=20_000,
)  # fmt: skip
