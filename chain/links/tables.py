"""Supply links, the evidence they rest on, and whom a firm lets look at its own links."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from chain.links.lifecycle import LinkState, ProposalState
from kernel.access import Side, scope
from kernel.db import RowNumber, UtcDateTime, Word, key, maybe_word, ref, word


class EvidenceKind(StrEnum):
    """What a link can rest on, from word to deed."""

    DECLARATION = "declaration"
    SURVEY = "survey"
    ORDER = "order"
    DESPATCH = "despatch"
    RECEIPT = "receipt"


class ShareBand(StrEnum):
    """How much of its need of an item a buyer covers by one link."""

    UP_TO_10 = "up_to_10"
    UP_TO_30 = "up_to_30"
    UP_TO_50 = "up_to_50"
    UP_TO_80 = "up_to_80"
    ABOVE_80 = "above_80"
    SOLE = "sole"


class DisputeReason(StrEnum):
    """Why an end says that a declared link is wrong."""

    NOT_OUR_CUSTOMER = "not_our_customer"
    NOT_OUR_ITEM = "not_our_item"
    WRONG_SITE = "wrong_site"
    NO_LONGER = "no_longer"
    OTHER = "other"


class SupplyLink(SQLModel, table=True):
    """Supplier delivers an item to a buyer. ``buyer_number``: the buyer's own number for the item.

    ``supplier_site_id``, ``buyer_site_id``: from where to where, once an end has named its own; the other end sees them.
    ``route``: both sites as one word, for two databases differ on whether nothing equals nothing.
    ``share_band`` is the buyer's word, and seen by the supplier only once ``share_shown_on`` a day.
    """

    __tablename__ = "supply_link"
    __table_args__ = (
        UniqueConstraint("supplier_id", "buyer_id", "item_id", "route", name="supply_link_once"),
        # With the row number, so that a list is walked in its order; with what every list asks, so that it can be counted.
        Index("supply_link_sold", "supplier_id", "id", "chain_id", "declared_on"),
        Index("supply_link_bought", "buyer_id", "id", "chain_id", "declared_on"),
        Index("supply_link_in_chain", "chain_id", "id", "buyer_id", "supplier_id", "declared_on"),
        Index("supply_link_of_item", "item_id", "buyer_id"),
    )
    id: int | None = key()
    supplier_id: int = ref("firm", index=False)
    buyer_id: int = ref("firm", index=False)
    item_id: int = ref("item", index=False)
    chain_id: int = ref("chain", index=False)
    buyer_number: str | None = Field(default=None, max_length=60)
    state: LinkState = word(LinkState, LinkState.DECLARED)
    declared_on: date
    ended_on: date | None = None
    supplier_site_id: int | None = ref("site", nullable=True)
    buyer_site_id: int | None = ref("site", nullable=True)
    route: str = Field(default="0-0", max_length=40, sa_column_kwargs={"server_default": "0-0"})
    declared_by: Side = Field(
        default=Side.SELLER, sa_type=Word(Side), nullable=False, sa_column_kwargs={"server_default": Side.SELLER.value}
    )
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    share_band: ShareBand | None = maybe_word(ShareBand)
    share_shown_on: date | None = None
    dispute_reason: DisputeReason | None = maybe_word(DisputeReason)
    dispute_note: str | None = Field(default=None, max_length=400)


class LinkEvidence(SQLModel, table=True):
    """One observation. ``source_kind`` and ``source_id`` name it, so that it counts once.

    A declaration's source is the end that made it: Supplier, Buyer, or, in old rows, SupplyLink for the supplier.
    """

    __tablename__ = "link_evidence"
    __table_args__ = (UniqueConstraint("link_id", "kind", "source_kind", "source_id"),)
    id: int | None = key()
    link_id: int = ref("supply_link", index=False)
    kind: EvidenceKind = word(EvidenceKind)
    occurred_on: date
    source_kind: str = Field(max_length=40)
    source_id: int = Field(sa_type=RowNumber)


class LinkProposal(SQLModel, table=True):
    """A link that only the other firm can make whole: it is not known here, or it alone knows its number of the item.

    ``side``: where the proposer stands. ``to_id``: a partner, or ``to_code``: the credit code of any firm, looked up by
    nobody, so that sending tells nothing of who has joined. ``item_id``: the proposer's own item, or ``item_text``: as
    a buyer calls it. ``open_until``: the last day it may be taken up.
    """

    __tablename__ = "link_proposal"
    id: int | None = key()
    from_id: int = ref("firm")
    side: Side = word(Side)
    to_id: int | None = ref("firm", nullable=True)
    to_code: str | None = Field(default=None, max_length=18, index=True)
    item_id: int | None = ref("item", nullable=True, index=False)
    item_text: str | None = Field(default=None, max_length=120)
    buyer_number: str | None = Field(default=None, max_length=60)
    chain_id: int = ref("chain", index=False)
    share_band: ShareBand | None = maybe_word(ShareBand)
    state: ProposalState = word(ProposalState, ProposalState.PROPOSED)
    proposed_on: date
    open_until: date
    decline_reason: DisputeReason | None = maybe_word(DisputeReason)
    link_id: int | None = ref("supply_link", nullable=True, index=False)


class LinkDisclosure(SQLModel, table=True):
    """A firm lets another look at its upstream links, the far ends under an alias, until a day."""

    __tablename__ = "link_disclosure"
    __table_args__ = (Index("link_disclosure_viewer", "viewer_id", "owner_id", "chain_id"),)
    id: int | None = key()
    owner_id: int = ref("firm", index=False)
    viewer_id: int = ref("firm", index=False)
    chain_id: int = ref("chain", index=False)
    until: date
    granted_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


scope("supply_link", "link_evidence", "link_proposal", "link_disclosure", because="who supplies whom is a trade secret")
