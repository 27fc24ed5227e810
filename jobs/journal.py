"""A log file that does not grow for ever: one file, and the one before it."""

from pathlib import Path
from types import TracebackType

LARGEST_BYTES = 10 * 1024 * 1024


class Journal:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = path
        self.file = path.open("a", encoding="utf-8")

    def write(self, line: str) -> None:
        try:
            self.file.write(line)
            self.file.flush()
            if self.file.tell() > LARGEST_BYTES:
                self.file.close()
                self.path.replace(self.path.with_suffix(".log.1"))
                self.file = self.path.open("a", encoding="utf-8")
        except OSError:  # a full disk must not stop the reading, else the child stops at its next word
            return

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self.file.close()
        except OSError:
            return
