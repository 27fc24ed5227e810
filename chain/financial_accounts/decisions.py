"""What an account number is made of, how much of it is shown, and whether a telephone number came with the change."""

from kernel.errors import Invalid

SHOWN = 4


def checked_number(written: str) -> str:
    """Letters and digits alone. Raises Invalid("number")."""
    number = "".join(c for c in written if not c.isspace() and c != "-").upper()
    if not (8 <= len(number) <= 34 and number.isascii() and number.isalnum()):
        raise Invalid("number", "an account number has 8 to 34 letters and digits", "账号为 8 至 34 位数字或字母")
    return number


def masked(number: str) -> str:
    """The last four, and no word on how long it is."""
    return f"•••• {number[-SHOWN:]}"


def digits(text: str) -> str:
    return "".join(str(int(c)) for c in text if c.isdecimal())


def check_phone(phone: str, change: str) -> str:
    """A number one can call that does not stand in what came with the change. Raises Invalid("phone")."""
    called = " ".join(phone.split())
    if not (7 <= len(digits(called)) <= 15 and len(called) <= 40 and called.isprintable()):
        raise Invalid("phone", "give the telephone number that was called", "请填写所拨打的电话号码")
    if digits(called)[-7:] in digits(change):
        raise Invalid(
            "phone",
            "this number came with the change; call one you knew before",
            "该号码来自变更申请，请拨打此前已掌握的号码",
        )
    return called


def said(field: str, text: str, *, most: int, least: int = 1) -> str:
    """One line of words. Raises Invalid(field)."""
    words = " ".join(text.split())
    if not (least <= len(words) <= most and words.isprintable()):
        raise Invalid(field, f"write {least} to {most} characters", f"请填写 {least} 至 {most} 个字")
    return words
