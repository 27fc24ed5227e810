"""What makes a firm's code and place acceptable."""

PREFECTURES = {
    "320100": ("南京市", "Nanjing"), "320200": ("无锡市", "Wuxi"), "320300": ("徐州市", "Xuzhou"),
    "320400": ("常州市", "Changzhou"), "320500": ("苏州市", "Suzhou"), "320600": ("南通市", "Nantong"),
    "320700": ("连云港市", "Lianyungang"), "320800": ("淮安市", "Huai'an"), "320900": ("盐城市", "Yancheng"),
    "321000": ("扬州市", "Yangzhou"), "321100": ("镇江市", "Zhenjiang"), "321200": ("泰州市", "Taizhou"),
    "321300": ("宿迁市", "Suqian"),
}  # fmt: skip
"""GB/T 2260 codes of the province's prefectures: (Chinese, English)."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def check_character(first17: str) -> str:
    """The 18th character of a unified social credit code (GB 32100-2015, 4.4: weighted sum modulo 31)."""
    total = sum(_ALPHABET.index(c) * w for c, w in zip(first17, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def is_credit_code(code: str) -> bool:
    return len(code) == 18 and all(c in _ALPHABET for c in code) and check_character(code[:17]) == code[17]
