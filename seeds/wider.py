"""The wider chain around the cast: some two hundred firms more, made by rule from short lists, so that the map has depth.

All fictional. What is planted to be found stands in ``docs/demo.md``.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from chain.firms.tables import FirmRole
from seeds.firms import PACE, Extra, Sold

BRANDS = tuple("".join(pair) for pair in product("栩澄昶璟琮瑄骋翊珩璞", "岚汐屿禾桉野笙榆稷澜"))
CITIES = {
    "320100": "南京", "320200": "无锡", "320300": "徐州", "320400": "常州", "320500": "苏州", "320600": "南通",
    "320700": "连云港", "320800": "淮安", "320900": "盐城", "321000": "扬州", "321100": "镇江", "321200": "泰州",
    "321300": "宿迁",
}  # fmt: skip
SHARES = {
    "320500": 6, "320200": 5, "320400": 5, "320100": 4, "320600": 3, "321200": 2, "321000": 2, "321100": 2, "320900": 2,
    "320300": 2, "320800": 1, "320700": 1, "321300": 1,
}  # fmt: skip
"""How many of each thirty-six firms stand in a prefecture: most of the chain is in the south."""

TRADED_EVERY = 5
"""Every so many-th link is traded in; the others rest on word, survey or both ends' confirmation."""
ORDER_DAYS = 110
LATE_JOINERS = 6
"""Every so many-th firm joined in one of the last eleven months, not at the beginning."""


@dataclass(frozen=True)
class Kind:
    """What firms of a stage make: (word in the firm's name, item, price, unit), and how many of them there are."""

    stage: str
    firms: int
    makes: tuple[tuple[str, str, str, str], ...]
    buys_of: tuple[tuple[str, int], ...] = ()
    role: FirmRole = FirmRole.SUPPLIER


KINDS = (
    Kind("special-steel", 32, (
        ("特钢", "合金结构钢棒材", "6.90", "KGM"), ("冶金", "高碳铬铁", "8.80", "KGM"), ("铝业", "铝合金锭", "20.40", "KGM"),
        ("新材料", "钕铁硼速凝片", "310.00", "KGM"), ("铜业", "无氧铜杆", "71.20", "KGM"), ("硅钢", "无取向硅钢片", "8.10", "KGM"),
    )),
    Kind("bearings", 56, (
        ("轴承", "交叉滚子轴承", "255.00", "C62"), ("紧固件", "高强螺栓", "0.92", "C62"), ("密封", "骨架油封", "6.10", "C62"),
        ("导轨", "直线导轨", "405.00", "C62"), ("丝杠", "滚珠丝杠", "342.00", "C62"), ("磁材", "钕铁硼磁钢", "9.90", "C62"),
        ("电子", "驱动芯片模块", "24.50", "C62"),
    ), (("special-steel", 2),)),
    Kind("core-parts", 58, (
        ("减速机", "谐波减速机", "1620.00", "C62"), ("伺服", "伺服电机", "1310.00", "C62"), ("控制", "机器人控制柜", "8450.00", "C62"),
        ("传感", "编码器", "390.00", "C62"), ("铸件", "机身铸件", "2280.00", "C62"), ("线缆", "高柔线束", "445.00", "C62"),
    ), (("bearings", 3), ("special-steel", 1))),
    Kind("robots", 12, (("机器人", "六轴机器人", "112000.00", "C62"), ("智能装备", "码垛机器人", "98000.00", "C62")), (("core-parts", 5),)),
    Kind("integration", 28, (("自动化", "焊接工作站", "460000.00", "C62"),), (("robots", 2),), FirmRole.DEALER),
    Kind("logistics", 7, (), (), FirmRole.CARRIER),
)  # fmt: skip


def _places() -> list[str]:
    return [place for turn in range(max(SHARES.values())) for place, share in SHARES.items() if share > turn]


def _made() -> tuple[Extra, ...]:
    """Firms stage by stage from raw material on; each sells one item to firms that come later."""
    named: dict[str, list[tuple[str, int]]] = {}
    places, number = _places(), 0
    rows: list[tuple[Kind, int, str, str]] = []
    for kind in KINDS:
        for nth in range(kind.firms):
            place = places[(number * 7) % len(places)]
            word = kind.makes[nth % len(kind.makes)][0] if kind.makes else "物流"
            name = f"{CITIES[place]}{BRANDS[(number * 37) % len(BRANDS)]}{word}有限公司"
            if any(name == other for _, _, _, other in rows):
                name = f"{CITIES[place]}{BRANDS[(number * 37 + 1) % len(BRANDS)]}{word}有限公司"
            rows.append((kind, nth, place, name))
            named.setdefault(kind.stage, []).append((name, number))
            number += 1
    buyers = _buyers(named)
    return tuple(_extra(*row, number=at, buyers=buyers.get(row[3], ())) for at, row in enumerate(rows))


def _buyers(named: dict[str, list[tuple[str, int]]]) -> dict[str, tuple[str, ...]]:
    """seller -> who buys of it: each firm buys of so many of the stages before it, spread evenly."""
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        for stage, count in kind.buys_of:
            sellers = named[stage]
            for buyer, number in named.get(kind.stage, ()):
                for turn in range(count):
                    seller = sellers[(number * 5 + turn * 11) % len(sellers)][0]
                    if buyer not in found.setdefault(seller, []):
                        found[seller].append(buyer)
    return {seller: tuple(names) for seller, names in found.items()}


def _extra(kind: Kind, nth: int, place: str, name: str, *, number: int, buyers: tuple[str, ...]) -> Extra:
    sells: tuple[Sold, ...] = ()
    if kind.makes and buyers:
        _, item, price, unit = kind.makes[nth % len(kind.makes)]
        every = round(ORDER_DAYS * PACE) if number % TRADED_EVERY == 0 else 0
        sells = (Sold(f"W{number:03d}", item, unit, 15, Decimal(price), _lot(price), every, buyers),)
    since = 30 * (1 + number // LATE_JOINERS % 11) if number % LATE_JOINERS == 0 else 0
    return Extra(name, f"w{number:03d}", place, kind.stage, sells, kind.role, joined_after_days=since)


def _lot(price: str) -> int:
    """Some twenty thousand yuan an order, two pieces at least."""
    return max(2, round(20_000 / float(price)))


WIDER: tuple[Extra, ...] = _made()
