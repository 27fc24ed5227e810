"""A file written and declared as its sender would."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from delivery.checks.findings import Declared, Finding, Format, Verdict
from delivery.checks.run import Report, check_file

Checks = Callable[..., Report]


def silent(check: str, done: int, total: int) -> None:
    """Nobody watches the progress."""


def failed(report: Report) -> set[str]:
    return {finding.check for finding in report.findings if finding.verdict is Verdict.FAILED}


def finding_of(report: Report, check: str) -> Finding:
    return next(finding for finding in report.findings if finding.check == check)


@pytest.fixture
def checks(tmp_path: Path) -> Checks:
    """Check these bytes under this name, declared truly unless told otherwise; handed in under no number."""

    def run(filename: str, content: bytes, asked: Format = Format.ANY, tell=silent, **options) -> Report:
        path = tmp_path / "received"
        path.write_bytes(content)
        size = options.pop("size", len(content))
        sha256 = options.pop("sha256", hashlib.sha256(content).hexdigest())
        number, revision = options.pop("number", ""), options.pop("revision", "")
        return check_file(path, Declared(filename, size, sha256, asked, number, revision), tell, **options)

    return run
