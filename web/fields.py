"""Form fields and the userErrors that belong to them."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

Complaint = Mapping[str, Any]


def field_id(name: str) -> str:
    """The element id of the field for an input path such as `lines.2.quantity`."""
    return "f-" + "".join(c if c.isascii() and (c.isalnum() or c == "-") else "-" for c in name)


def complaints_of(errors: Iterable[Complaint], name: str | None = None) -> list[Complaint]:
    """The userErrors naming this field; without a name, those that name none."""
    if name is None:
        return [error for error in errors if not error.get("fields")]
    return [error for error in errors if name in (error.get("fields") or ())]


def described_by(name: str, hint: str, wrongs: list[Complaint]) -> Markup:
    """The aria attributes which tie a field to its hint and its complaints."""
    ids = ([f"{field_id(name)}-hint"] if hint else []) + ([f"{field_id(name)}-wrong"] if wrongs else [])
    told = Markup(' aria-describedby="{}"').format(" ".join(ids)) if ids else Markup("")
    return told + (Markup(' aria-invalid="true"') if wrongs else Markup(""))
