"""Terms of two firms and who accepted them; grants; figures a firm states, and those it allocates to one partner."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from chain.sharing.lifecycle import TermsState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word
from kernel.quantities import Exact


class FieldClass(StrEnum):
    """What kind of secret a grant is about."""

    PRICE = "price"  # what a firm asks for an item
    COST = "cost"  # what it costs to make
    IDENTITY = "identity"  # who stands behind an alias
    DRAWING = "drawing"  # documents of an item
    CAPACITY = "capacity"  # how many it can make in a month


class Level(StrEnum):
    """How much of it a grant shows."""

    NONE = "none"
    BAND = "band"
    EXACT = "exact"


class GrantScope(StrEnum):
    """What a grant reaches: of two that reach a thing the narrower decides."""

    ALL = "all"
    CHAIN = "chain"
    ITEM = "item"
    LINK = "link"


class StatedKind(StrEnum):
    """What a firm states of an item of its own, to be shared by grants alone."""

    LIST_PRICE = "list_price"
    UNIT_COST = "unit_cost"
    MONTHLY_CAPACITY = "monthly_capacity"


class AllocatedKind(StrEnum):
    """What a firm sets apart for one partner (CX-0122 stock, CX-0120 planned output, CX-0145 days of supply)."""

    STOCK = "stock"
    PLANNED_OUTPUT = "planned_output"
    DAYS_OF_SUPPLY = "days_of_supply"


class TermsText(SQLModel, table=True):
    """A text two firms were asked to accept, letter by letter, under its SHA-256."""

    __tablename__ = "terms_text"
    sha256: str = Field(primary_key=True, max_length=64)
    body: str = Field(sa_type=Text)


class TermsVersion(SQLModel, table=True):
    """A version of a pair's terms. ``first_id`` is the firm of the lower number.

    ``proposer_id`` and ``effective_on`` are empty for the standard text: nobody of the two proposed it, and it waits for no day.
    """

    __tablename__ = "terms_version"
    __table_args__ = (UniqueConstraint("first_id", "second_id", "number"),)
    id: int | None = key()
    first_id: int = ref("firm", index=False)
    second_id: int = ref("firm")
    number: int
    sha256: str = Field(foreign_key="terms_text.sha256", max_length=64)
    state: TermsState = word(TermsState, TermsState.PROPOSED)
    proposer_id: int | None = ref("firm", index=False, nullable=True)
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    effective_on: date | None = None


class TermsAcceptance(SQLModel, table=True):
    """A firm accepted a version: who of it, when, and the hash of what it had read."""

    __tablename__ = "terms_acceptance"
    __table_args__ = (UniqueConstraint("version_id", "firm_id"),)
    id: int | None = key()
    version_id: int = ref("terms_version", index=False)
    firm_id: int = ref("firm", index=False)
    by_user: int = Field(sa_type=RowNumber)
    at: datetime = Field(sa_type=UtcDateTime)
    sha256: str = Field(max_length=64)


class AccessGrant(SQLModel, table=True):
    """The owner lets one viewer see its secrets of a class, at a level, from a day until a day. Never changed, only revoked."""

    __tablename__ = "access_grant"
    __table_args__ = (Index("access_grant_pair", "viewer_id", "owner_id", "field_class"),)
    id: int | None = key()
    owner_id: int = ref("firm")
    viewer_id: int = ref("firm", index=False)
    field_class: FieldClass = word(FieldClass)
    level: Level = word(Level)
    scope: GrantScope = word(GrantScope)
    chain_id: int | None = ref("chain", index=False, nullable=True)
    item_id: int | None = ref("item", index=False, nullable=True)
    link_id: int | None = ref("supply_link", index=False, nullable=True)
    since: date
    until: date
    reason: str = Field(max_length=200)
    by_user: int = Field(sa_type=RowNumber)
    granted_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class StatedFigure(SQLModel, table=True):
    """What a firm says of an item of its own. ``unit``: a currency, or the item's unit a month. The newest counts."""

    __tablename__ = "stated_figure"
    __table_args__ = (Index("stated_figure_of", "owner_id", "item_id", "kind"),)
    id: int | None = key()
    owner_id: int = ref("firm", index=False)
    item_id: int = ref("item")
    kind: StatedKind = word(StatedKind)
    value: Decimal = Field(sa_type=Exact)
    unit: str = Field(max_length=3)
    stated_on: date
    stated_at: datetime = Field(sa_type=UtcDateTime)
    replaced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AllocatedFigure(SQLModel, table=True):
    """A figure meant for one partner and nobody else. ``from_on`` and ``to_on``: the days of a planned output."""

    __tablename__ = "allocated_figure"
    __table_args__ = (
        Index("allocated_figure_owner", "owner_id", "item_id"),
        Index("allocated_figure_partner", "partner_id", "owner_id"),
    )
    id: int | None = key()
    owner_id: int = ref("firm", index=False)
    partner_id: int = ref("firm", index=False)
    item_id: int = ref("item")
    kind: AllocatedKind = word(AllocatedKind)
    quantity: Decimal = Field(sa_type=Exact)
    unit: str = Field(max_length=3)
    as_of: date
    from_on: date | None = None
    to_on: date | None = None
    allocated_at: datetime = Field(sa_type=UtcDateTime)
    replaced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


scope(
    "terms_text", "terms_version", "terms_acceptance", because="under which terms two firms exchange is theirs to know"
)
scope("access_grant", because="who lets whom see what is known to the two of them")
scope("stated_figure", because="prices, costs and capacities are a firm's own secrets")
scope("allocated_figure", because="what is set apart for a partner tells its rivals what is left")
