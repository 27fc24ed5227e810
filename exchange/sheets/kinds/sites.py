"""Sites of one's own firm: one row each, by the firm's own code."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chain.firms.bulk import Change, SiteRecord, add_sites, change_sites, check_site
from chain.firms.decisions import check_standing
from chain.firms.verbs import KEEPERS
from exchange.sheets import reads
from exchange.sheets.columns import Column, Holds
from exchange.sheets.judging import Action, Judged, Kind, need_for_new
from exchange.sheets.kinds.parts import PREFECTURE_CHOICES, compared
from exchange.sheets.tables import SheetKind
from kernel.access import Actor
from kernel.errors import DomainError, Invalid
from kernel.work import UnitOfWork

COLUMNS = (
    Column("code", "场所代码", "Site code", Holds.CODE, "01", "本单位自定的代码，最多 40 个字符；已有的代码表示更新",
           "Your own code, at most 40 characters; one you have already is updated", key=True, also=("代码", "工厂代码", "plant", "code")),
    Column("name", "场所名称", "Site name", Holds.TEXT, "苏州一厂", "最多 80 个字符", "At most 80 characters", new=True,
           also=("名称", "name")),
    Column("prefecture", "设区市", "Prefecture", Holds.CHOICE, "苏州市", "市名或 GB/T 2260 代码，例如 320500",
           "Its name or its GB/T 2260 code, such as 320500", new=True, choices=PREFECTURE_CHOICES, also=("城市", "所在地", "city")),
    Column("address", "地址", "Address", Holds.TEXT, "工业园区星湖街 1 号", "最多 200 个字符", "At most 200 characters"),
)  # fmt: skip


def judge(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    known = {site.code: site for site in reads.own_sites(work, actor, open_only=False)}
    firm = reads.own_firm(work, actor)
    for judged in rows:
        v = judged.values
        judged.key, site = v["code"], known.get(v["code"])
        try:
            check_standing(firm)
            if site is None:
                _judge_new(judged)
            else:
                _judge_known(judged, site)
        except DomainError as refused:
            judged.refuse_by(refused, {})


def _judge_new(judged: Judged) -> None:
    if need_for_new(COLUMNS, judged):
        v = judged.values
        record = SiteRecord(v["name"], v["prefecture"], v["address"] or "")
        check_site(v["code"], record)
        judged.action, judged.plan = Action.CREATE, (v["code"], record)


def _judge_known(judged: Judged, site: Any) -> None:
    changed = compared(judged, site, "name", "prefecture", "address")
    if not changed:
        judged.action = Action.UNCHANGED
        return
    if site.closed_on is not None:
        raise Invalid(
            "code",
            f"this site was closed on {site.closed_on}; add a new one",
            f"该场所已于 {site.closed_on} 关闭；请另行添加",
        )
    record = SiteRecord(**{name: changed.get(name, getattr(site, name)) for name in ("name", "prefecture", "address")})
    check_site(site.code, record)
    judged.action, judged.plan = Action.UPDATE, (Change(site.id, site.version, tuple(changed)), record)


def write(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    assert actor.party_id is not None
    add_sites(work, actor, actor.party_id, [judged.plan for judged in rows if judged.action is Action.CREATE])
    change_sites(work, actor, [judged.plan for judged in rows if judged.action is Action.UPDATE])


def rows(work: UnitOfWork, actor: Actor) -> Iterator[Mapping[str, Any]]:
    """The open sites of one's own firm."""
    for site in reads.own_sites(work, actor, open_only=True):
        yield {"code": site.code, "name": site.name, "prefecture": site.prefecture, "address": site.address}


SITES = Kind(
    SheetKind.SITES, "场所", "sites", COLUMNS, KEEPERS, judge, write, reads.sites_stamp, rows,
    (
        {"code": "01", "name": "苏州一厂", "prefecture": "苏州市", "address": "工业园区星湖街 1 号"},
        {"code": "02", "name": "南通仓库", "prefecture": "320600"},
    ), most=10_000,
)  # fmt: skip
