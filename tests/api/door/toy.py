"""A small schema with everything the door must handle, over the kernel's own unit of work."""

from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal as PyDecimal
from enum import StrEnum

import graphene
from graphene.types.generic import GenericScalar
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, text
from sqlalchemy.exc import OperationalError

from api.scalars import BigInt, Date, DateTime, Decimal, Text
from kernel.access import Actor
from kernel.errors import DomainError, NotAllowedNow, NotFound, Rule
from kernel.idempotency import keep, remember
from kernel.work import UnitOfWork, unit_of_work

NOTES = Table(
    "door_note", MetaData(),
    Column("id", Integer, primary_key=True), Column("text", String), Column("amount", String),
)  # fmt: skip
LOCKED: list[str] = []  # each time the locked field was asked
SECRET = "the password is hunter2"  # by name: a traceback shows the lines of code
CLOSED = Rule("toy.closed", "采购员", "the buyer")


class Mood(StrEnum):
    CALM = "calm"
    LATE = "late"


MoodType = graphene.Enum.from_enum(Mood)
Line = namedtuple("Line", "id item quantity mood remark")
FirmRow = namedtuple("FirmRow", "id name mood")


class OrderRow:
    """An object with attributes, as SQLModel gives them."""

    def __init__(self, number: int) -> None:
        self.id, self.number, self.placed_on = number, f"PO-{number}", date(2026, 11, number % 28 + 1)
        self.placed_at = datetime(2026, 11, 24, 3, 50, number % 60, tzinfo=UTC)
        self.total, self.serial = PyDecimal("12.50") * number, 2**40 + number
        self.seller_id = number % 3


FIRMS = [FirmRow(n, f"厂{n}", Mood.LATE if n else Mood.CALM) for n in range(3)]
ORDERS = [OrderRow(n) for n in range(1, 8)]


def lines_of(order: OrderRow) -> list[Line]:
    return [Line(n, f"item {n}", PyDecimal(n) / 4, Mood.CALM, None if n % 2 else "好") for n in range(order.id)]


class Thing(graphene.Interface):
    id = graphene.ID(required=True)
    title = graphene.String()

    @classmethod
    def resolve_type(cls, instance, info):
        return {OrderRow: OrderType, FirmRow: FirmType}.get(type(instance))


class FirmType(graphene.ObjectType):
    class Meta:
        name = "Firm"
        interfaces = (Thing,)

    name = graphene.NonNull(graphene.String)
    mood = MoodType(required=True)
    tags = graphene.List(graphene.NonNull(graphene.String))

    def resolve_title(self, info):
        return self.name

    def resolve_tags(self, info):
        return ("甲", "乙")


class LineType(graphene.ObjectType):
    class Meta:
        name = "Line"

    id = graphene.ID(required=True)
    item = graphene.String()
    quantity = graphene.Field(Decimal)
    mood = graphene.Field(MoodType)
    remark = graphene.String(required=True)  # every second line breaks this promise
    note = graphene.String()
    order = graphene.Field(lambda: OrderType)

    def resolve_order(self, info):
        return ORDERS[0]


class OrderType(graphene.ObjectType):
    class Meta:
        name = "Order"
        interfaces = (Thing,)

    number = graphene.String(required=True)
    placed_on = graphene.Field(Date)
    placed_at = graphene.Field(DateTime)
    total = graphene.Field(Decimal)
    serial = graphene.Field(BigInt)
    small = graphene.Int()
    seller = graphene.Field(FirmType)
    lines = graphene.List(graphene.NonNull(LineType), first=graphene.Int())
    grid = graphene.List(graphene.List(graphene.Int))
    echo = graphene.String(
        word=Text(), times=graphene.Int(default_value=1), mood=MoodType(), words=graphene.List(graphene.String)
    )
    where = graphene.String()
    broken = graphene.String()
    missing = graphene.String()

    def resolve_title(self, info):
        return f"order {self.number}"

    def resolve_seller(self, info):
        return FIRMS[self.seller_id] if self.seller_id else None

    def resolve_lines(self, info, first=None):
        return lines_of(self)[:first]

    def resolve_grid(self, info):
        return [[1, None], None, [self.id]]

    def resolve_small(self, info):
        return self.id if self.id < 7 else 2**31

    def resolve_echo(self, info, times, word="-", mood=None, words=None):
        if words:
            words.pop()
        return f"{self.id}:{word * times}:{mood}:{words}"

    def resolve_where(self, info):
        return f"{info.parent_type}.{info.field_name} as {info.field_nodes[0].alias is not None}, {len(info.field_nodes)} times"

    def resolve_broken(self, info):
        if self.id % 2:
            raise RuntimeError(SECRET)
        return "whole"

    def resolve_missing(self, info):
        raise NotFound("id")


class PageInfo(graphene.ObjectType):
    has_next_page = graphene.Boolean(required=True)


class OrderEdge(graphene.ObjectType):
    cursor = graphene.String(required=True)
    node = graphene.Field(OrderType)


class OrderConnection(graphene.ObjectType):
    page_info = graphene.Field(PageInfo, required=True)
    edges = graphene.NonNull(graphene.List(graphene.NonNull(OrderEdge)))
    nodes = graphene.List(OrderType)


class UserError(graphene.ObjectType):
    code = graphene.String(required=True)
    message = graphene.String(required=True)
    fields = graphene.List(graphene.NonNull(graphene.String), required=True)


class NoteInput(graphene.InputObjectType):
    text = Text(required=True)
    amount = Decimal()


class AddNote(graphene.Mutation):
    class Arguments:
        input = NoteInput(required=True)

    id = graphene.ID()
    raw = GenericScalar()
    user_errors = graphene.NonNull(graphene.List(graphene.NonNull(UserError)))

    @staticmethod
    def mutate(root, info, input):
        context = info.context
        try:
            if context.refusal:
                raise context.refusal
            with context.work.savepoint():
                made = context.work.session.execute(
                    insert(NOTES).values(text=input.text, amount=str(input.amount)).returning(NOTES.c.id)
                ).scalar_one()
                if input.text == "refused":
                    raise NotAllowedNow("this is closed; ask the buyer", "已关闭，请联系采购员", rule=CLOSED)
                if input.text == "bug":
                    raise RuntimeError(SECRET)
                if input.text == "disk full":
                    raise OperationalError("INSERT", {"text": SECRET}, Exception("database or disk is full"))
        except DomainError as refusal:
            said = refusal.said(context.lang)
            return AddNote(user_errors=[{"code": refusal.code, "message": said, "fields": refusal.fields}])
        return AddNote(id=made, raw=PyDecimal(made), user_errors=[])


class Query(graphene.ObjectType):
    viewer = graphene.String()
    orders = graphene.Field(OrderConnection, first=graphene.Int(), after=graphene.String())
    all_orders = graphene.List(OrderType)
    order = graphene.Field(OrderType, number=graphene.String())
    firm = graphene.Field(FirmType, id=graphene.ID())
    node = graphene.Field(Thing, id=graphene.ID(required=True))
    things = graphene.List(Thing, ids=graphene.List(graphene.ID))
    decimal = graphene.String(value=Decimal())
    day = graphene.String(value=Date())
    instant = graphene.String(value=DateTime())
    text = graphene.String(value=Text())
    big = graphene.String(value=BigInt())
    count = graphene.String(value=graphene.Int(default_value=20))
    broken = graphene.String()
    locked = graphene.String()
    closed = graphene.String()
    half = graphene.String()
    vast = GenericScalar()
    raw = GenericScalar()

    def resolve_viewer(root, info):
        return str(info.context.actor.user_id) if info.context.actor else None

    def resolve_orders(root, info, first=20, after=None):
        rows = ORDERS[:first]
        edges = [{"cursor": str(r.id), "node": r} for r in rows]
        return {"page_info": {"has_next_page": first < len(ORDERS)}, "edges": edges, "nodes": rows}

    def resolve_all_orders(root, info):
        return ORDERS

    def resolve_order(root, info, number=None):
        return next((o for o in ORDERS if o.number == number), None)

    def resolve_firm(root, info, id=None):
        return FIRMS[int(id or 0)]

    def resolve_node(root, info, id):
        return {"o": ORDERS, "f": FIRMS}.get(id[0], ["an unknown thing"] * 9)[int(id[1:])]

    def resolve_things(root, info, ids=None):
        return [Query.resolve_node(root, info, i) for i in ids or ("o1", "f2", "o3")]

    def resolve_broken(root, info):
        raise RuntimeError(SECRET)

    def resolve_locked(root, info):
        LOCKED.append(info.field_name)
        raise OperationalError("SELECT", {"secret": SECRET}, Exception("database is locked"))

    def resolve_half(root, info):
        return "\ud83d"

    def resolve_vast(root, info):
        return 2**70

    def resolve_raw(root, info):
        return PyDecimal(1)

    def resolve_closed(root, info):
        raise NotAllowedNow("this is closed; ask the buyer", "已关闭，请联系采购员", rule=CLOSED)


def _shows_what_came(root, info, value="absent"):
    return repr(value)


for name in ("decimal", "day", "instant", "text", "big", "count"):
    setattr(Query, f"resolve_{name}", _shows_what_came)


class Mutation(graphene.ObjectType):
    add_note = AddNote.Field()


schema = graphene.Schema(query=Query, mutation=Mutation, types=[OrderType, FirmType, LineType])


class ToyContext:
    def __init__(self, work: UnitOfWork, actor: Actor | None, lang: str) -> None:
        self.work, self.actor, self.lang, self.refusal = work, actor, lang, None

    def remember(self, key: str, fingerprint: str) -> bytes | None:
        return remember(self.work, key, fingerprint)

    def keep(self, key: str, body: bytes) -> None:
        keep(self.work, key, body)


class ToyDoor:
    """``opened`` counts the units of work, ``writes`` what each was opened for."""

    def __init__(self, actor: Actor | None, lang: str = "en") -> None:
        self.actor, self.lang, self.writes = actor, lang, []

    @contextmanager
    def open(self, *, writes: bool) -> Iterator[ToyContext]:
        self.writes.append(writes)
        with unit_of_work(self.actor or Actor(user_id=-1), writes=writes) as work:
            yield ToyContext(work, self.actor, self.lang)


def notes() -> list[str]:
    with unit_of_work(writes=False) as work:
        return list(work.session.execute(text("SELECT text FROM door_note ORDER BY id")).scalars())
