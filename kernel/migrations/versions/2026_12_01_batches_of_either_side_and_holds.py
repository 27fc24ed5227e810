"""Let a buyer's decisions be batches too, and orders be held."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "a6b35e18230a"
down_revision: str | None = "c3bcd8e5fb18"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "order_hold",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=4000), nullable=False),
        sa.Column("decides_on", sa.Date(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name=op.f("order_hold_order_id_purchase_order")),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("order_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_hold_order_id"), ["order_id"], unique=False)
    for table in ("purchase_order", "answer_clock"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("answer_batch", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("answer_batch_seller_id_firm"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_answer_batch_seller_id"))
        batch_op.alter_column("seller_id", new_column_name="firm_id")
        batch_op.add_column(sa.Column("side", sa.String(length=40), nullable=False, server_default="seller"))
    with op.batch_alter_table("answer_batch", schema=None) as batch_op:
        batch_op.alter_column("side", server_default=None)
        batch_op.create_index(batch_op.f("ix_answer_batch_firm_id"), ["firm_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("answer_batch_firm_id_firm"), "firm", ["firm_id"], ["id"])


def downgrade() -> None:
    for table in ("answer_clock", "purchase_order"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("held_at")
    op.drop_table("order_hold")
    op.execute("DELETE FROM batched_answer WHERE batch_id IN (SELECT id FROM answer_batch WHERE side = 'buyer')")
    op.execute("DELETE FROM answer_batch WHERE side = 'buyer'")
    with op.batch_alter_table("answer_batch", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("answer_batch_firm_id_firm"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_answer_batch_firm_id"))
        batch_op.alter_column("firm_id", new_column_name="seller_id")
        batch_op.drop_column("side")
    with op.batch_alter_table("answer_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_batch_seller_id"), ["seller_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("answer_batch_seller_id_firm"), "firm", ["seller_id"], ["id"])
