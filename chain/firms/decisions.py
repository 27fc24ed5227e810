"""What makes a firm's code and place acceptable, when two names are near the same, and who may be traded with."""

import re
import unicodedata
from difflib import SequenceMatcher

from stdnum.cn import uscc

from chain.firms.tables import Firm, FirmStanding
from kernel.errors import Invalid, NotAllowedNow, Rule

PREFECTURES = {
    "320100": ("南京市", "Nanjing"), "320200": ("无锡市", "Wuxi"), "320300": ("徐州市", "Xuzhou"),
    "320400": ("常州市", "Changzhou"), "320500": ("苏州市", "Suzhou"), "320600": ("南通市", "Nantong"),
    "320700": ("连云港市", "Lianyungang"), "320800": ("淮安市", "Huai'an"), "320900": ("盐城市", "Yancheng"),
    "321000": ("扬州市", "Yangzhou"), "321100": ("镇江市", "Zhenjiang"), "321200": ("泰州市", "Taizhou"),
    "321300": ("宿迁市", "Suqian"),
}  # fmt: skip
"""GB/T 2260 codes of the province's prefectures: (Chinese, English)."""

NEAR = 0.75
"""From this likeness of their plain names on, two firms of one prefecture are looked at by a person."""
NOT_CONFIRMED = Rule(
    "firm.not_confirmed", "平台运营方（确认其入驻申请）", "the platform's operator, by confirming its application"
)
BY_LINK = Rule(
    "firm.by_link", "采购方随订单向其联系人开通签名链接；或该企业入驻后接收订单",
    "the buyer, by opening a signed link to a contact together with the order; or the firm, by joining and taking over",
)  # fmt: skip
MERGED_AWAY = Rule("firm.merged", "改用合并后的企业记录", "using the record it was merged into")

_FORMS = re.compile(
    "股份有限公司|有限责任公司|股份公司|有限公司|集团|公司|co\\.?,?ltd\\.?|limited|inc\\.?|corporation|group",
    re.IGNORECASE,
)
_PLACES = re.compile(
    "江苏省?|中国|" + "|".join(f"{zh[:-1]}市?" for zh, _ in PREFECTURES.values())
    + "|" + "|".join(re.escape(en) for _, en in PREFECTURES.values()), re.IGNORECASE,
)  # fmt: skip


def is_credit_code(code: str) -> bool:
    """Whether these are the 18 characters of a unified social credit code (GB 32100-2015, with its check character)."""
    return len(code) == 18 and uscc.is_valid(code) and uscc.compact(code) == code


def checked_code(written: str) -> str:
    """The code as it is registered: full-width signs, spaces and small letters made plain. Raises Invalid("code")."""
    code: str = uscc.compact(unicodedata.normalize("NFKC", written))
    if not is_credit_code(code):
        raise Invalid(
            "code",
            "this is no unified social credit code: its 18 characters do not check",
            "统一社会信用代码有误：18 位校验不通过",
        )
    return code


def checked_prefecture(code: str) -> str:
    """Raises Invalid("prefecture") for what is no prefecture of the province."""
    if code not in PREFECTURES:
        raise Invalid(
            "prefecture",
            "give the GB/T 2260 code of a prefecture, such as 320500",
            "请填写设区市代码（GB/T 2260），如 320500",
        )
    return code


def checked_text(field: str, text: str, *, most: int, least: int = 1) -> str:
    """One line people read, trimmed. Raises Invalid naming the field."""
    line = unicodedata.normalize("NFC", text).strip()
    if not least <= len(line) <= most or not line.isprintable():
        raise Invalid(
            field,
            f"write {least} to {most} characters on one line, and no signs that cannot be seen",
            f"请填写 {least} 至 {most} 个字符（单行，不能含看不见的字符）",
        )
    return line


def plain_name(name: str) -> str:
    """A firm's name without what many share: legal form, place, brackets, spaces, full-width letters."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", name).casefold())
    bare = re.sub(r"[\W_]", "", _PLACES.sub("", _FORMS.sub("", text)))
    return bare or re.sub(r"[\W_]", "", text)


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 1: twice the matching characters over all (Ratcliff and Obershelp)."""
    return SequenceMatcher(None, plain_name(one), plain_name(other), autojunk=False).ratio()


def is_near(one: str, other: str) -> bool:
    return likeness(one, other) >= NEAR


def check_standing(firm: Firm, *, by_link: bool = False) -> None:
    """Only a confirmed firm trades, and is traded with. Raises NotAllowedNow naming who can lift it.

    by_link: what is sent goes with a signed link, the one way to a firm its buyer only wrote down.
    """
    if firm.standing is FirmStanding.REACHED and not by_link:
        raise NotAllowedNow(
            f"{firm.name} is not confirmed here: nothing but an order with a signed link reaches it; "
            "give the mail address or telephone number of its contact with the order",
            f"{firm.name} 未经平台确认，只能以附签名链接的订单往来；请随订单填写其联系人的邮箱或电话",
            rule=BY_LINK,
        )
    if firm.standing is FirmStanding.APPLYING:
        raise NotAllowedNow(
            f"{firm.name} has not been confirmed yet: it can neither trade nor be traded with",
            f"{firm.name} 的入驻申请尚未确认，暂不能与其往来",
            rule=NOT_CONFIRMED,
        )
    if firm.standing is FirmStanding.MERGED:
        raise NotAllowedNow(
            f"{firm.name} was merged into another record; use that one",
            f"{firm.name} 已并入另一企业记录，请改用合并后的记录",
            rule=MERGED_AWAY,
        )
