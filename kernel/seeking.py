"""A text somebody seeks by: short enough for a database to compare."""

from kernel.errors import Invalid

LONGEST = 200


def sought_text(text: str, field: str) -> str:
    """The text, unless it is longer than anything that could be found. Raises Invalid naming the field."""
    if len(text) > LONGEST:
        raise Invalid(field, f"search for at most {LONGEST} characters", f"搜索内容最多 {LONGEST} 个字符")
    return text
