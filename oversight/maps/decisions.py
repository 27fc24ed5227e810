"""How a count stands in a cell of the map."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shown:
    """A count as it may be shown: the number, or None where it is not told by itself."""

    firms: int | None

    @property
    def withheld(self) -> bool:
        return self.firms is None
