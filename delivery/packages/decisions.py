"""What is still missing before a delivery can be accepted, and the hash of what was."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from collaboration.orders.decisions import DEAD, DONE
from collaboration.orders.tables import OrderLine, Schedule
from delivery.documents.tables import DocumentRevision
from delivery.requirements.lifecycle import RequirementState
from delivery.requirements.tables import DocumentRequirement
from kernel.quantities import plain


@dataclass(frozen=True)
class Missing:
    """Something acceptance waits for, in both languages."""

    en: str
    zh: str


def missing(lines: Sequence[OrderLine], requirements: Sequence[DocumentRequirement]) -> list[Missing]:
    """Receipts first, then documents, each by name."""
    found = [
        Missing(f"receipt of line {line.number}", f"第 {line.number} 行收货")
        for line in lines
        if line.state not in DEAD and line.state not in DONE
    ]
    return found + [_owed(r) for r in requirements if r.state is not RequirementState.SATISFIED]


def _owed(requirement: DocumentRequirement) -> Missing:
    en, zh = f"{requirement.document_type} “{requirement.title}”", f"{requirement.document_type}《{requirement.title}》"
    if requirement.state is RequirementState.SUBMITTED:
        return Missing(f"document {en} (handed in, its review is open)", f"资料 {zh}（已提交，待审核）")
    return Missing(f"document {en}", f"资料 {zh}")


def snapshot_hash(
    lines: Sequence[OrderLine], schedules: Sequence[Schedule], revisions: Sequence[DocumentRevision]
) -> str:
    """SHA-256 of the canonical JSON of accepted quantities per schedule and released files per requirement."""
    told = {
        "lines": sorted((x.number, plain(x.quantity), x.unit, x.state) for x in lines),
        "schedules": sorted((s.line_id, s.number, plain(s.accepted)) for s in schedules),
        "documents": sorted((r.requirement_id, r.revision, r.sha256) for r in revisions),
    }
    return sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
