"""The bounds of a request and of a bid, what a bid is sealed as, and when it is late. Pure."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from collaboration.sourcing.forms import Break, LineOffered, Offer, RfqAsked, RfqLineAsked, RoundAsked
from collaboration.sourcing.lifecycle import RfqState
from collaboration.sourcing.tables import BidKind, Incoterm, RoundReason, RoundVisibility
from kernel.codes import currency, unit
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.quantities import WHOLE_DIGITS, not_negative, plain, positive
from kernel.texts import words

MOST_LINES, MOST_INVITEES, MOST_BREAKS, MOST_OFFERS_A_LINE = 100, 50, 10, 3
LONGEST_NUMBER, LONGEST_TITLE, LONGEST_LINE_TITLE = 60, 120, 200
LONGEST_NOTE, LONGEST_REASON, LONGEST_QUESTION, LONGEST_ANSWER = 4000, 400, 1000, 2000
LONGEST_BID_NOTE, LONGEST_BID_LINE_NOTE = 1000, 200
FARTHEST_DAYS, LONGEST_LEAD_TIME_DAYS, LARGEST_FACTOR = 730, 1000, 1_000_000
LARGEST = Decimal(10) ** WHOLE_DIGITS
HEAD_BYTES, OFFER_BYTES = 6 * 1024, 3 * 1024
"""What the head of a bid, and one offer of a line, takes at its longest."""

CLOSING = Rule("rfq.closes_later", "采购方另定截止时间", "the buyer, by another closing time")
PAST_CLOSE = Rule("rfq.past_close", "采购方发起新的询价", "the buyer, by a new request")
EXPIRED = Rule("quotation.expired", "报价方另行报价", "the bidder, by a new offer")
NOT_LOWEST = Rule(
    "rfq.not_lowest", "采购方写明未选最低价的理由", "the buyer, by saying why it does not take the lowest"
)
NOT_COMPARED = Rule(
    "rfq.not_compared",
    "采购方填写汇率与交货方式加价",
    "the buyer, by stating the rate and what other terms of delivery cost",
)
KEPT_LINE = Rule("rfq.kept_line", "采购方以新行号询价", "the buyer, by asking under a new line number")
QUALIFIED = Rule(
    "rfq.qualified_invitee", "采购方质量人员提议、主管批准供应商资格",
    "the buyer's quality person proposing and its lead approving a supplier",
)  # fmt: skip
FACTOR = Rule(
    "quotation.unit_factor", "报价方填写换算关系，或双方登记物料对照",
    "the bidder, by stating the factor, or either firm, by a cross-reference",
)  # fmt: skip
AUCTION_BINDS = Rule("rfq.auction_binds", "拍卖结束后由采购方处理", "the buyer, once the auction has ended")
COMPARES = Rule(
    "rfq.auction_compares", "报价方按询价币种与交货方式对全部行报价",
    "the bidder, by bidding for every line in the request's currency and on its terms of delivery",
)  # fmt: skip
POOLED = Rule("rfq.pooled", "采购方在联合采购中处理", "the buyer, in the pool it was made for")
LEAST_STEP = Rule("rfq.least_step", "报价方按最小降幅降价", "the bidder, by a lower total")
LONGEST_EXTENSION_MINUTES, MOST_EXTENSIONS = 30, 20
HOLDS = Rule("quotation.holds_until_award", "报价方延长有效期", "the bidder, by an offer that holds longer")


def check_asked(asked: RfqAsked, today: date) -> None:
    """Raises Invalid naming the field."""
    words(asked.number, "number", LONGEST_NUMBER, one_line=True)
    words(asked.title, "title", LONGEST_TITLE, one_line=True)
    words(asked.note, "note", LONGEST_NOTE, least=0)
    currency(asked.currency)
    check_lines(asked.lines, today)
    if len(asked.invitee_ids) > MOST_INVITEES or len(set(asked.invitee_ids)) != len(asked.invitee_ids):
        raise Invalid(
            "inviteeIds", f"invite at most {MOST_INVITEES} suppliers, each once",
            f"最多邀请 {MOST_INVITEES} 家供应商，每家一次",
        )  # fmt: skip


def check_lines(lines: Sequence[RfqLineAsked], today: date) -> None:
    if not 1 <= len(lines) <= MOST_LINES:
        raise Invalid("lines", f"ask for 1 to {MOST_LINES} lines", f"询价单应有 1 至 {MOST_LINES} 行")
    seen: set[int] = set()
    for n, line in enumerate(lines):
        if not 1 <= line.number <= 999_999 or line.number in seen:
            raise Invalid(
                f"lines.{n}.number", "line numbers are 1 to 999999, each once", "行号为 1 至 999999 且不得重复"
            )
        seen.add(line.number)
        words(line.title, f"lines.{n}.title", LONGEST_LINE_TITLE, one_line=True)
        positive(line.quantity, f"lines.{n}.quantity")
        unit(line.unit, f"lines.{n}.unit")
        if not today <= line.wanted_on <= today + timedelta(days=5 * FARTHEST_DAYS):
            raise Invalid(
                f"lines.{n}.wantedOn",
                "want it today or later, within ten years",
                "需求日期应为今天或以后，且不超过十年",
            )


def check_kept_lines(before: Mapping[int, Any], lines: Sequence[RfqLineAsked]) -> None:
    """A line that stays asks for the same thing in the same unit: bids made for it still mean it. Raises Invalid."""
    for n, line in enumerate(lines):
        was = before.get(line.number)
        if was is not None and (was.unit != line.unit or was.title != line.title.strip()):
            raise Invalid(
                f"lines.{n}.number",
                f"line {line.number} keeps its text and unit, for bids were made for it; ask for something else under another number",
                f"第 {line.number} 行的名称与单位不得更改（已有供应商据此报价）；如询其他物料请另用行号",
                rule=KEPT_LINE,
            )


def check_pooled_lines(
    before: Mapping[int, Any], lines: Sequence[RfqLineAsked], currency_was: str, becomes: str
) -> None:
    """What members of a pool have stated is not the buyer's to change. Raises Invalid."""
    said = [(line.number, line.title.strip(), line.quantity, line.unit) for line in lines]
    if said != [(row.number, row.title, row.quantity, row.unit) for row in before.values()] or currency_was != becomes:
        raise Invalid(
            "lines", "what is asked for several firms together stays as their pool has it, in its currency", "联合采购的询价行与币种不得更改",
            rule=POOLED,
        )  # fmt: skip


def check_pooled_offer(offer: Offer, currency_asked: str) -> None:
    """A price that can be shared: all of it per unit, in the pool's currency. Raises Invalid."""
    if offer.currency != currency_asked:
        raise Invalid(
            "currency", f"bids for several firms together are in {currency_asked}", f"联合采购以 {currency_asked} 报价", rule=POOLED
        )  # fmt: skip
    for n, line in enumerate(offer.lines):
        for name, amount in (("toolingCost", line.tooling_cost), ("freight", line.freight)):
            if amount:
                raise Invalid(
                    f"lines.{n}.{name}", "several firms share this price: say it per unit, freight and tooling in",
                    "多家单位分摊此价格：请将运费与模具费计入单价", rule=POOLED,
                )  # fmt: skip


def check_days(closes_at: datetime, award_by: date, now: datetime, closing_day: date) -> None:
    """closing_day: the calendar day the bids close on. Raises Invalid naming the field."""
    if not now < closes_at <= now + timedelta(days=FARTHEST_DAYS):
        raise Invalid(
            "closesAt", "bids close at an instant still to come, within two years", "截止时间应在当前时间之后，且不超过两年",
            rule=CLOSING,
        )  # fmt: skip
    if not closing_day <= award_by <= closing_day + timedelta(days=FARTHEST_DAYS):
        raise Invalid(
            "awardBy", "decide on the day of closing or later, within two years", "定标日期应不早于截止日，且不超过两年"
        )


def is_late(state: RfqState, closes_at: datetime, now: datetime) -> bool:
    """By the server's clock: the closing instant itself is late, whether or not the bids have been opened yet."""
    return state is not RfqState.ISSUED or now >= closes_at


def check_open(state: RfqState, closes_at: datetime, now: datetime) -> None:
    """Raises NotAllowedNow past the closing instant, whether or not the bids have been opened yet."""
    if is_late(state, closes_at, now):
        raise NotAllowedNow(
            "the closing time is past: nothing of this request or its bids changes any more",
            "已过截止时间，询价内容与已提交的报价均不能再更改", rule=PAST_CLOSE,
        )  # fmt: skip


def check_round(asked: RoundAsked) -> None:
    """Raises Invalid naming the field."""
    words(asked.note, "note", LONGEST_REASON, least=1 if asked.reason is RoundReason.OTHER else 0)
    if asked.visibility is RoundVisibility.NONE:
        if asked.least_step or asked.extension_minutes or asked.most_extensions:
            raise Invalid("leastStep", "a sealed round has no steps and no extension", "密封轮次不设最小降幅，也不延时")
        return
    positive(asked.least_step, "leastStep")
    if not 0 <= asked.extension_minutes <= LONGEST_EXTENSION_MINUTES:
        raise Invalid(
            "extensionMinutes", f"an extension is 0 to {LONGEST_EXTENSION_MINUTES} minutes",
            f"延时应为 0 至 {LONGEST_EXTENSION_MINUTES} 分钟",
        )  # fmt: skip
    if not 0 <= asked.most_extensions <= MOST_EXTENSIONS or bool(asked.most_extensions) != bool(
        asked.extension_minutes
    ):
        raise Invalid(
            "mostExtensions", f"an auction is extended 0 to {MOST_EXTENSIONS} times, both said or both 0",
            f"延时次数应为 0 至 {MOST_EXTENSIONS} 次；不延时则两项均为 0",
        )  # fmt: skip


def check_auctioned(offer: Offer, currency_asked: str, incoterm_asked: Incoterm, numbers: Collection[int]) -> None:
    """All bids of an auction are for the same: every line once, no alternates, one currency, one term. Raises Invalid."""
    if offer.currency != currency_asked:
        raise Invalid(
            "currency", f"bids of this auction are in {currency_asked}", f"本场拍卖以 {currency_asked} 报价", rule=COMPARES
        )  # fmt: skip
    if offer.incoterm is not incoterm_asked:
        raise Invalid(
            "incoterm", f"bids of this auction are on the terms {incoterm_asked.upper()}",
            f"本场拍卖的交货方式为 {incoterm_asked.upper()}", rule=COMPARES,
        )  # fmt: skip
    if sorted(line.line_number for line in offer.lines) != sorted(numbers) or any(
        line.kind is not BidKind.BID for line in offer.lines
    ):
        raise Invalid(
            "lines", "bid once for every line of this auction, without alternates", "拍卖须对每一行各报一次，不接受备选报价",
            rule=COMPARES,
        )  # fmt: skip


def check_step(total: Decimal, last: Decimal | None, least_step: Decimal) -> None:
    """A firm's bids fall, each by the step at least. last: its own that stands, if any. Raises Invalid."""
    if last is not None and total > last - least_step:
        most = plain(last - least_step)
        raise Invalid(
            "lines", f"a new bid of yours comes to {most} in all or less: your last less the least step",
            f"新报价的总额须不高于 {most}（本单位上次总额减去最小降幅）", rule=LEAST_STEP,
        )  # fmt: skip


Factor = tuple[int, int]
"""So many of the request's units are so many of the item's."""


def factor_of(line_unit: str, item_unit: str, offered: LineOffered, known: Factor | None, place: str) -> Factor:
    """known: what both firms have agreed on for the two units. Raises Invalid where nobody has said one."""
    given = (offered.line_units, offered.item_units)
    if None in given and given != (None, None):
        raise Invalid(
            f"{place}.lineUnits", "state both sides of the factor, or neither", "换算关系两侧须同时填写或同时留空"
        )
    if line_unit == item_unit:
        if given not in ((None, None), (1, 1)):
            raise Invalid(
                f"{place}.lineUnits", "the units are the same: leave the factor out", "单位相同，无须填写换算关系"
            )
        return 1, 1
    if offered.line_units is not None and offered.item_units is not None:
        if not all(1 <= units <= LARGEST_FACTOR for units in (offered.line_units, offered.item_units)):
            raise Invalid(
                f"{place}.lineUnits", f"a factor is made of whole numbers from 1 to {LARGEST_FACTOR}",
                f"换算关系应为 1 至 {LARGEST_FACTOR} 的整数",
            )  # fmt: skip
        return offered.line_units, offered.item_units
    if known is None:
        raise Invalid(
            f"{place}.lineUnits",
            f"asked in {line_unit}, offered in {item_unit}: say how many of the one are how many of the other",
            f"询价单位为 {line_unit}，物料单位为 {item_unit}：请填写两者的换算关系", rule=FACTOR,
        )  # fmt: skip
    return known


def in_item_unit(quantity: Decimal, line_units: int, item_units: int) -> Fraction:
    return Fraction(quantity) * item_units / line_units


def check_offer(offer: Offer, numbers: Collection[int], award_by: date) -> None:
    """What can be said of a bid by itself. No sentence repeats what the bid says. Raises Invalid naming the field."""
    currency(offer.currency)
    words(offer.note, "note", LONGEST_BID_NOTE, least=0)
    if offer.valid_until < award_by:
        raise Invalid(
            "validUntil", f"an offer holds until the day of the award, {award_by}, or longer",
            f"报价有效期应不早于定标日期 {award_by}", rule=HOLDS,
        )  # fmt: skip
    if offer.valid_until > award_by + timedelta(days=FARTHEST_DAYS):
        raise Invalid("validUntil", "an offer ends within two years of the award", "报价有效期应在定标后两年之内")
    if not offer.lines:
        raise Invalid("lines", "bid for one line at least", "请至少对一行报价")
    for n, line in enumerate(offer.lines):
        _check_offered(line, f"lines.{n}", numbers, offer.lines[:n])


def _check_offered(line: LineOffered, place: str, numbers: Collection[int], before: Sequence[LineOffered]) -> None:
    if line.line_number not in numbers:
        raise Invalid(f"{place}.lineNumber", "the request has no line of this number", "询价单中没有该行号")
    same = [one for one in before if one.line_number == line.line_number]
    if len(same) >= MOST_OFFERS_A_LINE or (line.kind is BidKind.BID and any(one.kind is BidKind.BID for one in same)):
        raise Invalid(
            f"{place}.kind", f"a line gets one bid and {MOST_OFFERS_A_LINE - 1} alternates at most",
            f"每行最多一个正选报价和 {MOST_OFFERS_A_LINE - 1} 个备选报价",
        )  # fmt: skip
    words(line.note, f"{place}.note", LONGEST_BID_LINE_NOTE, least=0, one_line=True)
    if not 0 <= line.lead_time_days <= LONGEST_LEAD_TIME_DAYS:
        raise Invalid(
            f"{place}.leadTimeDays", f"a lead time is 0 to {LONGEST_LEAD_TIME_DAYS} days", f"交货期应为 0 至 {LONGEST_LEAD_TIME_DAYS} 天"
        )  # fmt: skip
    for name, amount in (
        ("minimumQuantity", line.minimum_quantity), ("toolingCost", line.tooling_cost), ("freight", line.freight)
    ):  # fmt: skip
        not_negative(amount, f"{place}.{name}")
    if not 1 <= len(line.price_breaks) <= MOST_BREAKS:
        raise Invalid(f"{place}.priceBreaks", f"state 1 to {MOST_BREAKS} prices", f"请填写 1 至 {MOST_BREAKS} 档价格")
    last = Decimal(-1)
    for k, step in enumerate(line.price_breaks):
        not_negative(step.from_quantity, f"{place}.priceBreaks.{k}.fromQuantity")
        positive(step.unit_price, f"{place}.priceBreaks.{k}.unitPrice")
        if step.from_quantity <= last:
            raise Invalid(
                f"{place}.priceBreaks.{k}.fromQuantity", "prices come in the order of their quantities, each once",
                "各档价格须按起订数量由小到大填写，不得重复",
            )  # fmt: skip
        last = step.from_quantity


def check_priced(line: LineOffered, quantity: Decimal, factor: Factor, place: str) -> None:
    """The quantity asked for has a price, and is worth no more than any amount can say. Raises Invalid."""
    wanted = max(in_item_unit(quantity, *factor), Fraction(line.minimum_quantity))
    if line.price_breaks[0].from_quantity > wanted:
        raise Invalid(
            f"{place}.priceBreaks", "none of the prices begins at the quantity asked for or below",
            "没有适用于询价数量的价格档",
        )  # fmt: skip
    if wanted * Fraction(max(step.unit_price for step in line.price_breaks)) >= LARGEST:
        raise Invalid(
            f"{place}.priceBreaks", f"quantity times price has at most {WHOLE_DIGITS} digits before the point",
            f"数量乘以单价的整数部分不得超过 {WHOLE_DIGITS} 位",
        )  # fmt: skip


def sealed_size(lines: int) -> int:
    """How long every bid on a request of so many lines is, whatever it says."""
    return HEAD_BYTES + OFFER_BYTES * MOST_OFFERS_A_LINE * lines


def key_bound_to(rfq_id: int, closes_at: datetime) -> str:
    """What the key of a request serves: whoever moves the closing time in the database alone has no key any more."""
    return f"rfq {rfq_id} closes {closes_at.isoformat()}"


def bid_bound_to(invitation_id: int, number: int) -> str:
    """Which bid it is: one laid in the place of another does not open."""
    return f"quotation {invitation_id} {number}"


def written(offer: Offer) -> bytes:
    """A bid as it is sealed."""
    lines = [
        {
            "line": x.line_number, "kind": x.kind, "item": x.item_id, "units": [x.line_units, x.item_units],
            "days": x.lead_time_days, "least": plain(x.minimum_quantity), "tooling": plain(x.tooling_cost),
            "freight": plain(x.freight), "note": x.note,
            "prices": [[plain(b.from_quantity), plain(b.unit_price)] for b in x.price_breaks],
        }
        for x in offer.lines
    ]  # fmt: skip
    said = {
        "currency": offer.currency, "incoterm": offer.incoterm, "until": offer.valid_until.isoformat(),
        "note": offer.note, "lines": lines,
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def read(content: bytes) -> Offer:
    said = json.loads(content)
    lines = [
        LineOffered(
            line_number=x["line"], kind=BidKind(x["kind"]), item_id=x["item"], line_units=x["units"][0],
            item_units=x["units"][1], lead_time_days=x["days"], minimum_quantity=Decimal(x["least"]),
            tooling_cost=Decimal(x["tooling"]), freight=Decimal(x["freight"]), note=x["note"],
            price_breaks=[Break(Decimal(start), Decimal(price)) for start, price in x["prices"]],
        )
        for x in said["lines"]
    ]  # fmt: skip
    return Offer(
        currency=said["currency"], incoterm=Incoterm(said["incoterm"]), valid_until=date.fromisoformat(said["until"]),
        lines=lines, note=said["note"],
    )  # fmt: skip
