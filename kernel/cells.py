"""Texts in a file for a spreadsheet: none of them is a formula."""

FORMULA = tuple("=+-@\t\r＝＋－＠")  # noqa: RUF001 - full-width forms that Excel takes for formulas too


def inert(text: str) -> str:
    """A text no spreadsheet reckons when it opens a CSV file."""
    return f"'{text}" if text.startswith(FORMULA) else text
