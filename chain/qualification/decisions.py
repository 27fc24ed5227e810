"""What a standing comes to on a day, and whether an order may be placed under it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chain.certificates.decisions import Needed, Proof, holds_until
from chain.certificates.tables import CertificateKind
from chain.qualification.lifecycle import Standing
from kernel.errors import NotAllowedNow, Rule

BLOCKED_RULE = Rule("qualification.blocked", "采购方主管解除停用", "the buyer's lead, by lifting the block")
CONDITIONAL_RULE = Rule(
    "qualification.conditional", "采购方写明下单理由，或供应商补齐证书",
    "the buyer, by saying why, or the supplier, by the missing certificates",
)  # fmt: skip
UNQUALIFIED_RULE = Rule(
    "qualification.qualified_only", "采购方质量人员提议、主管批准该供应商的资格",
    "the buyer's quality person proposing and its lead approving the supplier",
)  # fmt: skip


def needed_of(key: str) -> Needed:
    """A need as a category keeps it: the word of a kind, or ``other:`` and the name people gave it."""
    kind, _, named = key.partition(":")
    return Needed(CertificateKind(kind), named)


def kept_as(needed: Needed) -> str:
    return f"{needed.kind}:{needed.named}" if needed.kind is CertificateKind.OTHER else needed.kind.value


@dataclass(frozen=True)
class Evidence:
    """``missing``: needs not met on the day; ``lapses_on``: the last day all needs are met, None where nothing ends."""

    missing: tuple[Needed, ...]
    lapses_on: date | None


def evidence(needs: Sequence[Needed], proofs: Iterable[Proof], until: date | None, on: date) -> Evidence:
    """What verified certificates come to on a day. ``until``: the day by which to qualify anew also ends it."""
    proofs = list(proofs)
    ends = {needed: holds_until(needed, proofs, on) for needed in needs}
    days = [end for end in ends.values() if end is not None] + ([until] if until else [])
    return Evidence(tuple(n for n, end in ends.items() if end is None), min(days, default=None))


def standing_on(state: Standing, lapses_on: date | None, on: date) -> Standing:
    """The standing as it counts on a day: an approval past its last day is conditional, whether or not the job ran."""
    if state is Standing.APPROVED and lapses_on is not None and lapses_on < on:
        return Standing.CONDITIONAL
    return state


def check_may_order(standing: Standing | None, *, qualified_only: bool, reason: str | None, place: str) -> None:
    """Whether an order line may be placed. standing: None where the supplier has none. Raises NotAllowedNow."""
    if standing is Standing.BLOCKED:
        raise NotAllowedNow(
            "you have blocked this supplier for what this line asks for; order elsewhere, or have the block lifted",
            "本单位已停用该供应商供应此类物料；请改选供应商，或请主管解除停用",
            fields=(place,), rule=BLOCKED_RULE,
        )  # fmt: skip
    if standing is Standing.CONDITIONAL and not reason:
        raise NotAllowedNow(
            "this supplier is qualified on conditions only; say why you order all the same",
            "该供应商目前为有条件合格；如仍需下单，请写明理由",
            fields=("conditionalReason",), rule=CONDITIONAL_RULE,
        )  # fmt: skip
    if standing in (None, Standing.POTENTIAL) and qualified_only:
        raise NotAllowedNow(
            "you order this category from qualified suppliers only, and this one is not",
            "此类物料仅可向合格供应商采购，该供应商尚未取得资格",
            fields=(place,), rule=UNQUALIFIED_RULE,
        )  # fmt: skip
