"""What we are measured against: the endpoint anyone would write with Flask, SQLAlchemy's ORM and jsonify.

It reads the very same tables, loads children in one statement a level, and does no more than it must: no sign-in,
no rule about who may see what, no audit, no outbox, no idempotency keys.
"""

import os
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask, jsonify, request
from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

from web.gate import Gate


class Base(DeclarativeBase):
    pass


class Firm(Base):
    __tablename__ = "firm"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    name: Mapped[str]


class Order(Base):
    __tablename__ = "purchase_order"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    state: Mapped[str]
    version: Mapped[int]
    currency: Mapped[str]
    placed_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    seller_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    seller: Mapped[Firm] = relationship()
    lines: Mapped[list["Line"]] = relationship(order_by="Line.number")


class Line(Base):
    __tablename__ = "order_line"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("purchase_order.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    number: Mapped[int]
    unit: Mapped[str]
    quantity: Mapped[str]
    unit_price: Mapped[str]
    state: Mapped[str]
    item: Mapped[Item] = relationship()
    schedules: Mapped[list["Schedule"]] = relationship(order_by="Schedule.number")


class Schedule(Base):
    __tablename__ = "schedule"
    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    number: Mapped[int]
    wanted_on: Mapped[date]
    promised_on: Mapped[date | None]
    quantity: Mapped[str]


URL = os.environ["PLAIN_DATABASE_URL"]
ON_SQLITE = URL.startswith("sqlite")
engine = create_engine(URL, connect_args={"timeout": 10, "check_same_thread": False} if ON_SQLITE else {})


@event.listens_for(engine, "connect")
def prepare(connection: Any, record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON") if ON_SQLITE else ():
        connection.execute(f"PRAGMA {pragma}")


plain = Flask("plain")


@plain.get("/healthz")
def alive() -> str:
    return "ok"


@plain.get("/orders")
def orders() -> Any:
    first = int(request.args.get("first", 20))
    children = selectinload(Order.lines)
    found = (
        select(Order)
        .options(selectinload(Order.seller), children.selectinload(Line.item), children.selectinload(Line.schedules))
        .order_by(Order.id.desc())
        .limit(first + 1)
    )
    with Session(engine) as session:
        rows = session.scalars(found).all()
        page = rows[:first]
        end = str(page[-1].id) if page else None
        return jsonify(
            data={
                "orders": {
                    "nodes": [_order(order) for order in page],
                    "pageInfo": {"hasNextPage": len(rows) > first, "endCursor": end},
                }
            }
        )


def _order(order: Order) -> dict[str, Any]:
    return {
        "id": str(order.id),
        "number": order.number,
        "state": order.state.upper(),
        "version": order.version,
        "currency": order.currency,
        "placedAt": _in_utc(order.placed_at).isoformat().replace("+00:00", "Z"),
        "seller": {"id": str(order.seller.id), "name": order.seller.name},
        "lines": [_line(line) for line in order.lines],
    }


def _in_utc(at: datetime) -> datetime:
    """SQLite gives an instant without its zone."""
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "number": line.number,
        "item": {"id": str(line.item.id), "number": line.item.number, "name": line.item.name},
        "quantity": {"value": str(Decimal(line.quantity)), "unit": line.unit},
        "unitPrice": str(Decimal(line.unit_price)),
        "state": line.state.upper(),
        "schedules": [
            {
                "id": str(day.id),
                "wantedOn": day.wanted_on.isoformat(),
                "promisedOn": day.promised_on.isoformat() if day.promised_on else None,
                "quantity": str(Decimal(day.quantity)),
            }
            for day in line.schedules
        ],
    }


@plain.post("/orders/<int:number>/confirm")
def confirm(number: int) -> Any:
    asked = request.get_json()
    with Session(engine) as session:
        order = session.get_one(Order, number)
        if order.version != asked["expectedVersion"] or order.state != "placed":
            return jsonify(error="stale"), 409
        order.state, order.version, order.answered_at = "confirmed", order.version + 1, datetime.now(UTC)
        for line in order.lines:
            line.state = "confirmed"
            for day in line.schedules:
                day.promised_on = day.wanted_on
        answer = {"id": str(order.id), "state": "CONFIRMED", "version": order.version}
        session.commit()
    return jsonify(data={"respondToOrder": {"order": answer, "userErrors": []}})


app = Gate(plain, most=1024 * 1024)
