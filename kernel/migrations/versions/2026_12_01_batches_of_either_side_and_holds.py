"""Let a buyer's decisions be batches too."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "a6b35e18230a"
down_revision: str | None = "736dae372d77"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
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
