"""How an award is shared out, what a sum may tell of its parts, and what a member has saved. Pure, exact."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from collaboration.pooling.forms import PoolAsked
from collaboration.pooling.tables import PoolRule
from collaboration.sourcing.costs import rounded
from kernel import codes
from kernel.errors import Invalid, Rule
from kernel.quantities import ZERO, plain, positive
from kernel.texts import words

FEWEST_MEMBERS, LARGEST_SHARE = 3, Fraction(7, 10)
"""A sum is told where it is of three firms at least, none of which makes up more than 70 % of it (decision 0029's floor)."""
MOST_MEMBERS, MOST_TIERS, MOST_STATEMENTS, FARTHEST_DAYS = 200, 10, 5, 730
LONGEST_NUMBER, LONGEST_TITLE, LONGEST_STANDARD, LONGEST_NOTE, LONGEST_REASON = 60, 120, 120, 2000, 400
STEP = Rule("pool.share_step", "成员按份额单位的整数倍填报", "the member, by a multiple of the pool's step")


def check_opened(asked: PoolAsked, now: datetime, today: date) -> None:
    """Raises Invalid naming the field."""
    words(asked.number, "number", LONGEST_NUMBER, one_line=True)
    words(asked.title, "title", LONGEST_TITLE, one_line=True)
    words(asked.standard, "standard", LONGEST_STANDARD, least=0, one_line=True)
    words(asked.note, "note", LONGEST_NOTE, least=0)
    codes.unit(asked.unit, "unit")
    codes.currency(asked.currency)
    if not now < asked.closes_at <= now + timedelta(days=FARTHEST_DAYS):
        raise Invalid(
            "closesAt", "the window ends still to come, within two years", "截止时间应在当前时间之后，且不超过两年"
        )
    if not today <= asked.wanted_on <= today + timedelta(days=5 * FARTHEST_DAYS):
        raise Invalid("wantedOn", "want it today or later, within ten years", "需求日期应为今天或以后，且不超过十年")
    positive(asked.share_step, "shareStep")
    if (asked.rule is PoolRule.GUARANTEED_FIRST) != (asked.guaranteed > 0):
        raise Invalid(
            "guaranteed", "state more than 0 under that rule, and nothing under the other", "保底数量仅在保底规则下填写，且大于 0"
        )  # fmt: skip
    check_step(asked.guaranteed, asked.share_step, "guaranteed")
    if len(asked.tiers) > MOST_TIERS or any(
        one <= before for before, one in zip([ZERO, *asked.tiers], asked.tiers, strict=False)
    ):
        raise Invalid(
            "tiers", f"state at most {MOST_TIERS} totals, each more than the one before", f"最多 {MOST_TIERS} 档，数量由小到大"
        )  # fmt: skip
    if not FEWEST_MEMBERS <= len(asked.member_ids) <= MOST_MEMBERS or len(set(asked.member_ids)) < len(
        asked.member_ids
    ):
        raise Invalid(
            "memberIds", f"invite {FEWEST_MEMBERS} to {MOST_MEMBERS} firms, each once; fewer would know one another's needs",
            f"请邀请 {FEWEST_MEMBERS} 至 {MOST_MEMBERS} 家单位，每家一次；过少则彼此可推知需求",
        )  # fmt: skip


def check_step(quantity: Decimal, step: Decimal, field: str) -> None:
    if (Fraction(quantity) / Fraction(step)).denominator != 1:
        raise Invalid(
            field, f"quantities of this pool are multiples of {plain(step)}", f"数量应为 {plain(step)} 的整数倍", rule=STEP
        )  # fmt: skip


def telling(parts: Sequence[Decimal]) -> bool:
    """Whether the sum of these gives none of them away: three at least, none above 70 %."""
    total = sum(parts, ZERO)
    return len(parts) >= FEWEST_MEMBERS and total > 0 and max(parts) <= LARGEST_SHARE * Fraction(total)


def tier_reached(parts: Sequence[Decimal], tiers: Sequence[Decimal]) -> Decimal | None:
    """The highest tier at or below the sum; None below the first, and where the sum would give a part away."""
    total = sum(parts, ZERO)
    reached = [tier for tier in tiers if tier <= total]
    return reached[-1] if reached and telling(parts) else None


def shared(
    award: Decimal, wishes: Mapping[int, Decimal], *, rule: PoolRule, guaranteed: Decimal, step: Decimal
) -> dict[int, Decimal]:
    """Member -> share. Award, wishes and what is guaranteed are multiples of ``step``, the award no more than all wishes.

    Shares sum to the award exactly, none is above its wish, and each lies within one step of its due (largest remainder, Hare
    quota); of equal remainders the member of the lower number goes first.
    """
    first = {one: min(wish, guaranteed) for one, wish in wishes.items()} if rule is PoolRule.GUARANTEED_FIRST else {}
    sure = min(award, sum(first.values(), ZERO))
    got = _pro_rata(sure, first, step) if first else dict.fromkeys(wishes, ZERO)
    rest = {one: wish - got[one] for one, wish in wishes.items()}
    more = _pro_rata(award - sure, rest, step)
    return {one: got[one] + more[one] for one in wishes}


def _pro_rata(award: Decimal, wishes: Mapping[int, Decimal], step: Decimal) -> dict[int, Decimal]:
    total = sum(wishes.values(), ZERO)
    if not award:
        return dict.fromkeys(wishes, ZERO)
    steps = Fraction(award) / Fraction(step)
    due = {one: steps * Fraction(wish) / Fraction(total) for one, wish in wishes.items()}
    whole = {one: int(share) for one, share in due.items()}
    left = int(steps) - sum(whole.values())
    for one in sorted(due, key=lambda one: (whole[one] - due[one], one))[:left]:
        whole[one] += 1
    return {one: count * step for one, count in whole.items()}


def price_per_unit(unit_price: Decimal, line_units: int, item_units: int) -> Fraction:
    """Of the pool's unit, where the price is of the item's."""
    return Fraction(unit_price) * item_units / line_units


def saved(share: Decimal, baseline: Decimal | None, price: Fraction) -> Decimal | None:
    """What a member pays less for its share than at its own last price; negative where it pays more, None without one."""
    return None if baseline is None else rounded((Fraction(baseline) - price) * Fraction(share))
