"""The demo chain, planted once: an interrupted planting is begun anew, a finished one is never touched."""

import shutil
from importlib import import_module

from jobs.refusal import Refusal
from kernel import db, migrations
from kernel.access import SYSTEM
from kernel.accounts.visibility import people_visible_to
from kernel.boot import boot
from kernel.settings import Settings, read_settings
from kernel.work import unit_of_work

UNFINISHED = "seeding"
"""A file in the home that stands as long as the planting does."""


def seed_once(settings: Settings, *, size: str = "full") -> None:
    """Raises Refusal when a former planting was interrupted in a database that is not ours to remove."""
    mark = settings.home / UNFINISHED
    if mark.exists():
        _begin_anew(settings)
    elif not _is_empty():
        return
    mark.touch()
    print(
        "planting the demo chain, this once; it takes a minute or two / 首次启动，正在生成演示产业链，约需一两分钟",
        flush=True,
    )
    # The seed stands above the product, so the product names it only as text.
    import_module("seeds.demo").seed(settings, size=size)
    mark.unlink()


def _is_empty() -> bool:
    with unit_of_work(writes=False) as work:
        return work.maybe(people_visible_to(SYSTEM).limit(1)) is None


def _begin_anew(settings: Settings) -> None:
    file = settings.home / "chainmaster.db"
    if settings.database_url != f"sqlite:///{file}":
        raise Refusal("the demo chain was interrupted while it was planted; empty the database, then start again")
    db.close_database()
    for path in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
        path.unlink(missing_ok=True)
    for folder in ("objects", "broker"):
        shutil.rmtree(settings.home / folder, ignore_errors=True)
    migrations.upgrade(settings.database_url)
    boot(settings)


if __name__ == "__main__":
    planted = read_settings(demo=True)
    migrations.upgrade(planted.database_url)
    boot(planted)
    seed_once(planted)
