"""Supply links, the evidence they rest on, and whom a firm lets look at its own links."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from chain.links.lifecycle import LinkState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word


class EvidenceKind(StrEnum):
    """What a link can rest on, from word to deed."""

    DECLARATION = "declaration"
    SURVEY = "survey"
    ORDER = "order"
    DESPATCH = "despatch"
    RECEIPT = "receipt"


class SupplyLink(SQLModel, table=True):
    """Supplier delivers an item to a buyer. ``buyer_number``: the buyer's own number for the item."""

    __tablename__ = "supply_link"
    __table_args__ = (UniqueConstraint("supplier_id", "buyer_id", "item_id"), Index("supply_link_chain", "chain_id"))
    id: int | None = key()
    supplier_id: int = ref("firm", index=False)
    buyer_id: int = ref("firm")
    item_id: int = ref("item")
    chain_id: int = ref("chain", index=False)
    buyer_number: str | None = Field(default=None, max_length=60)
    state: LinkState = word(LinkState, LinkState.DECLARED)
    declared_on: date
    ended_on: date | None = None


class LinkEvidence(SQLModel, table=True):
    """One observation. ``source_kind`` and ``source_id`` name it, so that it counts once."""

    __tablename__ = "link_evidence"
    __table_args__ = (UniqueConstraint("link_id", "kind", "source_kind", "source_id"),)
    id: int | None = key()
    link_id: int = ref("supply_link", index=False)
    kind: EvidenceKind = word(EvidenceKind)
    occurred_on: date
    source_kind: str = Field(max_length=40)
    source_id: int = Field(sa_type=RowNumber)


class LinkDisclosure(SQLModel, table=True):
    """A firm lets another look at its upstream links, the far ends under an alias, until a day."""

    __tablename__ = "link_disclosure"
    id: int | None = key()
    owner_id: int = ref("firm", index=False)
    viewer_id: int = ref("firm")
    chain_id: int = ref("chain", index=False)
    until: date
    granted_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


scope("supply_link", "link_evidence", "link_disclosure", because="who supplies whom is a trade secret")
