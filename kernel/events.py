"""Facts worth reacting to, in the past tense; a row of the outbox, of history and of the audit trail at once."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from kernel.quantities import plain


@dataclass(frozen=True)
class Fact:
    """Base of all events: frozen, of ids and plain values. ``about`` maps an id field to the type it names.

    Only what every party to the subject may know belongs in a fact: all of them read it in its history.
    """

    about: ClassVar[dict[str, str]] = {}

    def subjects(self) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        for name, kind in self.about.items():
            value = getattr(self, name)
            found += [(kind, v) for v in (value if isinstance(value, tuple) else (value,)) if v is not None]
        return found

    def facts(self) -> dict[str, Any]:
        return {f.name: _json(getattr(self, f.name)) for f in fields(self)}


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_json(v) for v in value]
    return value
