"""Some trade for the pages of documents and chains, all of it done by the verbs that people use."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from pikepdf import Dictionary, Name, Stream
from sqlalchemy import select
from sqlmodel import col

from chain.firms.tables import FirmRole
from chain.firms.verbs import join_stage, register_firm
from collaboration.orders.forms import LineAsked, WantedDay
from collaboration.orders.tables import Answer
from collaboration.orders.verbs import place_order, respond_to_order
from delivery.checks.formats import Format
from delivery.documents.verbs import submit_document
from delivery.requirements.verbs import Asked, require_documents
from jobs.publishing import publish_officials_figures
from jobs.reactions import REACTIONS
from kernel import clock, ids
from kernel.access import SYSTEM, unscoped
from kernel.clock import today_of
from kernel.tables import Event
from kernel.uploads.verbs import open_upload, store_upload
from kernel.work import unit_of_work
from seeds.cast import GEARWORKS, Seated, credit_code

TITLES = (
    ("02-04", "材质与出厂检验报告", 12),
    ("03-02", "操作手册", 5),
    ("02-02", "外形与安装图纸", 40),
    ("03-06", "备件清单", 1),
)
"""(class, title, days from the order to the day it is due)."""


@dataclass
class Planted:
    """What the tests speak of, by outward id."""

    seated: Seated
    order_id: str = ""
    chain_id: str = ""
    requirements: dict[str, str] = field(default_factory=dict)
    revision_id: str = ""


def pdf(words: str = "Inspection report 4711", pages: int = 1) -> bytes:
    made = pikepdf.new()
    for _ in range(pages):
        page = made.add_blank_page(page_size=(300, 420))
        page.Resources = Dictionary(
            Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        )
        page.Contents = Stream(made, f"BT /F1 18 Tf 20 300 Td ({words}) Tj ET".encode())
    buffer = io.BytesIO()
    made.save(buffer, static_id=True)
    return buffer.getvalue()


def plant(seated: Seated) -> Planted:
    """An order of ten days ago, agreed; four documents asked for, one handed in and checked; firms at the stages."""
    planted = Planted(seated, chain_id=ids.seal("Chain", seated.chain_id))
    then = datetime.combine(today_of(clock.now()) - timedelta(days=10), time(4), UTC)  # noon in China
    _order(seated, planted, then)
    _documents(seated, planted, then)
    _firms(seated)
    publish_officials_figures()
    react()
    return planted


def _order(seated: Seated, planted: Planted, then: datetime) -> None:
    buyer, seller = seated.actors["buyer@longteng.example"], seated.actors["sales@gearworks.example"]
    wanted = today_of(then) + timedelta(days=30)
    with unit_of_work(buyer, now=then) as work:
        lines = [
            LineAsked(10, seated.items["RV-40E"], Decimal(40), Decimal("2680"), [WantedDay(wanted, Decimal(40))]),
            LineAsked(20, seated.items["HD-25"], Decimal(12), Decimal("1380.5"), [WantedDay(wanted, Decimal(12))]),
        ]
        order = place_order(
            work, buyer, seller_id=seated.firms[GEARWORKS], number="PO-2026-0017", currency="CNY", lines=lines
        )
        assert order.id is not None
        number, version = order.id, order.version
    with unit_of_work(seller, now=then + timedelta(hours=5)) as work:
        respond_to_order(
            work, seller, order_id=number, expected_version=version, answer=Answer.ACCEPTED, lines=[]
        )  # fmt: skip
    planted.order_id = ids.seal("Order", number)


def _documents(seated: Seated, planted: Planted, then: datetime) -> None:
    buyer, seller = seated.actors["quality@longteng.example"], seated.actors["sales@gearworks.example"]
    order_id = ids.number_of("Order", planted.order_id)
    asked = [
        Asked(kind, title, "zh", Format.PDF, today_of(then) + timedelta(days=days)) for kind, title, days in TITLES
    ]
    with unit_of_work(buyer, now=then) as work:
        written = require_documents(work, buyer, order_id=order_id, asked=asked)
        numbers = {r.title: r.id or 0 for r in written}
    planted.requirements = {title: ids.seal("DocumentRequirement", n) for title, n in numbers.items()}
    with unit_of_work(seller, now=then + timedelta(days=2)) as work:
        revision = submit_document(
            work, seller, requirement_id=numbers["操作手册"], upload_id=_kept(work, seller, pdf("Manual", 3), "操作手册.pdf"),
            number="GW-M-001", revision="A", title="RV-40E 操作手册", language="zh",
        )  # fmt: skip
        planted.revision_id = ids.seal("DocumentRevision", revision.id or 0)


def _kept(work, actor, content: bytes, name: str) -> int:
    digest = sha256(content).hexdigest()
    upload = open_upload(work, actor, filename=name, size=len(content), sha256=digest)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "content"
        path.write_bytes(content)
        store_upload(work, upload, path, size=len(content), sha256=digest)
    return upload.id or 0


def _firms(seated: Seated) -> None:
    """Five bearing makers in Suzhou, two in Wuxi; nobody anywhere integrates but the dealer in Nanjing."""
    memberships = [("bearings", "320500", 5), ("bearings", "320200", 2), ("core-parts", "320500", 3)]
    with unit_of_work() as work:
        join(work, seated, memberships, since=today_of(work.now).replace(day=1) - timedelta(days=40))


def join(work, seated: Seated, memberships: Sequence[tuple[str, str, int]], *, since: date, first: int = 500) -> None:
    """Register so many firms of a place at a stage, since a day. Their names begin with 隐名, their codes with a number from ``first``."""
    number = first
    for stage, prefecture, count in memberships:
        for _ in range(count):
            firm = register_firm(
                work, SYSTEM, name=f"隐名企业{number}", code=credit_code(number), role=FirmRole.SUPPLIER, prefecture=prefecture
            )  # fmt: skip
            join_stage(work, SYSTEM, firm_id=firm.id or 0, stage_id=seated.stages[stage], since=since)
            number += 1


def react() -> None:
    """Do by hand what relay and workers would: every reaction to every fact, each of which has its effect once."""
    with unit_of_work(writes=False) as work, unscoped("a test stands in for the relay"):
        facts = [(e.id, e.kind) for e in work.session.scalars(select(Event).order_by(col(Event.id)))]
    for number, kind in facts:
        for on in REACTIONS:
            if on.event.__name__ == kind:
                on.job(number)
