"""Where an operator keeps official rule sets for documents of trade: set once at the start."""

from pathlib import Path

_folder: Path | None = None


def use_folder(folder: Path | None) -> None:
    global _folder
    _folder = folder


def rule_folder() -> Path | None:
    return _folder
