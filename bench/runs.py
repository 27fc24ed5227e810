"""A firm has 60,000 firms and 400,000 links measured by two real workers. usage: python -m bench.runs [FIRMS LINKS]

The product runs whole on a home of its own. The links are disclosed to the buyer by the 200 partners that have them.
"""

import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlmodel import col

from bench.links import PARTNERS, firms_of, items_of, links_of
from bench.sheets import act, ask, product
from chain.links.tables import LinkDisclosure
from kernel import clock, db, ids, migrations
from kernel.access import SYSTEM, unscoped
from kernel.accounts.tables import Person
from kernel.accounts.verbs import issue_token
from kernel.accounts.visibility import people_visible_to
from kernel.boot import boot
from kernel.settings import read_settings
from kernel.work import UnitOfWork, unit_of_work
from seeds.cast import LONGTENG, Seated, seat

FIRMS, LINKS = 60_000, 400_000
ASKER = "buyer@longteng.example"
LOOK_SECONDS, PATIENCE_SECONDS = 0.5, 1800


def main() -> int:
    firms, links = (int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else (FIRMS, LINKS)
    with tempfile.TemporaryDirectory(prefix="chainmaster-bench-") as folder:
        home = Path(folder)
        begun = time.perf_counter()
        token, chain = _planted(home, firms, links)
        print(f"{firms} firms, {links} links planted in {time.perf_counter() - begun:.0f} s", flush=True)
        with product(home) as port:
            _measured(port, token, chain)
    return 0


def _measured(port: int, token: str, chain: str) -> None:
    """Start a run as a person does, and look at it until it is done."""
    begun = time.perf_counter()
    run = act(port, token, "start_resilience_run", {"chainId": chain})["run"]
    asked = time.perf_counter() - begun
    reached: dict[str, float] = {}
    peak = 0
    while time.perf_counter() - begun < PATIENCE_SECONDS:
        run = ask(port, token, "resilience_run_progress", {"id": run["id"]})["node"]
        spent, peak = time.perf_counter() - begun, max(peak, largest_of_workers())
        if run["total"]:
            reached.setdefault("gathered", spent)
        if run["done"]:
            reached.setdefault("first piece", spent)
        if run["state"] not in ("GATHERING", "MEASURING"):
            break
        time.sleep(LOOK_SECONDS)
    opened, pages = time.perf_counter(), []
    for _ in range(3):
        told: dict[str, Any] = ask(port, token, "resilience_run_page", {"id": run["id"]})["node"]
        pages.append(time.perf_counter() - opened)
        opened = time.perf_counter()
    seen = told["result"]["resilience"]
    assert run["state"] == "DONE" and seen["firmsSeen"] == run["firms"], run
    exact = sum(one["isExact"] for one in seen["firms"])
    steps = ", ".join(f"{name} after {seconds:.1f} s" for name, seconds in reached.items())
    print(
        f"{run['firms']} firms, {run['links']} links, {run['total']} pieces, {exact} of {len(seen['firms'])} told exactly: asked in "
        f"{asked:.2f} s, {steps}, done after {spent:.1f} s; page of the result {pages[0]:.1f} s, again {pages[-1]:.1f} s; "
        f"largest worker {peak} MB; load {os.getloadavg()[0]:.1f} after",
        flush=True,
    )


def largest_of_workers() -> int:
    """MB that the largest process holds now, of all that were started as workers; Linux only, as all of this bench."""
    most = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if b"worker" in (status.parent / "cmdline").read_bytes():
                held = [line for line in status.read_text().splitlines() if line.startswith("VmRSS")]
                most = max(most, *(int(line.split()[1]) // 1024 for line in held), 0)
        except (FileNotFoundError, ProcessLookupError):
            continue
    return most


def _planted(home: Path, firms: int, links: int) -> tuple[str, str]:
    settings = read_settings({"CHAINMASTER_HOME": str(home)})
    migrations.upgrade(settings.database_url)
    boot(settings)
    with unit_of_work() as work, unscoped("the bench plants rows"):
        seated = seat(work)
        _network(work, seated, firms, links)
        asker = work.one(people_visible_to(SYSTEM).where(col(Person.email) == ASKER))
        token = issue_token(work, asker, days=1, scope="write")
    db.close_database()
    return token, ids.seal("Chain", seated.chain_id)


def _network(work: UnitOfWork, seated: Seated, firms: int, links: int) -> None:
    """Partners sell to the buyer, all others to a partner or several: what a partner buys is what it may disclose."""
    chance, me, today = Random(7), seated.firms[LONGTENG], clock.today_of(work.now)  # noqa: S311 - figures, not secrets
    made = firms_of(work, firms - len(seated.firms))
    items = items_of(work, made, 1)
    partners, beyond = made[:PARTNERS], made[PARTNERS:]
    pairs = {(partner, me) for partner in partners} | {
        (maker, partners[n % PARTNERS]) for n, maker in enumerate(beyond)
    }
    while len(pairs) < links:
        pairs.add((chance.choice(beyond), chance.choice(partners)))
    links_of(work, [(m, b, items[m][0], n) for n, (m, b) in enumerate(sorted(pairs))], seated.chain_id, today)
    until = today + timedelta(days=9)
    work.session.execute(insert(LinkDisclosure), [
        {"owner_id": p, "viewer_id": me, "chain_id": seated.chain_id, "until": until, "granted_at": work.now}
        for p in partners
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
