"""What was told of a thing is found by the thing, to put it away once it is answered."""

from alembic import op

revision = "c41be07d9a52"
down_revision = "7d20c5e18b34"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("inbox_entry_subject", "inbox_entry", ["subject_kind", "subject_id"])


def downgrade() -> None:
    op.drop_index("inbox_entry_subject", "inbox_entry")
