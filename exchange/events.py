"""Facts about documents of trade in and out."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class UblImported(Fact):
    """A file was taken in; what it did is told by the facts of the deal itself. Nothing of its content stands here."""

    kind: str
