"""Whether this installation can do its work right now, and in figures how it fares."""

import logging
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from obstore.exceptions import BaseError
from redis import RedisError
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from kernel import db, migrations, outbox
from kernel.broker import RELAY_ALIVE, RELAY_SILENCE_SECONDS, broker_at_once
from kernel.settings import Settings
from kernel.storage import storage

log = logging.getLogger("chainmaster.health")

LEAST_FREE_BYTES = 2 * 1024 * 1024
"""With less than this, a transaction or an upload may no longer fit."""


@dataclass(frozen=True)
class Problem:
    """One thing that keeps us from work, and what to do about it."""

    part: str
    en: str
    zh: str


def readiness(settings: Settings) -> list[Problem]:
    """Everything that is wrong now; nothing when work can be taken."""
    return [*_database(), *_storage(), *_disk(settings), *_broker(settings)]


def metrics(settings: Settings) -> str:
    """Figures in Prometheus text form. Unreachable parts are left out: a missing figure is not a zero."""
    lines = [f"chainmaster_disk_free_bytes {shutil.disk_usage(settings.home).free}"]
    try:
        new, going = outbox.counts()
        lines += [f"chainmaster_events_unsent {new}", f"chainmaster_events_unsettled {going}"]
    except SQLAlchemyError:
        lines.append('chainmaster_unreachable{part="database"} 1')
    try:
        lines += _queues(settings)
    except RedisError:
        lines.append('chainmaster_unreachable{part="broker"} 1')
    return "\n".join(lines) + "\n"


def dead_jobs(settings: Settings) -> list[str]:
    """Ids of jobs that failed too often and wait for a person, of all queues."""
    at = broker_at_once(settings)
    dead = (cast(list[bytes], at.zrange(f"rq:failed:{queue}", 0, -1)) for queue in _names(settings))
    return sorted(job_id.decode() for some in dead for job_id in some)


def _database() -> Iterator[Problem]:
    try:
        with db.session(writes=False) as session:
            connection = session.connection()
            current = migrations.at_head(connection)
            read_only = _is_read_only(connection.dialect.name, connection.engine.url.database or "")
            if connection.dialect.name == "postgresql":
                read_only = connection.execute(text("SHOW transaction_read_only")).scalar_one() == "on"
    except OperationalError as error:
        log.warning("database: %s", error.orig)
        yield Problem("database", "the database does not answer; see DATABASE_URL", "数据库无响应，请检查 DATABASE_URL")
        return
    if not current:
        yield Problem(
            "database",
            "the tables are not those this version needs; run: chainmaster migrate",
            "数据库表结构与当前版本不一致，请运行：chainmaster migrate",
        )
    if read_only:
        yield Problem("database", "the database can be read only; make it writable", "数据库只读，请恢复写权限")


def _is_read_only(dialect: str, path: str) -> bool:
    effective = os.access in os.supports_effective_ids
    places = (path, Path(path).parent)
    return dialect == "sqlite" and not all(os.access(p, os.W_OK, effective_ids=effective) for p in places)


def _storage() -> Iterator[Problem]:
    key = f"probe/{os.getpid()}"
    try:
        storage().put(key, b"writable")
        storage().delete(key)
    except (BaseError, OSError) as error:
        log.warning("storage: %s", error)
        yield Problem("storage", "files cannot be kept; see OBJECT_STORE_URL", "文件无法保存，请检查 OBJECT_STORE_URL")


def _disk(settings: Settings) -> Iterator[Problem]:
    free = shutil.disk_usage(settings.home).free
    if free < LEAST_FREE_BYTES:
        yield Problem(
            "disk",
            f"the disk of CHAINMASTER_HOME has {free} bytes left; free some space",
            f"CHAINMASTER_HOME 所在磁盘仅剩 {free} 字节，请清理空间",
        )


def _broker(settings: Settings) -> Iterator[Problem]:
    try:
        at = broker_at_once(settings)
        at.set("chainmaster:probe", "writable", ex=RELAY_SILENCE_SECONDS)
        alive = at.exists(RELAY_ALIVE)
    except RedisError as error:
        log.warning("broker: %s", error)
        yield Problem("broker", "the broker takes no jobs; see REDIS_URL", "消息代理无法接收任务，请检查 REDIS_URL")
        return
    if not alive:
        yield Problem(
            "relay",
            f"no relay has delivered for {RELAY_SILENCE_SECONDS} s; start one: chainmaster relay",
            f"投递进程已超过 {RELAY_SILENCE_SECONDS} 秒未工作，请启动：chainmaster relay",
        )


def _queues(settings: Settings) -> Iterator[str]:
    at = broker_at_once(settings)
    for queue in _names(settings):
        for state, count in (
            ("waiting", at.llen(f"rq:queue:{queue}")),
            ("running", at.zcard(f"rq:wip:{queue}")),
            ("scheduled", at.zcard(f"rq:scheduled:{queue}")),
            ("dead", at.zcard(f"rq:failed:{queue}")),
        ):
            yield f'chainmaster_jobs{{queue="{queue}",state="{state}"}} {count}'


def _names(settings: Settings) -> list[str]:
    keys = cast(set[bytes], broker_at_once(settings).smembers("rq:queues"))
    return sorted(key.decode().removeprefix("rq:queue:") for key in keys)
