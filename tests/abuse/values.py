"""Strings and numbers that broke other people's programs."""

STRINGS = [
    "", " ", "\t", "\n", "null", "None", "true", "0", "-1", "NaN", "Infinity", "1e400", "1E999999999", "0x1F", "1_000",
    "１２", "٣", "²", "½", "' OR 1=1 --", '"; DROP TABLE firm; --', "%", "_%", "\\", "../../etc/passwd",
    "%2e%2e%2f", "{{7*7}}", "${7*7}", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "a" * 70_000, "龙" * 3_000,
    "e\u0301", "\u202eevil", "\u2066", "\ufeff", "\ufffe", "\U0001f9e8" * 200, "ﬁrm", "2026-02-30",
    "9999-12-31", "0000-00-00", "2026-11-24T25:61:61Z", "A" * 22, "AAAAAAAAAAAAAAAAAAAAA=",
]  # fmt: skip
NUMBERS = [
    0, -0.0, -1, 1, 101, -(2**31), 2**31, 2**53 + 1, -(2**63), 2**63, 2**64 - 1, 10**18, 1e308, 5e-324, 0.1, 1e16, 999_999.9999999,
]  # fmt: skip
OTHERS = [None, True, [], {}, [[["a"]]], {"a": {"b": None}}]
