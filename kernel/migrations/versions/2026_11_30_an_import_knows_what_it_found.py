"""An import knows what its preview found where its rows speak, so that nobody's later change is overwritten unseen."""

import sqlalchemy as sa
from alembic import op

revision = "7d20c5e18b34"
down_revision = "8d2f61c0ab47"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sheet_import", sa.Column("found_sha256", sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sheet_import") as batch_op:
        batch_op.drop_column("found_sha256")
