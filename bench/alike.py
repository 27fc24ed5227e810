"""Whether two answers say the same: ids sealed by us are opened, then every byte must agree."""

import json
from typing import Any

from kernel import ids
from kernel.ids import unseal
from kernel.paging import CURSOR

KINDS = {ids.tag(kind): kind for kind in ("Order", "OrderLine", "Schedule", "Item", "Firm", CURSOR)}


def same_list(ours: bytes, theirs: bytes) -> int:
    """The bytes of the list both answered with. Raises AssertionError where they differ."""
    opened, plain = _spelled(_opened(json.loads(ours))), _spelled(json.loads(theirs))
    assert opened == plain, f"the answers differ:\n{opened[:2000]!r}\n{plain[:2000]!r}"
    return len(plain)


def _opened(value: Any) -> Any:
    if isinstance(value, list):
        return [_opened(one) for one in value]
    if isinstance(value, dict):
        return {k: _number(v) if k in ("id", "endCursor") else _opened(v) for k, v in value.items()}
    return value


def _number(sealed: str) -> str:
    return str(unseal(sealed, KINDS)[1])


def _spelled(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
