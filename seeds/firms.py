"""The rest of the demo chain: forty firms in four tiers above and one below the chain master, and who buys what of whom.

All fictional. Prices are in CNY of the item's unit unless a currency is named; quantities are what one order asks for.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from chain.firms.tables import FirmRole
from seeds.cast import BEARING, DEALER, GEARWORKS, LONGTENG, RIVAL, STEEL

PACE = 2.0
"""How many times less often than their ``every`` firms order: the year is as long as a first start may take."""


@dataclass(frozen=True)
class Sold:
    """An item and the firms that order it. ``lot``: usual quantity of one order; ``every``: days between two, 0: none on the platform."""

    number: str
    name: str
    unit: str
    lead_time_days: int
    price: Decimal
    lot: int
    every: int
    buyers: tuple[str, ...]
    currency: str = "CNY"


@dataclass(frozen=True)
class Extra:
    """A firm beside the cast, its clerk's address and what it sells. ``joined_after_days``: counted from the first day."""

    name: str
    mailbox: str
    prefecture: str
    stage: str
    sells: tuple[Sold, ...] = field(default=())
    role: FirmRole = FirmRole.SUPPLIER
    joined_after_days: int = 0


def _sold(
    number: str, name: str, price: str, buyers: tuple[str, ...], *, unit: str = "C62", lead: int = 15, lot: int = 60,
    every: int = 30, currency: str = "CNY",
) -> Sold:  # fmt: skip
    return Sold(number, name, unit, lead, Decimal(price), lot, round(every * PACE), buyers, currency)


COATING = "泰州净涂表面处理有限公司"
SERVO, CONTROL, CASTINGS = "苏州伺动电机科技有限公司", "苏州智衡控制电子有限公司", "苏州恒铸精密铸件有限公司"
HARMONIC, ENCODER, BRAKE = "无锡谐振传动科技有限公司", "常州码盘传感有限公司", "镇江稳驻制动器有限公司"
ROLLING, MAGNET, FOUNDRY = "常州精滚轴承有限公司", "无锡磁源材料有限公司", "徐州浇铸毛坯有限公司"
COBOT, PALLET, WELDER = "苏州协臂机器人有限公司", "无锡码垛装备有限公司", "常州焊匠机器人有限公司"
GEARSTEEL, BOLTS = "南通轧齿钢材有限公司", "无锡栓固紧固件有限公司"
INTEGRATORS = (
    "苏州联线系统集成有限公司", "昆山智产自动化有限公司", "苏州产线工程有限公司", "南通港机自动化有限公司", "盐城汽配自动化有限公司",
)  # fmt: skip

CAST_SALES: dict[str, tuple[Sold, ...]] = {
    GEARWORKS: (
        _sold("RV-40E", "RV-40E 精密减速机", "4180.00", (LONGTENG,), lead=21, lot=40, every=18),
        _sold("RV-80E", "RV-80E 精密减速机", "6350.50", (LONGTENG,), lead=28, lot=16, every=26),
        _sold("HD-25", "HD-25 谐波减速机", "1560.00", (LONGTENG,), lead=14, lot=60, every=30),
    ),
    RIVAL: (_sold("RC-40", "RC-40 减速机", "3990.00", (LONGTENG, WELDER), lead=18, lot=24, every=27),),
    BEARING: (_sold("CRB-100", "CRB-100 交叉滚子轴承", "268.40", (GEARWORKS, RIVAL), lead=12, lot=180, every=21),),
    STEEL: (_sold("GCR15", "GCr15 轴承钢棒料", "7.86", (BEARING,), unit="KGM", lead=10, lot=6000, every=24),),
    LONGTENG: (_sold("LT-R20", "LT-R20 六轴机器人", "118000.00", (DEALER,), lead=45, lot=6, every=28),),
}
"""What the cast sells all year; the items themselves are seeds.cast.ITEMS."""

EXTRAS: tuple[Extra, ...] = (
    # core components
    Extra(SERVO, "servo", "320500", "core-parts", (_sold("SM-750", "SM-750 伺服电机", "1280.00", (LONGTENG, PALLET), lot=90, every=20),)),
    Extra(CONTROL, "control", "320500", "core-parts", (_sold("RC-6X", "RC-6X 机器人控制器", "8600.00", (LONGTENG,), lead=35, lot=20, every=33),)),
    Extra(CASTINGS, "castings", "320500", "core-parts", (_sold("CA-B20", "CA-B20 机身铸件", "2350.00", (LONGTENG,), lead=25, lot=20, every=24),)),
    Extra("昆山锐联线束有限公司", "harness", "320500", "core-parts", (_sold("WH-R20", "WH-R20 机器人线束", "460.00", (LONGTENG, COBOT), lead=10, lot=40, every=26),)),
    Extra("苏州明眸视觉传感有限公司", "vision", "320500", "core-parts", (_sold("VS-05", "VS-05 视觉传感器", "312.50", (COBOT,), lot=30, every=45, currency="EUR"),)),
    Extra(HARMONIC, "harmonic", "320200", "core-parts", (_sold("HD-32", "HD-32 谐波减速机", "1650.00", (LONGTENG, COBOT), lot=36, every=34),)),
    Extra(ENCODER, "encoder", "320400", "core-parts", (_sold("EN-17", "EN-17 绝对值编码器", "380.00", (SERVO,), lot=200, every=28),)),
    Extra("南京示教电子有限公司", "pendant", "320100", "core-parts", (_sold("TP-10", "TP-10 示教器", "1900.00", (LONGTENG,), lot=20, every=38),)),
    Extra("南京衡力传感有限公司", "force", "320100", "core-parts", (_sold("FT-6", "FT-6 六维力传感器", "540.00", (COBOT,), lot=24, every=50, currency="USD"),)),
    Extra(BRAKE, "brake", "321100", "core-parts", (_sold("BR-05", "BR-05 失电制动器", "210.00", (SERVO,), lead=12, lot=180, every=32),)),
    Extra("扬州锻轴有限公司", "forging", "321000", "core-parts", (_sold("FG-AX2", "FG-AX2 二轴锻件", "520.00", (LONGTENG,), lead=20, lot=40, every=36),)),
    Extra(COATING, "coating", "321200", "core-parts", (_sold("CT-B20", "CT-B20 机身喷涂", "185.00", (CASTINGS,), lead=7, lot=40, every=30),)),
    # bearings and basic parts
    Extra(ROLLING, "rolling", "320400", "bearings", (_sold("RB-6205", "6205 深沟球轴承", "14.20", (SERVO, RIVAL), lot=600, every=30),)),
    Extra("常州密合油封有限公司", "seals", "320400", "bearings", (_sold("SL-40", "SL-40 骨架油封", "6.35", (GEARWORKS, RIVAL, HARMONIC), lot=500, every=40),)),
    Extra("常州直驱丝杠有限公司", "screws", "320400", "bearings", (_sold("BS-16", "BS-16 滚珠丝杠", "335.00", (PALLET,), lot=40, every=48),)),
    Extra("无锡圆珠钢球有限公司", "balls", "320200", "bearings", (_sold("SB-8", "8 mm 轴承钢球", "21.40", (BEARING, ROLLING), unit="KGM", lot=800, every=42),)),
    Extra(BOLTS, "bolts", "320200", "bearings", (_sold("BT-M8", "M8 高强螺栓", "0.86", (LONGTENG, GEARWORKS), lead=7, lot=5000, every=44),)),
    Extra(MAGNET, "magnet", "320200", "bearings", (_sold("NM-35", "NM-35 钕铁硼磁钢", "9.75", (SERVO,), lead=25, lot=4000, every=31),)),
    Extra("无锡导滑轨道有限公司", "rails", "320200", "bearings", (_sold("LG-20", "LG-20 直线导轨", "410.00", (PALLET, WELDER), lot=30, every=46),)),
    Extra("苏州气控元件有限公司", "pneumatic", "320500", "bearings", (_sold("PV-3", "PV-3 电磁阀", "96.00", (PALLET,), lot=120, every=52),)),
    Extra("泰州碟簧有限公司", "springs", "321200", "bearings", (_sold("SP-2", "SP-2 碟形弹簧", "2.15", (BRAKE,), lot=1500, every=45),)),
    Extra("盐城漆包线材有限公司", "wire", "320900", "bearings", (_sold("EW-05", "0.5 mm 漆包线", "74.30", (SERVO, ENCODER), unit="KGM", lot=900, every=35),)),
    Extra(FOUNDRY, "foundry", "320300", "bearings", (_sold("GI-FL", "柔轮毛坯", "58.00", (HARMONIC, GEARWORKS), lot=220, every=37),)),
    Extra("淮安封测电子有限公司", "chips", "320800", "bearings", (_sold("DR-80", "DR-80 驱动芯片", "3.12", (CONTROL, SERVO), lead=40, lot=2500, every=41, currency="USD"),)),
    # steel and other raw material, and the tier above it
    Extra(GEARSTEEL, "gearsteel", "320600", "special-steel", (_sold("20CRMNTI", "20CrMnTi 齿轮钢", "6.42", (GEARWORKS, RIVAL), unit="KGM", lot=5000, every=33),)),
    Extra("南通银亮钢材有限公司", "brightbar", "320600", "special-steel", (_sold("SUJ2-B", "SUJ2 银亮材", "9.15", (ROLLING,), unit="KGM", lot=3000, every=47),)),
    Extra("连云港硅钢片有限公司", "silicon", "320700", "special-steel", (_sold("SI-50", "50W470 硅钢片", "8.05", (SERVO,), unit="KGM", lot=7000, every=39),)),
    Extra("连云港镨钕分离有限公司", "rareearth", "320700", "special-steel", (_sold("PRND", "镨钕金属", "498.00", (MAGNET,), unit="KGM", lead=30, lot=400, every=43),)),
    Extra("宿迁铝锭有限公司", "aluminium", "321300", "special-steel", (_sold("A356", "A356 铝合金锭", "20.10", (CASTINGS,), unit="KGM", lot=8000, every=36),)),
    Extra("徐州生铁材料有限公司", "pigiron", "320300", "special-steel", (_sold("Q10", "Q10 铸造生铁", "3.58", (FOUNDRY,), unit="KGM", lot=20000, every=49),)),
    Extra("徐州铬铁合金有限公司", "ferrochrome", "320300", "special-steel", (_sold("FECR65", "高碳铬铁", "8.92", (STEEL, GEARSTEEL), unit="KGM", lot=2500, every=45),)),
    # other makers of robots
    Extra(COBOT, "cobot", "320500", "robots"),
    Extra(PALLET, "pallet", "320200", "robots"),
    Extra(WELDER, "welder", "320400", "robots"),
    # downstream
    Extra(INTEGRATORS[0], "lines", "320500", "integration", role=FirmRole.DEALER),
    Extra(INTEGRATORS[1], "kunshan", "320500", "integration", role=FirmRole.DEALER),
    Extra(INTEGRATORS[2], "plant", "320500", "integration", role=FirmRole.DEALER),
    Extra(INTEGRATORS[3], "port", "320600", "integration", role=FirmRole.DEALER),
    Extra(INTEGRATORS[4], "autoparts", "320900", "integration", role=FirmRole.DEALER),
    Extra("苏州快运物流有限公司", "express", "320500", "logistics", role=FirmRole.CARRIER),
)  # fmt: skip
"""Each is registered by its name and reached at sales@MAILBOX.example."""

ROBOT_BUYERS = INTEGRATORS
"""They buy LT-R20 of the chain master, like the dealer of the cast."""
