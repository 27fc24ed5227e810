"""What people write in a field: how long it may be, and that it can be read."""

from kernel.errors import Invalid


def words(text: str, field: str, most: int, *, least: int = 1, one_line: bool = False) -> str:
    """The text without spaces around it. one_line: nor with breaks or signs that cannot be seen. Raises Invalid(field)."""
    said = text.strip()
    if not least <= len(said) <= most or (one_line and not (said.isprintable() or not said)):
        raise Invalid(field, f"write {least} to {most} characters", f"请填写 {least} 至 {most} 个字符")
    return said
