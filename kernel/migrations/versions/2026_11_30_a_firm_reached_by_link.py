"""A buyer writes down a firm that has not joined: its code is unique among those that have, and among one buyer's notes."""

import sqlalchemy as sa
from alembic import op

revision = "8d2f61c0ab47"
down_revision = "1ed0389ace2b"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAMES = {"uq": "uq_%(table_name)s_%(column_0_N_name)s"}
JOINED = sa.text("known_to_id IS NULL")


def _code_rule() -> str:
    """What the rule of one firm per code is called: on SQLite it has no name but the one lent here to drop it by."""
    return "firm_code_key" if op.get_bind().dialect.name == "postgresql" else "uq_firm_code"


def upgrade() -> None:
    with op.batch_alter_table("firm", naming_convention=NAMES) as batch_op:
        batch_op.drop_constraint(_code_rule(), type_="unique")
        batch_op.add_column(sa.Column("known_to_id", NUMBER, nullable=True))
        batch_op.create_foreign_key("firm_known_to_id_firm", "firm", ["known_to_id"], ["id"])
        batch_op.create_unique_constraint("firm_known_once", ["known_to_id", "code"])
    op.create_index("firm_code", "firm", ["code"], unique=True, sqlite_where=JOINED, postgresql_where=JOINED)


def downgrade() -> None:
    op.drop_index("firm_code", "firm")
    with op.batch_alter_table("firm", naming_convention=NAMES) as batch_op:
        batch_op.drop_constraint("firm_known_once", type_="unique")
        batch_op.drop_constraint("firm_known_to_id_firm", type_="foreignkey")
        batch_op.drop_column("known_to_id")
        batch_op.create_unique_constraint(_code_rule(), ["code"])
