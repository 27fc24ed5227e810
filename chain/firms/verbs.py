"""Register a firm, draw a chain, join a stage."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from chain.firms.decisions import PREFECTURES, is_credit_code
from chain.firms.events import ChainDrawn, FirmRegistered, StageJoined
from chain.firms.tables import Chain, Firm, FirmRole, Stage, StageMember
from chain.firms.visibility import firms_visible_to, stages_visible_to
from kernel.access import Actor, Role, require, unscoped
from kernel.errors import Invalid
from kernel.work import UnitOfWork


def register_firm(work: UnitOfWork, actor: Actor, *, name: str, code: str, role: FirmRole, prefecture: str) -> Firm:
    """Register a legal entity by its unified social credit code. Raises Invalid("code" or "prefecture")."""
    require(actor, Role.OPERATOR, Role.SYSTEM)
    if not is_credit_code(code):
        raise Invalid(
            "code",
            "this is no unified social credit code: its 18 characters do not check",
            "统一社会信用代码有误：18 位校验不通过",
        )
    if prefecture not in PREFECTURES:
        raise Invalid(
            "prefecture",
            "give the GB/T 2260 code of a prefecture, such as 320500",
            "请填写设区市代码（GB/T 2260），如 320500",
        )
    with unscoped("a code is registered once in the whole installation"):
        if work.session.scalars(select(col(Firm.id)).where(col(Firm.code) == code)).first() is not None:
            raise Invalid("code", "a firm with this code is registered already", "该统一社会信用代码已登记")
    firm = work.add(Firm(name=name, code=code, role=role, prefecture=prefecture, registered_at=work.now))
    assert firm.id is not None
    work.record(FirmRegistered(firm_id=firm.id))
    return firm


def draw_chain(
    work: UnitOfWork, actor: Actor, *, code: str, names: tuple[str, str], stages: Sequence[tuple[str, str, str]]
) -> Chain:
    """Publish a chain and its stages, from raw material to product. names: (zh, en); stages: (code, zh, en)."""
    require(actor, Role.OPERATOR, Role.SYSTEM)
    chain = work.add(Chain(code=code, name=names[0], name_en=names[1]))
    assert chain.id is not None
    for position, (stage_code, zh, en) in enumerate(stages):
        work.add(Stage(chain_id=chain.id, code=stage_code, name=zh, name_en=en, position=position))
    work.record(ChainDrawn(chain_id=chain.id, stages=len(stages)))
    return chain


def join_stage(work: UnitOfWork, actor: Actor, *, firm_id: int, stage_id: int, since: date) -> StageMember:
    """Note that a firm works at a stage. Raises NotFound."""
    require(actor, Role.OPERATOR, Role.SYSTEM)
    work.one(firms_visible_to(actor).where(col(Firm.id) == firm_id), field="firmId")
    work.one(stages_visible_to(actor).where(col(Stage.id) == stage_id), field="stageId")
    member = work.add(StageMember(stage_id=stage_id, firm_id=firm_id, since=since))
    work.record(StageJoined(firm_id=firm_id, stage_id=stage_id))
    return member
