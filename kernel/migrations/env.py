"""What alembic runs: always on the connection it is given, never on an address of its own."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator

from kernel.migrations.everything import every_table


def as_kept(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column types as the plain ones beneath, so that an old migration never needs today's code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        plain, there = item.impl_instance, item.load_dialect_impl(postgresql.dialect()).as_generic()  # type: ignore[no-untyped-call]
        other = "" if isinstance(plain, type(there)) else f'.with_variant(sa.{there!r}, "postgresql")'
        return f"sa.{plain!r}{other}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=every_table(),
    render_as_batch=True,
    render_item=as_kept,
    transactional_ddl=True,  # alembic doubts SQLite here; with BEGIN said by us it holds
)
with context.begin_transaction():
    context.run_migrations()
