"""The digital file of a delivery in the replay: asked for with the order, handed in around the shipment, reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from chain.items.reads import items_by_id
from collaboration.orders.decisions import DEAD
from delivery.checks.formats import Format
from delivery.documents.lifecycle import RevisionState
from delivery.documents.reads import revisions_by_id
from delivery.documents.tables import ReviewVerdict
from delivery.documents.verbs import Remark, review_document, submit_document
from delivery.requirements.tables import DocumentRequirement
from delivery.requirements.verbs import Asked, require_documents
from kernel.access import SYSTEM
from kernel.clock import today_of
from kernel.uploads.verbs import open_upload, store_upload
from kernel.work import unit_of_work
from seeds import looks, papers
from seeds.deals import Deal, Trade

REVIEWER = "quality@longteng.example"


@dataclass(frozen=True)
class Kind:
    """A document as the chain master asks for it."""

    code: str
    title: str
    format: Format
    ending: str


CERTIFICATE = Kind("02-04", "出厂合格证与检测报告", Format.PDF, "pdf")
DRAWING = Kind("02-02", "外形安装图", Format.PNG, "png")
MANUAL = Kind("03-02", "使用说明书", Format.PDF, "pdf")
MEASURES = Kind("03-04", "出厂检验数据", Format.CSV, "csv")
SPARES = Kind("03-06", "备件清单", Format.XLSX, "xlsx")
KINDS = (CERTIFICATE, DRAWING, MANUAL, MEASURES, SPARES)

REMARKS = (
    ("检验章不清晰，请重新盖章后扫描", 1), ("检测报告缺少批次号", 1), ("参数表与图纸版本不一致", None), ("请补充润滑说明", 2),
)  # fmt: skip


class Dossiers:
    """What a deal's documents go through."""

    def __init__(self, trade: Trade) -> None:
        self.trade, self.agenda, self.rng = trade, trade.agenda, trade.rng

    def ask(self, kinds: tuple[Kind, ...], due_days: int, deal: Deal, now: datetime) -> None:
        """Ask for documents of the first agreed line's item, and let the seller hand them in before or soon after they are due."""
        due = today_of(now) + timedelta(days=due_days)
        for requirement in self.require(deal, kinds, due):
            if deal.goes_on:
                day = max(due + timedelta(days=self.rng.choice((-6, -3, -2, -1, -1, 2))), today_of(now))
                self.agenda.on(day, partial(self.hand_in, deal, requirement, "A"))

    def require(self, deal: Deal, kinds: tuple[Kind, ...], due: date) -> list[DocumentRequirement]:
        with unit_of_work(deal.buyer.buys) as work:
            first = next(line.id for line in looks.lines(work, deal.order_id) if line.state not in DEAD)
            asked = [Asked(k.code, k.title, "zh", k.format, due, line_id=first, reviewer=REVIEWER) for k in kinds]
            return require_documents(work, deal.buyer.buys, order_id=deal.order_id, asked=asked)

    def hand_in(self, deal: Deal, requirement: DocumentRequirement, revision: str, now: datetime) -> int:
        """Write the file, hand it in, and plan its review; the number of the revision."""
        kind = next(k for k in KINDS if k.code == requirement.document_type)
        number = f"{deal.number}-{requirement.id}"
        content = self.content(deal, kind, number, revision)
        filename = f"{number}-{revision}.{kind.ending}"
        with TemporaryDirectory(prefix="paper-") as folder:
            path = Path(folder) / "paper"
            path.write_bytes(content)
            digest = sha256(content).hexdigest()
            with unit_of_work(deal.seller) as work:
                upload = open_upload(work, deal.seller, filename=filename, size=len(content), sha256=digest)
                store_upload(work, upload, path, size=len(content), sha256=digest)
        with unit_of_work(deal.seller) as work:
            handed = submit_document(
                work, deal.seller, requirement_id=requirement.id or 0, upload_id=upload.id or 0, number=number,
                revision=revision, title=requirement.title, language="zh",
            )  # fmt: skip
        if deal.goes_on:
            day = self.trade.soon(now, 1, 3)
            self.agenda.on(day, partial(self.review, deal, requirement, handed.id or 0, revision))
        return handed.id or 0

    def content(self, deal: Deal, kind: Kind, number: str, revision: str) -> bytes:
        with unit_of_work(writes=False) as work:
            line = looks.lines(work, deal.order_id)[0]
            item = items_by_id(work, SYSTEM, [line.item_id])[0].number
        head = [f"{kind.code} document {number}, revision {revision}", f"item {item}", f"order {deal.number}"]
        if kind.ending == "png":
            return papers.picture(f"{number} {revision} {item}")
        figures = [f"{self.rng.gauss(100, 1.5):.3f}" for _ in range(8)]
        rows = [("sample", "value"), *((str(i), f) for i, f in enumerate(figures, start=1))]
        if kind.ending == "csv":
            return papers.table(rows)
        if kind.ending == "xlsx":
            spares = [("part", "pieces"), *((f"{item}-SP{i:02d}", f) for i, f in enumerate(_pieces(figures), start=1))]
            return papers.sheet([("document", number), *spares])
        return papers.pdf([*head, "measured:", *figures], pages=2)

    def review(self, deal: Deal, requirement: DocumentRequirement, revision_id: int, label: str, now: datetime) -> None:
        """A for most, B now and then, C for some, which come again as the next revision."""
        with unit_of_work(deal.buyer.reviews, writes=False) as work:
            found = revisions_by_id(work, deal.buyer.reviews, [revision_id])[0]
        if found.state is not RevisionState.IN_REVIEW:
            return
        luck = self.rng.random()
        verdict = ReviewVerdict.APPROVED if luck < 0.7 or label != "A" else ReviewVerdict.APPROVED_WITH_COMMENTS
        if luck > 0.82 and label == "A":
            verdict = ReviewVerdict.REVISE
        self.say(deal, revision_id, verdict)
        if verdict is ReviewVerdict.REVISE:
            self.agenda.on(self.trade.soon(now, 2, 5), partial(self.hand_in, deal, requirement, "B"))

    def say(self, deal: Deal, revision_id: int, verdict: ReviewVerdict) -> None:
        text, page = self.rng.choice(REMARKS)
        said = () if verdict is ReviewVerdict.APPROVED else (Remark(text, page if page == 1 else None),)
        with unit_of_work(deal.buyer.reviews) as work:
            review_document(work, deal.buyer.reviews, revision_id=revision_id, verdict=verdict, comments=said)


def _pieces(figures: Sequence[str]) -> list[str]:
    """Small numbers of spare parts out of measured figures."""
    return [figure[-1] for figure in figures]
