"""Check one file: every check in a child process of its own, so that a killer file fails its check and nothing else."""

import base64
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from delivery.checks.catalogue import Step, steps_for
from delivery.checks.envelope import FILE_TYPE
from delivery.checks.findings import Check, Declared, Finding, Said, Shown, Verdict
from delivery.checks.formats import SHAPES, UNKNOWN_MEDIA_TYPE, format_meant
from delivery.checks.ofd_structure import OFD_PAGES
from delivery.checks.pdf_structure import PDF_PAGES
from delivery.checks.sandbox import Cause, Ended, Limits, in_a_child

Tell = Callable[[str, int, int], None]
ANSWERED = (Verdict.PASSED, Verdict.WARNED)


@dataclass(frozen=True)
class Report:
    """All that was found; the same file declared in the same way gives an equal report."""

    findings: tuple[Finding, ...]
    preview_png: bytes | None
    page_count: int | None
    text_excerpt: str
    media_type: str
    verdict: Verdict


def check_file(path: Path, declared: Declared, tell: Tell, *, limits: Limits | None = None) -> Report:
    """Run every check that fits the declared format, in order.

    tell: called as (id of the check that begins, checks done, checks in all), and once more when all are done.
    """
    steps = steps_for(declared)
    seen: dict[str, Shown] = {}
    for done, step in enumerate(steps):
        tell(step.check.id, done, len(steps))
        blocked = next((need for need in step.needs if seen[need.id].finding.verdict not in ANSWERED), None)
        if blocked:
            seen[step.check.id] = Shown(_blocked(step.check, blocked))
        else:
            seen[step.check.id] = answer_of(step, path, declared, limits or Limits())
    tell(steps[-1].check.id, len(steps), len(steps))
    return _report(steps, seen, declared)


def answer_of(step: Step, path: Path, declared: Declared, limits: Limits) -> Shown:
    """The answer of one check, or why there is none."""
    answer = in_a_child(lambda: _as_json(step.look(path, declared)), limits)
    if isinstance(answer, Ended):
        return Shown(_ended(step.check, answer, limits))
    return _from_json(answer)


def _as_json(answer: Finding | Shown) -> dict[str, Any]:
    shown = answer if isinstance(answer, Shown) else Shown(answer)
    return {
        "finding": asdict(shown.finding),
        "png": base64.b64encode(shown.png).decode(),
        "text": shown.text,
    }


def _from_json(answer: dict[str, Any]) -> Shown:
    facts = answer["finding"]
    finding = Finding(**{**facts, "verdict": Verdict(facts["verdict"])})
    return Shown(finding, png=base64.b64decode(answer["png"]), text=answer["text"])


def _blocked(check: Check, by: Check) -> Finding:
    said = Said(f"Not looked at, because “{by.id}” did not pass.", f"因“{by.id}”未通过，未进行此项检查。")
    cure = Said(f"Put right what “{by.id}” says, then upload the file again.", f"请先按“{by.id}”的提示处理后重新上传。")
    return check.not_checked(said, cure, cause="blocked", by=by.id)


def _ended(check: Check, ended: Ended, limits: Limits) -> Finding:
    megabytes, cpu, wall = limits.memory_bytes >> 20, limits.cpu_seconds, limits.wall_seconds
    why = {
        Cause.MEMORY: Said(f"it needs more than {megabytes} MB of memory", f"所需内存超过 {megabytes} MB"),
        Cause.CPU: Said(f"it needs more than {cpu} s of computing time", f"计算时间超过 {cpu} 秒"),
        Cause.TIME: Said(f"it did not end within {wall:g} s", f"{wall:g} 秒内未完成"),
        Cause.SIGNAL: Said(f"the reader broke down ({ended.detail})", f"读取程序崩溃（{ended.detail}）"),
        Cause.ERROR: Said(f"the reader stopped ({ended.detail})", f"读取程序中止（{ended.detail}）"),
    }[ended.cause]
    said = Said(f"This check could not be finished: {why.en}.", f"此项检查未能完成：{why.zh}。")
    cure = Said(
        "Save or print the document to a new, simpler file and upload that one.",
        "请将文档另存或打印为更简单的新文件后上传。",
    )
    return check.not_checked(said, cure, cause=ended.cause.value, detail=ended.detail)


def _report(steps: tuple[Step, ...], seen: dict[str, Shown], declared: Declared) -> Report:
    shown = [seen[step.check.id] for step in steps]
    meant = format_meant(declared.format, declared.filename)
    is_typed = meant is not None and seen[FILE_TYPE.id].finding.verdict is Verdict.PASSED
    counted = next((seen[check.id] for check in (PDF_PAGES, OFD_PAGES) if check.id in seen), None)
    pages = counted.finding.evidence.get("pages") if counted else None
    return Report(
        findings=tuple(one.finding for one in shown),
        preview_png=next((one.png for one in shown if one.png), None),
        page_count=pages if isinstance(pages, int) else None,
        text_excerpt=next((one.text for one in shown if one.text), ""),
        media_type=SHAPES[meant].media_type if meant and is_typed else UNKNOWN_MEDIA_TYPE,
        verdict=_verdict(steps, seen),
    )


def _verdict(steps: tuple[Step, ...], seen: dict[str, Shown]) -> Verdict:
    """Failed for one failure or one mandatory check without an answer; an unanswered optional check warns."""
    verdicts = {(step.check.mandatory, seen[step.check.id].finding.verdict) for step in steps}
    if {(True, Verdict.FAILED), (False, Verdict.FAILED), (True, Verdict.NOT_CHECKED)} & verdicts:
        return Verdict.FAILED
    return Verdict.WARNED if {v for _, v in verdicts} - {Verdict.PASSED} else Verdict.PASSED
