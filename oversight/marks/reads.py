"""What a firm needs and how it stands: cut off, held up or open, with the evidence."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from chain.bills import reads as bills
from chain.firms import reads as firms
from chain.items import reads as items
from chain.items.referring import LONGEST_LEAD_TIME
from chain.links.decisions import Basis, buyer_stands_by
from chain.links.lifecycle import LinkState
from chain.links.reads import LinkSeen, bought_links
from chain.qualification.lifecycle import Standing
from chain.qualification.reads import standings_for
from collaboration.orders.coming import coming
from collaboration.orders.traded import agreed_between
from kernel import ids
from kernel.access import Actor, Role
from kernel.clock import today_of
from kernel.errors import Invalid
from kernel.work import UnitOfWork
from oversight.marks.decisions import (
    USUAL_LIMIT_DAYS,
    Mark,
    MarkKind,
    Source,
    SourceStanding,
    Supply,
    fastest,
    mark,
)

PERIOD_DAYS = 365
LONGEST_LIMIT_DAYS = 1_000
MOST_LINKS = 5_000
ORDER = (MarkKind.GAP, MarkKind.BOTTLENECK, MarkKind.OPEN)


@dataclass(frozen=True)
class SourceSeen:
    """Somebody who supplies what is needed. ``prefecture``: where its firm stands."""

    link: LinkSeen
    firm_id: int
    item_id: int
    prefecture: str | None
    source: Source


@dataclass(frozen=True)
class NeedSeen:
    """``number``: what the firm calls it itself, or the item's. ``item_ids``: all that stand for it. ``on_bill``: a bill of the firm's needs it."""

    number: str
    item_ids: tuple[int, ...]
    unit: str | None
    on_bill: bool
    sources: tuple[SourceSeen, ...]
    supply: Supply
    mark: Mark


@dataclass(frozen=True)
class MarksSeen:
    """Gaps first. ``is_cut``: there are more links than are looked at."""

    chain_id: int
    as_of: date
    province: str | None
    limit_days: int
    needs: tuple[NeedSeen, ...]
    is_cut: bool

    @property
    def version(self) -> str:
        """64 hexadecimal digits of all the marks rest on: equal evidence has equal versions. By outward ids, as a network's (0024)."""
        told = [
            (one.number, one.unit, one.on_bill, one.mark, one.supply, [
                (ids.seal("Firm", s.firm_id), ids.seal("Item", s.item_id), s.prefecture, s.source) for s in one.sources
            ]) for one in self.needs
        ]  # fmt: skip
        return sha256(repr((self.province, self.limit_days, told)).encode()).hexdigest()


def supply_marks(
    work: UnitOfWork, actor: Actor, *, chain_id: int, province: str | None = None, limit_days: int = USUAL_LIMIT_DAYS
) -> MarksSeen | None:
    """All the actor's firm stands by buying in a chain, or needs by its bills. None for who belongs to no firm.

    province: two digits of GB/T 2260; only sources there are in scope. Raises NotFound, Invalid.
    """
    firms.chain(work, actor, chain_id)
    if actor.party_id is None or actor.has(Role.OFFICIAL):
        return None
    if province is not None and not (len(province) == 2 and province.isascii() and province.isdigit()):
        raise Invalid("province", "a province is two digits, such as 32", "省级代码为两位数字，例如 32")
    if not 1 <= limit_days <= LONGEST_LIMIT_DAYS:
        raise Invalid(
            "limitDays", f"a limit is 1 to {LONGEST_LIMIT_DAYS} days", f"天数上限应为 1 至 {LONGEST_LIMIT_DAYS}"
        )
    today = today_of(work.now)
    links = bought_links(work, actor, on=today, most=MOST_LINKS + 1)
    needed = _needed(work, actor, chain_id, today)
    bought = {k.item_id for k in links if k.item_id and k.chain_id == chain_id and _stands(k)}
    known = {item.id: item for item in items.items_by_id(work, actor, bought | needed)}
    facts = _Facts.gathered(work, actor, links[:MOST_LINKS], known, today)
    by_need: dict[str | int, set[int]] = {}
    for item_id in known:
        by_need.setdefault(facts.called.get(item_id, item_id), set()).add(item_id)
    found = [facts.need(sorted(some), needed, province, limit_days) for some in by_need.values()]
    found.sort(key=lambda one: (ORDER.index(one.mark.kind), one.number))
    return MarksSeen(chain_id, today, province, limit_days, tuple(found), len(links) > MOST_LINKS)


def _needed(work: UnitOfWork, actor: Actor, chain_id: int, today: date) -> set[int]:
    """What goes into the firm's items by its bills, as far as it is made at a stage of the chain or at none.

    Whoever supplies it in any chain is a source.
    """
    parts = {part.component_id for lines in bills.parts_on(work, actor, today).values() for part in lines}
    stages = {stage.id for stage in firms.stages_of(work, actor, [chain_id])}
    bought = [item for item in items.items_by_id(work, actor, parts) if item.firm_id != actor.party_id]
    return {item.id for item in bought if item.stage_id is None or item.stage_id in stages}


def _stands(link: LinkSeen) -> bool:
    """The buyer's own word, or trade, stands behind it: what a maker says alone makes neither a need nor a source."""
    return buyer_stands_by(link) or link.basis is not Basis.DECLARED


@dataclass(frozen=True)
class _Facts:
    """All that is looked up once for every need."""

    links: Mapping[int, Sequence[LinkSeen]]
    known: Mapping[int, Any]
    called: Mapping[int, str]
    terms: Mapping[int, Any]
    standings: Mapping[tuple[int, int], Standing | None]
    places: Mapping[int, str]
    stock: Mapping[int, float]
    per_day: Mapping[int, float]
    coming: Sequence[Any]
    today: date

    @staticmethod
    def gathered(
        work: UnitOfWork, actor: Actor, links: Sequence[LinkSeen], known: Mapping[int, Any], today: date
    ) -> "_Facts":
        party = actor.party_id or 0
        names = items.names_of_items(work, actor, known.keys())
        by_item: dict[int, list[LinkSeen]] = {}
        for link in links:
            if link.item_id in known:
                by_item.setdefault(link.item_id or 0, []).append(link)
        pairs = {(link.supplier_id or 0, link.item_id or 0) for link in links}
        held = items.stock_of(work, actor, firm_ids=[party], item_ids=known.keys())
        traded = agreed_between(work, actor, since=today - timedelta(days=PERIOD_DAYS - 1), until=today)
        used: dict[int, float] = {}
        for (_, buyer, item_id), agreed in traded.items():
            if buyer == party:
                used[item_id] = used.get(item_id, 0.0) + float(agreed.quantity) / PERIOD_DAYS
        due = coming(work, actor, first=today, last=today + timedelta(days=LONGEST_LEAD_TIME), agreed_only=True)
        return _Facts(
            by_item, known, {i: name.number.strip() for i, name in items.own_names(names, party, today).items()},
            items.terms_in_force(names, party, today), standings_for(work, actor, pairs),
            {firm.id: firm.prefecture for firm in firms.firms_by_id(work, actor, {one for one, _ in pairs})},
            {item_id: float(amount) for (_, item_id), amount in held.items()}, used,
            [one for one in due if one.buyer_id == party], today,
        )  # fmt: skip

    def need(self, item_ids: Sequence[int], needed: Collection[int], province: str | None, limit_days: int) -> NeedSeen:
        """Two makers' items under one number of the buyer's are one need; without such a number each is one itself."""
        number = self.called.get(item_ids[0]) or self.known[item_ids[0]].number
        sources = tuple(self._source(link, province) for item_id in item_ids for link in self.links.get(item_id, ()))
        unit = self._unit(item_ids)
        supply = self._supply(item_ids, fastest([one.source for one in sources])) if unit else Supply(None, None, None)
        found = mark([one.source for one in sources], supply, limit_days)
        on_bill = any(item_id in needed for item_id in item_ids)
        return NeedSeen(number, tuple(item_ids), unit, on_bill, sources, supply, found)

    def _unit(self, item_ids: Sequence[int]) -> str | None:
        """The unit in which all of them are counted alike; None where one piece of one is more than of another."""
        units = {self.known[item_id].unit for item_id in item_ids}
        contents = {
            (t.buyer_unit, t.buyer_units, t.item_units) for item_id in item_ids if (t := self.terms.get(item_id))
        }
        return units.pop() if len(units) == 1 and len(contents) <= 1 else None

    def _supply(self, item_ids: Sequence[int], lead: int | None) -> Supply:
        counted = [self.stock[item_id] for item_id in item_ids if item_id in self.stock]
        used = [self.per_day[item_id] for item_id in item_ids if item_id in self.per_day]
        until = self.today + timedelta(days=lead or 0)
        on_its_way = sum(
            float(one.quantity) for one in self.coming if one.item_id in set(item_ids) and one.due_on <= until
        )
        return Supply(sum(counted) if counted else None, sum(used) if used else None, on_its_way)

    def _source(self, link: LinkSeen, province: str | None) -> SourceSeen:
        supplier, item_id = link.supplier_id or 0, link.item_id or 0
        place = self.places.get(supplier)
        terms = self.terms.get(item_id)
        agreed = None if terms is None else terms.lead_time_days
        lead = (self.known[item_id].lead_time_days or None) if agreed is None else agreed
        standing = self._standing(link, place, province)
        return SourceSeen(link, supplier, item_id, place, Source(standing, lead))

    def _standing(self, link: LinkSeen, place: str | None, province: str | None) -> SourceStanding:
        if link.state is LinkState.DISPUTED:
            return SourceStanding.DISPUTED
        if not _stands(link):
            return SourceStanding.UNCONFIRMED
        pair = (link.supplier_id or 0, link.item_id or 0)
        given = self.standings.get(pair)
        if given is Standing.BLOCKED:
            return SourceStanding.BLOCKED
        if pair in self.standings and given not in (Standing.APPROVED, Standing.CONDITIONAL):
            return SourceStanding.NOT_QUALIFIED
        if province is not None and not (place or "").startswith(province):
            return SourceStanding.OUT_OF_SCOPE
        return SourceStanding.COUNTS if pair in self.standings else SourceStanding.UNASSESSED
