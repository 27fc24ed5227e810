"""Let a partner see secrets of one's own until a day, and take it back."""

from datetime import date, timedelta

from sqlalchemy import Select
from sqlmodel import col

from chain.firms.decisions import checked_text
from chain.firms.tables import Chain
from chain.firms.verbs import partner
from chain.firms.visibility import chains_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.links.tables import SupplyLink
from chain.links.visibility import supply_links_visible_to
from chain.sharing.decisions import LONGEST_GRANT_DAYS, Reach
from chain.sharing.events import AccessGranted, AccessRevoked
from chain.sharing.tables import AccessGrant, FieldClass, GrantScope, Level
from chain.sharing.terms import require_terms
from chain.sharing.visibility import grants_visible_to
from kernel.access import Actor, Role, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.work import UnitOfWork

GRANTERS = (Role.SALES, Role.LEAD)
REVOKED = Rule("sharing.revoked", "重新授权", "granting anew")


def grant_access(
    work: UnitOfWork, actor: Actor, *, viewer_id: int, field_class: FieldClass, level: Level, scope: GrantScope,
    until: date, reason: str, since: date | None = None, thing: Reach = Reach(),
) -> AccessGrant:  # fmt: skip
    """Let a partner see what is one's own firm's; ``thing`` names the chain, item or link the scope asks for.

    A narrower grant overrules a wider one, so NONE makes an exception. Raises NotFound, NotAllowedNow, Invalid.
    """
    require(actor, *GRANTERS)
    known = partner(work, actor, viewer_id, field="viewerId")
    assert actor.party_id is not None and known.id is not None
    if known.id == actor.party_id:
        raise Invalid("viewerId", "a firm sees its own figures already", "本单位的信息无需向自己公开")
    require_terms(work, actor.party_id, known.id)
    thing = _checked_thing(work, actor, known.id, field_class, scope, thing)
    return give(
        work, owner_id=actor.party_id, viewer_id=known.id, field_class=field_class, level=level, scope=scope,
        since=since, until=until, reason=reason, thing=thing, by_user=actor.user_id,
    )  # fmt: skip


def give(
    work: UnitOfWork, *, owner_id: int, viewer_id: int, field_class: FieldClass, level: Level, scope: GrantScope,
    until: date, reason: str, by_user: int, since: date | None = None, thing: Reach = Reach(),
) -> AccessGrant:  # fmt: skip
    """Write a grant its owner has agreed to, by whichever act: the owner's own, or its answer to a request. Raises Invalid."""
    today = today_of(work.now)
    begins = since or today
    last = today + timedelta(days=LONGEST_GRANT_DAYS)
    if not today <= begins <= last:
        raise Invalid("since", "a grant begins today or later", "授权开始日期不得早于今天")
    if not begins <= until <= last:
        raise Invalid("until", f"a grant ends by {last}, a year from today", f"授权截止日期不得晚于 {last}（一年之内）")
    if level is Level.BAND and field_class in (FieldClass.IDENTITY, FieldClass.DRAWING):
        raise Invalid(
            "level",
            "a name and a drawing have no band; choose none or exact",
            "身份与图纸没有区间，请选择不可见或完整可见",
        )
    given = work.add(
        AccessGrant(
            owner_id=owner_id, viewer_id=viewer_id, field_class=field_class, level=level, scope=scope,
            chain_id=thing.chain_id, item_id=thing.item_id, link_id=thing.link_id, since=begins, until=until,
            reason=checked_text("reason", reason, most=200), by_user=by_user, granted_at=work.now,
        )
    )  # fmt: skip
    assert given.id is not None
    work.record(
        AccessGranted(grant_id=given.id, field_class=field_class, level=level, scope=scope, since=begins, until=until)
    )
    return given


def revoke_access(work: UnitOfWork, actor: Actor, *, grant_id: int) -> AccessGrant:
    """Take a grant back; the viewer's next request no longer sees. Raises NotFound, NotAllowedNow."""
    require(actor, *GRANTERS)
    mine = grants_visible_to(actor).where(col(AccessGrant.owner_id) == actor.party_id)
    given = work.one(mine.where(col(AccessGrant.id) == grant_id), lock=True, field="grantId")
    if given.revoked_at is not None:
        raise NotAllowedNow("this grant was taken back already", "该授权已撤回", rule=REVOKED)
    given.revoked_at = work.now
    work.record(AccessRevoked(grant_id=grant_id))
    return given


def _checked_thing(
    work: UnitOfWork, actor: Actor, viewer_id: int, field_class: FieldClass, scope: GrantScope, thing: Reach
) -> Reach:
    """Exactly the thing the scope asks for, one's own and known to the viewer; of a link also its item. Raises NotFound, Invalid."""
    wanted = {GrantScope.CHAIN: "chain_id", GrantScope.ITEM: "item_id", GrantScope.LINK: "link_id"}
    names = {"chain_id": "chainId", "item_id": "itemId", "link_id": "linkId"}
    for column, field in names.items():
        if (getattr(thing, column) is not None) != (wanted.get(scope) == column):
            raise Invalid(
                field, "name the one thing the scope speaks of, and nothing else", "请仅填写与授权范围相应的对象"
            )
    viewer = Actor(user_id=0, party_id=viewer_id)
    if scope is GrantScope.CHAIN:
        work.one(chains_visible_to(actor).where(col(Chain.id) == thing.chain_id), field="chainId")
    elif scope is GrantScope.ITEM:
        work.one(_own_items(actor).where(col(Item.id) == thing.item_id), field="itemId")
        if field_class is not FieldClass.IDENTITY:
            _known_to(work, items_visible_to(viewer).where(col(Item.id) == thing.item_id), "itemId")
    elif scope is GrantScope.LINK:
        own = supply_links_visible_to(actor).where(col(SupplyLink.supplier_id) == actor.party_id)
        link = work.one(own.where(col(SupplyLink.id) == thing.link_id), field="linkId")
        if field_class is not FieldClass.IDENTITY:
            _known_to(work, items_visible_to(viewer).where(col(Item.id) == link.item_id), "linkId")
        return Reach(item_id=link.item_id, link_id=link.id)
    return thing


def _own_items(actor: Actor) -> Select[Item]:
    return items_visible_to(actor).where(col(Item.firm_id) == actor.party_id)


def _known_to(work: UnitOfWork, visible: Select[Item], field: str) -> None:
    if work.maybe(visible) is None:
        raise Invalid(
            field, "this partner does not know that item, so the grant would show nothing",
            "该合作方并不知道此物料，授权不会有任何效果",
        )  # fmt: skip
