"""What a backup source may be written down as, what is left before it delivers, and what its next step rests on. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from chain.backups.lifecycle import CANDIDATE, LIVE, READY
from chain.links.lifecycle import LinkState
from chain.network.readiness import DAYS_A_WEEK, BackupState, Parts, Readiness, readiness
from kernel.errors import Invalid, Limit, NotAllowedNow, Rule

LONGEST_DAYS, LONGEST_RAMP, LARGEST_SHARE = 3_650, 365, 10
MOST_OF_A_LINK = 10
PARTS = ("fit_days", "qualification_days", "trial_days", "spare_days", "tooling_days")

ON_PLATFORM = Rule(
    "backup.on_platform", "该企业入驻并与本单位往来后，由本单位在此备链上填明该企业",
    "the firm joining and dealing with yours, and your firm naming it on this source",
)  # fmt: skip
QUALIFIED_SUPPLIER = Rule(
    "backup.qualified_supplier", "本单位将该物料归入类别，质量人员提议、主管批准该企业在此类别的资格",
    "your firm putting the item into a category, its quality person proposing and its lead approving the firm in it",
)  # fmt: skip
NOTHING_LEFT = Rule(
    "backup.nothing_left", "本单位在备链上填报产能排期与工装剩余 0 天", "your firm, by stating 0 days of tooling and spare capacity"
)  # fmt: skip
ONE_LIVE = Rule("backup.one_live", "本单位修改或放弃原有备链", "your firm, by changing or dropping the one it has")
LINK_LIVE = Rule("backup.link_live", "任一方重新申报该供应关系", "either end, by declaring the link anew")
FEW = Rule("backup.few", "本单位放弃不再需要的备链", "your firm, by dropping those it does not need")


@dataclass(frozen=True)
class Figures:
    """What a buyer puts down of a source: days of each part, None where nobody has said; share of the need; ramp."""

    share: float
    fit_days: int | None = None
    qualification_days: int | None = None
    trial_days: int | None = None
    spare_days: int | None = None
    tooling_days: int | None = None
    ramp_days: int = 0


def check_figures(figures: Figures) -> None:
    """Raises Invalid naming the field."""
    for name in PARTS:
        days = getattr(figures, name)
        if days is not None and not 0 <= days <= LONGEST_DAYS:
            raise Invalid(
                f"{name.partition('_')[0]}Days",
                f"a part takes 0 to {LONGEST_DAYS} days",
                f"各部分天数应为 0 至 {LONGEST_DAYS} 天",
            )
    check_carrying(figures.share, figures.ramp_days)


def check_carrying(share: float, ramp_days: int, place: str = "") -> None:
    """How much of the need a source carries, and in how many days it comes to that. Raises Invalid naming the field."""
    if not 0 < share <= LARGEST_SHARE:
        raise Invalid(
            f"{place}share",
            f"a source carries over 0 to {LARGEST_SHARE} times the need",
            f"备链能力应大于 0，不超过需求的 {LARGEST_SHARE} 倍",
        )
    if not 0 <= ramp_days <= LONGEST_RAMP:
        raise Invalid(
            f"{place}rampDays", f"a ramp takes 0 to {LONGEST_RAMP} days", f"爬坡天数应为 0 至 {LONGEST_RAMP} 天"
        )


def check_live(state: LinkState) -> None:
    """Raises NotAllowedNow."""
    if state is LinkState.ENDED:
        raise NotAllowedNow(
            "this link has ended, so nothing stands behind it; declare it anew first",
            "该供应关系已终止，无从登记备链；请先重新申报",
            rule=LINK_LIVE,
        )


def check_named(firm_id: int | None, working_name: str, supplier_id: int, own_id: int) -> str:
    """A source is a firm or has a name to work with. Raises Invalid naming the field."""
    name = working_name.strip()
    if firm_id is None and not name:
        raise Invalid("workingName", "name the firm, or write what you call it", "请选择企业，或填写暂用名称")
    if len(name) > 120:
        raise Invalid("workingName", "write at most 120 characters", "请填写不超过 120 个字符")
    if firm_id == own_id:
        raise Invalid("firmId", "a firm is no backup of its own buying", "不能将本单位登记为自身采购的备链")
    if firm_id == supplier_id:
        raise Invalid("firmId", "this firm supplies the link already", "该企业就是这条供应关系的现有供应方")
    return name


def check_room(live: Collection[Any], firm_id: int | None, name: str) -> None:
    """live: the sources of the link that are not dropped. Raises NotAllowedNow, Limit."""
    if any(one.firm_id == firm_id if firm_id is not None else one.working_name == name for one in live):
        raise NotAllowedNow(
            "this source is noted for the link already; change that one", "该备链已登记在这条供应关系上，请直接修改",
            fields=("firmId" if firm_id is not None else "workingName",), rule=ONE_LIVE,
        )  # fmt: skip
    if len(live) >= MOST_OF_A_LINK:
        raise Limit(
            f"a link has {MOST_OF_A_LINK} backup sources at most; drop one first",
            f"一条供应关系最多登记 {MOST_OF_A_LINK} 个备链，请先放弃一个",
            rule=FEW,
        )


def check_evidence(firm_id: int | None, is_approved: bool) -> None:
    """Beyond a candidate a source rests on the buyer's own approval of the firm. Raises NotAllowedNow."""
    if firm_id is None:
        raise NotAllowedNow(
            "a source known by a working name only stays a candidate; name the firm once you deal with it",
            "仅有暂用名称的备链只能作为候选；与该企业往来后请填明企业",
            rule=ON_PLATFORM,
        )
    if not is_approved:
        raise NotAllowedNow(
            "your firm has not approved this firm for the category of this item; qualify it first",
            "该企业尚未取得本单位在此物料类别的合格资格，请先完成资格评定",
            rule=QUALIFIED_SUPPLIER,
        )


def check_nothing_left(source: Any) -> None:
    """Ready is who has tools and capacity as well. Raises NotAllowedNow."""
    if source.spare_days != 0 or source.tooling_days != 0:
        raise NotAllowedNow(
            "tooling or spare capacity is still to come, or nobody has said; state 0 days for both first",
            "工装或产能排期尚有剩余天数或未填报；请先将两项填报为 0 天",
            rule=NOTHING_LEFT,
        )


def time_left(source: Any, is_approved: bool) -> Readiness:
    """What lies before a source today: what its state holds is done, as long as the approval it rests on stands.

    source: a row or anything with its state and days. is_approved: whether the firm is an approved supplier today.
    """
    held = source.state if is_approved and source.state in LIVE else CANDIDATE
    if held is READY:
        return readiness(Parts(0, 0, 0, 0, 0))
    spare = source.spare_days
    found = readiness(
        Parts(
            fit_days=source.fit_days if held is CANDIDATE else 0,
            qualification_days=source.qualification_days if held is CANDIDATE else 0,
            trial_days=source.trial_days,
            spare_weeks=None if spare is None else spare / DAYS_A_WEEK,
            tooling_days=source.tooling_days,
        )
    )
    return replace(found, state=BackupState(held.value))
