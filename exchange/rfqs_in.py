"""Take a UBL RequestForQuotation in: its buyer's own system drafts a request, by the same verb as the form.

A file names one invitee, as UBL has it. A further file of the same request adds its invitee to the draft.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from collaboration.sourcing import reads as sourcing
from collaboration.sourcing.decisions import LONGEST_TITLE
from collaboration.sourcing.forms import RfqAsked, RfqLineAsked
from collaboration.sourcing.lifecycle import RfqState
from collaboration.sourcing.tables import Incoterm
from collaboration.sourcing.verbs import draft_rfq
from exchange import reads
from exchange.order_rows import A_LINE_NUMBER
from exchange.outcome import Outcome, Report, Told, left_out_told
from exchange.parties import SELLER, check_buyer, is_own, listed, matching, shown
from exchange.taking_in import of_a_firm, refused, tried
from exchange.ubl.quoting import RequestedLine, RfqDocument
from exchange.ubl.read_rfq import USUAL_TIME, read_rfq
from exchange.ubl.reading import shown as quoted
from kernel.access import Actor, Role
from kernel.clock import CHINA
from kernel.work import UnitOfWork

PLACE = "RequestForQuotation"
FIELDS = {
    "number": "ID", "title": "Note", "note": "Note", "currency": "PricingCurrencyCode", "closesAt": "SubmissionDueDate",
    "awardBy": "RequestedValidityPeriod/EndDate", "inviteeIds": f"{SELLER}/Party", "lines": "RequestForQuotationLine",
    "quantity": "LineItem/Quantity", "unit": "LineItem/Quantity/@unitCode", "wantedOn": "LineItem/Delivery",
}  # fmt: skip
OF_A_LINE = FIELDS | {"number": "ID", "title": "LineItem/Item/Name"}
USUAL_AWARD_DAYS, USUAL_TERMS = 30, Incoterm.DAP


def import_rfq(work: UnitOfWork, actor: Actor, content: bytes) -> Outcome:
    """Draft the request in a file, or add its invitee to that draft, or say everything that is wrong. Raises NotAllowedNow."""
    of_a_firm(actor, Role.BUYER)
    document, faults = read_rfq(content)
    if document is None:
        return refused(faults)
    report = Report()
    own, partners = reads.own_firm_and_partners(work, actor)
    check_buyer(
        report, document.buyer, own, partners, document=PLACE,
        whose=("a request is made by its own buyer", "询价单只能由采购方本单位发出"),
    )  # fmt: skip
    invitee = _invitee(report, document, own, partners)
    asked = _asked(report, document, [] if invitee is None else [invitee.id])
    if asked is None or report.faulty:
        return report.refused()
    known = [r for r in reads.rfqs_numbered(work, actor, asked.number.strip()) if r.buyer_id == actor.party_id]
    if known:
        return _again(work, actor, report, document, asked, known[0], invitee)
    made = _drafted(work, actor, report, asked)
    if made is None or report.faulty:
        return report.refused()
    return _told(report, document, asked, made.id, invitee)


def _drafted(work: UnitOfWork, actor: Actor, report: Report, asked: RfqAsked, **of: Any) -> Any:
    places = [f"RequestForQuotationLine {n}" for n in range(1, len(asked.lines) + 1)]
    return tried(
        work, report, lambda: draft_rfq(work, actor, asked, **of), document=PLACE, places=places, fields=FIELDS,
        of_a_line=OF_A_LINE,
    )  # fmt: skip


def _again(
    work: UnitOfWork, actor: Actor, report: Report, document: RfqDocument, asked: RfqAsked, rfq: Any, invitee: Any
) -> Outcome:
    """A file of a request there is: one more invitee of the same draft, or nothing to do; anything else is complained of."""
    number = quoted(asked.number)
    if rfq.state not in (RfqState.DRAFT, RfqState.APPROVED):
        report.complain(
            PLACE, "ID", f"your request {number} is no draft any more; change it on its page, or ask under another number",
            f"本单位的询价单 {number} 已不是草稿；请在页面上变更，或使用新的编号",
        )  # fmt: skip
        return report.refused()
    if _content(asked) != _content_of(work, actor, rfq):
        report.complain(
            PLACE, "ID", f"you have a draft {number} that asks for something else; change it on its page, or give another number",
            f"本单位已有内容不同的询价草稿 {number}；请在页面上修改，或使用新的编号",
        )  # fmt: skip
        return report.refused()
    before = [row.supplier_id for row in sourcing.invitations_of(work, actor, [rfq.id])]
    if invitee is None or invitee.id in before:
        told = Told(
            f"request {rfq.number} is drafted already; nothing was changed", f"询价草稿 {rfq.number} 已存在，未作更改"
        )
        return Outcome((told, *report.remarks()), subject=("Rfq", rfq.id))
    both = replace(asked, invitee_ids=[*before, invitee.id], category_id=rfq.category_id)
    made = _drafted(work, actor, report, both, rfq_id=rfq.id, expected_version=rfq.version)
    if made is None or report.faulty:
        return report.refused()
    told = Told(
        f"request {rfq.number}: {invitee.name} invited too", f"询价草稿 {rfq.number}：增加受邀供应商 {invitee.name}"
    )
    return Outcome((told, *report.remarks(), left_out_told(document.left_out)), subject=("Rfq", rfq.id))


def _content(asked: RfqAsked) -> Any:
    lines = sorted((one.number, one.title.strip(), one.quantity, one.unit, one.wanted_on) for one in asked.lines)
    head = (asked.title.strip(), asked.note.strip(), asked.currency, asked.incoterm, asked.closes_at, asked.award_by)
    return head, lines


def _content_of(work: UnitOfWork, actor: Actor, rfq: Any) -> Any:
    rows = sourcing.standing_lines(work, actor, rfq).values()
    lines = [RfqLineAsked(row.number, row.title, row.quantity, row.unit, row.wanted_on) for row in rows]
    return _content(
        RfqAsked(rfq.number, rfq.title, rfq.currency, rfq.incoterm, rfq.closes_at, rfq.award_by, lines, (), rfq.note)
    )


def _invitee(report: Report, document: RfqDocument, own: Any, partners: Sequence[Any]) -> Any:
    """The partner a file names; None where it names nobody, or was complained of."""
    named = document.seller
    if not named.name and not named.codes:
        report.remark(
            f"{PLACE}, {SELLER}", "names nobody; invite suppliers on the page", "未填写供应方；请在页面上选择受邀供应商"
        )
        return None
    if is_own(named, own):
        report.complain(
            PLACE, f"{SELLER}/Party", f"the supplier is your own firm, {own.name}; name who is to bid", f"供应方是贵单位 {own.name}；请填写受邀供应商"
        )  # fmt: skip
        return None
    found = list(matching(named, partners))
    if len(found) == 1:
        return found[0]
    could = found or list(partners)
    report.complain(
        PLACE, f"{SELLER}/Party",
        f"{shown(named)} is {'several' if found else 'none'} of your partners by credit code or name; put the credit code in "
        f"PartyIdentification/ID, such as that of {listed(could) or '-'}",
        f"{shown(named)} {'对应多个合作单位' if found else '的统一社会信用代码和名称均不属于您的合作单位'}；"
        f"请在 PartyIdentification/ID 中填写统一社会信用代码，例如 {listed(could) or '-'}",
    )  # fmt: skip
    return None


def _asked(report: Report, document: RfqDocument, invitee_ids: Sequence[int]) -> RfqAsked | None:
    incoterm = Incoterm.__members__.get(document.incoterm) if document.incoterm else USUAL_TERMS
    if incoterm is None:
        terms = ", ".join(Incoterm.__members__)
        report.complain(
            PLACE, "DeliveryTerms/ID", f"these terms of delivery are none of Incoterms 2020: {terms}", f"交货条件不属于 Incoterms 2020：{terms}"
        )  # fmt: skip
        return None
    if not document.incoterm:
        report.remark(
            f"{PLACE}, DeliveryTerms/ID", f"not given; {incoterm.name}", f"未填写；按 {incoterm.name}"
        )  # fmt: skip
    if not document.is_time_said:
        report.remark(
            f"{PLACE}, SubmissionDueDate", f"gives no time of day; {USUAL_TIME:%H:%M} in China", f"未注明时刻；按北京时间 {USUAL_TIME:%H:%M}"
        )  # fmt: skip
    award_by = document.award_by
    if award_by is None:
        usual = timedelta(days=USUAL_AWARD_DAYS)
        award_by = min(document.closes_on, date.max - usual) + usual  # a close in 9999 is refused by the verb
        report.remark(
            f"{PLACE}, RequestedValidityPeriod/EndDate", f"not given; {USUAL_AWARD_DAYS} days after the close",
            f"未填写；按截止后 {USUAL_AWARD_DAYS} 天",
        )  # fmt: skip
    title, note = _title(report, document)
    numbers = _numbers(report, document.lines)
    lines = [
        _line(report, n, number, line)
        for n, (number, line) in enumerate(zip(numbers, document.lines, strict=True), start=1)
    ]
    closes_at = datetime.combine(document.closes_on, document.closes_at, CHINA)
    if document.amendment:
        report.remark(
            PLACE,
            f"is amendment {document.amendment}; drafted as first issued",
            f"为第 {document.amendment} 次修订；按首次发出起草",
        )
    return RfqAsked(
        number=document.number, title=title, currency=document.currency, incoterm=incoterm, closes_at=closes_at,
        award_by=award_by, lines=[line for line in lines if line is not None], invitee_ids=invitee_ids, note=note,
    )  # fmt: skip


def _title(report: Report, document: RfqDocument) -> tuple[str, str]:
    """The first note, where it is as short as a title; else what the first line asks for, and all notes are the note."""
    if document.title and len(document.title) <= LONGEST_TITLE and "\n" not in document.title:
        return document.title, document.note
    made = document.lines[0].title[:LONGEST_TITLE]
    report.remark(
        f"{PLACE}, Note",
        f"no short first note; its title is {quoted(made)}",
        f"没有简短的首条备注；标题取 {quoted(made)}",
    )
    return made, "\n".join(text for text in (document.title, document.note) if text)


def _numbers(report: Report, lines: Collection[RequestedLine]) -> list[int]:
    """The file's own where all are whole, 1 to 999999 and different; else in the order of the file."""
    own = [int(line.number) if A_LINE_NUMBER.fullmatch(line.number) else 0 for line in lines]
    if 0 not in own and len(set(own)) == len(own):
        return own
    report.remark(
        "RequestForQuotationLine, ID", "not all line numbers are different whole numbers; numbered in the order of the file",
        "行号并非互不相同的整数；已按文件顺序编号",
    )  # fmt: skip
    return list(range(1, len(lines) + 1))


def _line(report: Report, position: int, number: int, line: RequestedLine) -> RfqLineAsked | None:
    if line.wanted_on is None:
        report.complain(
            f"RequestForQuotationLine {position}", "LineItem/Delivery",
            "the line says no day it is wanted; give RequestedDeliveryPeriod/EndDate, here or in the header",
            "该行没有需求日期；请在该行或单据头填写 RequestedDeliveryPeriod/EndDate",
        )  # fmt: skip
        return None
    return RfqLineAsked(number, line.title, line.quantity, line.unit, line.wanted_on)


def _told(report: Report, document: RfqDocument, asked: RfqAsked, rfq_id: int, invitee: Any) -> Outcome:
    named: Mapping[str, str] = {
        "en": invitee.name if invitee else "nobody yet",
        "zh": invitee.name if invitee else "尚未选择",
    }
    told = Told(
        f"request {asked.number} drafted: {len(asked.lines)} line(s), invited: {named['en']}; another person approves it",
        f"已起草询价单 {asked.number}：共 {len(asked.lines)} 行，受邀供应商：{named['zh']}；待本单位另一人批准",
    )
    return Outcome((told, *report.remarks(), left_out_told(document.left_out)), subject=("Rfq", rfq_id))
