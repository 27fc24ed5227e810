"""The list of supply links a firm may see, beside the same list without the rule. usage: python -m bench.links [DATABASE_URL]"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from statistics import median
from typing import Any
from unittest.mock import patch

from sqlalchemy import insert, select, text
from sqlmodel import col

from api.context import PersonDoor
from api.run import run
from api.schema import schema
from api.stored import operation
from chain.firms.tables import Firm, FirmRole
from chain.items.tables import Item
from chain.links.lifecycle import LinkState
from chain.links.tables import EvidenceKind, LinkDisclosure, LinkEvidence, SupplyLink
from chain.links.visibility import Reason
from kernel import clock, ids, migrations
from kernel.access import SYSTEM, Side, unscoped
from kernel.accounts.tables import Person
from kernel.accounts.visibility import people_visible_to
from kernel.boot import boot
from kernel.db import close_database
from kernel.paging import CURSOR
from kernel.settings import read_settings
from kernel.work import UnitOfWork, unit_of_work
from seeds.cast import LONGTENG, credit_code, seat

LINKS, PARTNERS = 100_000, 200
PAGE, ROUNDS = 100, 40
ASKER = "buyer@longteng.example"
WHY = "the bench plants rows, and lists them without the rule"


@dataclass(frozen=True)
class Case:
    """How many of the links are the asker's own, and how many its partners disclose to it."""

    name: str
    own: int
    disclosed: int


CASES = (
    Case("all bought by the firm itself", LINKS, 0),
    Case("a fifth its own, the rest disclosed by its partners", LINKS // 5, LINKS - LINKS // 5),
    Case("twenty of its own among all", 20, 0),
)


def main() -> int:
    for case in CASES:
        with tempfile.TemporaryDirectory(prefix="chainmaster-bench-") as folder:
            given = {"DATABASE_URL": sys.argv[1]} if len(sys.argv) > 1 else {}
            settings = read_settings({"CHAINMASTER_HOME": folder} | given)
            migrations.upgrade(settings.database_url)
            boot(settings)
            asker, chain, begin = _plant(case)
            print(f"\n{LINKS} links, {case.name} ({case.own} + {case.disclosed}); {PARTNERS} partners", flush=True)
            _measure(asker, chain, begin)
            close_database()
            if given:
                break  # one database holds one case
    return 0


def _measure(asker: Person, chain: str, begin: int) -> None:
    for what, after in (("first page", begin), ("page in the middle", begin + LINKS // 2)):
        _beside(what, partial(_ask, asker, chain, after, PAGE))
    _beside("how many", partial(_ask, asker, chain, begin, 0))


def _ask(asker: Person, chain: str, after: int, first: int) -> int:
    """One page as anybody asks for it, with its firms, items and evidence, or only how many there are."""
    query = (
        operation("supply_links")
        if first
        else "query Count($chainId: ID) { supplyLinks(chainId: $chainId, first: 0) { totalCount } }"
    )
    given = {"chainId": chain, "first": first, "after": ids.seal(CURSOR, after)} if first else {"chainId": chain}
    if first:
        query = query.replace("    totalCount\n", "")
    answer = run(schema, query, given, None, PersonDoor(asker, "zh"), may_write=False, idempotency_key=None)
    told = json.loads(answer.body)
    assert "errors" not in told, told
    found = told["data"]["supplyLinks"]
    return len(found["nodes"]) if first else int(found["totalCount"])


def _beside(what: str, act: Callable[[], int]) -> None:
    """Turn by turn, so that whatever else the machine does hits both."""
    with without_the_rule():
        act()
    seen, times = act(), []
    for _ in range(ROUNDS):
        ours = _took(act)
        with without_the_rule():
            times.append((ours, _took(act)))
    ours, theirs = median(a for a, _ in times), median(b for _, b in times)
    print(
        f"  {what:20} ({seen:6}) {ours * 1000:8.2f} ms beside {theirs * 1000:8.2f} ms: {ours / theirs:.2f} times",
        flush=True,
    )


def _took(act: Callable[[], int]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


@contextmanager
def without_the_rule() -> Iterator[None]:
    """Every function that says who may see what lets through everything; all else is the product's own code."""
    links = [(Reason.DISCLOSED, _all(SupplyLink))]
    with (
        patch("chain.links.reads.supply_links_by_reason", lambda actor, shown: links),
        patch("chain.links.reads.evidence_visible_to", lambda actor, on: _all(LinkEvidence)),
        patch("chain.firms.visibility.firms_visible_to", lambda actor: _all(Firm)),
        patch("chain.items.reads.items_visible_to", lambda actor: _all(Item)),
    ):
        yield


def _all(table: Any) -> Any:
    return select(table).execution_options(viewer=None)


def _plant(case: Case) -> tuple[Person, str, int]:
    """Firms, items, links with one piece of evidence each, and disclosures, straight into the tables."""
    chance, today = Random(7), clock.today_of(clock.now())  # noqa: S311 - figures, not secrets
    with unit_of_work() as work, unscoped(WHY):
        seated = seat(work)
        me, firms = seated.firms[LONGTENG], firms_of(work, 2 * PARTNERS)
        partners, beyond = firms[:PARTNERS], firms[PARTNERS:]
        items = items_of(work, firms, LINKS // (2 * PARTNERS))
        rows = []
        for n in chance.sample(range(LINKS), LINKS):
            own = n < case.own
            maker = (partners if own else beyond)[n % PARTNERS]
            buyer = me if own else partners[(n // PARTNERS + n) % PARTNERS]
            rows.append((maker, buyer, items[maker][n // PARTNERS % len(items[maker])], n))
        begin = links_of(work, rows, seated.chain_id, today)
        if case.disclosed:
            until = today + timedelta(days=9)
            work.session.execute(insert(LinkDisclosure), [
                {"owner_id": p, "viewer_id": me, "chain_id": seated.chain_id, "until": until, "granted_at": work.now}
                for p in partners
            ])  # fmt: skip
        if work.session.get_bind().dialect.name == "postgresql":
            work.session.execute(text("ANALYZE"))  # as it does by itself a while after a table has grown
        asker = work.one(people_visible_to(SYSTEM).where(col(Person.email) == ASKER))
    return asker, ids.seal("Chain", seated.chain_id), begin


def firms_of(work: UnitOfWork, count: int) -> list[int]:
    rows = [
        {"name": f"企业 {n}", "code": credit_code(1000 + n), "role": FirmRole.SUPPLIER, "prefecture": "320500",
         "registered_at": work.now, "name_en": "", "makes": "", "standing": "confirmed", "version": 1}
        for n in range(count)
    ]  # fmt: skip
    return work.add_many(Firm, rows)


def items_of(work: UnitOfWork, makers: list[int], each: int) -> dict[int, list[int]]:
    same = {"name": "零件", "unit": "C62", "lead_time_days": 9, "added_at": work.now, "version": 1}
    rows = [same | {"firm_id": m, "number": f"I-{n}"} for m in makers for n in range(each)]
    found: dict[int, list[int]] = {}
    for row, number in zip(rows, work.add_many(Item, rows), strict=True):
        found.setdefault(int(str(row["firm_id"])), []).append(number)
    return found


def links_of(work: UnitOfWork, rows: list[tuple[int, int, int, int]], chain_id: int, today: date) -> int:
    """The number of the last row before them."""
    before = select(col(SupplyLink.id)).order_by(col(SupplyLink.id).desc()).limit(1)
    begin = work.session.scalars(before).first() or 0
    for some in batches(rows, 5_000):
        work.session.execute(insert(SupplyLink), [
            {"supplier_id": maker, "buyer_id": buyer, "item_id": item, "chain_id": chain_id, "state": LinkState.DECLARED,
             "declared_on": today - timedelta(days=n % 300), "route": f"{n}", "declared_by": Side.SELLER, "version": 1}
            for maker, buyer, item, n in some
        ])  # fmt: skip
    numbers = list(work.session.scalars(select(col(SupplyLink.id)).where(col(SupplyLink.id) > begin)))
    word = {"kind": EvidenceKind.DECLARATION, "occurred_on": today, "source_kind": "Supplier"}
    for some in batches(numbers, 10_000):
        work.session.execute(insert(LinkEvidence), [word | {"link_id": n, "source_id": n} for n in some])
    return begin


def batches(rows: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


if __name__ == "__main__":
    sys.exit(main())
