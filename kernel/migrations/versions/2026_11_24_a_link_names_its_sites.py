"""A supply link names its sites: one pair and item may have several. The rule that forbade it has no name to drop it by."""

from alembic import op

revision = "4c1b7a90d2e5"
down_revision = "fa0eee00fe65"
branch_labels = None
depends_on = None

COLUMNS = ["supplier_id", "buyer_id", "item_id"]
NAMES = {"uq": "uq_%(table_name)s_%(column_0_N_name)s"}


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("supply_link_supplier_id_buyer_id_item_id_key", "supply_link", type_="unique")
        return
    with op.batch_alter_table("supply_link", naming_convention=NAMES, recreate="always") as batch_op:
        batch_op.drop_constraint("uq_supply_link_supplier_id_buyer_id_item_id", type_="unique")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.create_unique_constraint("supply_link_supplier_id_buyer_id_item_id_key", "supply_link", COLUMNS)
        return
    with op.batch_alter_table("supply_link", recreate="always") as batch_op:
        batch_op.create_unique_constraint("uq_supply_link_supplier_id_buyer_id_item_id", COLUMNS)
