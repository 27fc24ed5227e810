"""Invented firms, links and lines for the gallery; firms are named by trade and number, so nobody takes them for real."""

from random import Random

from web.drawings.firm_graph import Edge, Node
from web.drawings.prefectures import PrefectureFigure

STAGES = ((0, "原材料"), (1, "基础零件"), (2, "核心部件"), (3, "整机"), (4, "销售与服务"))
TRADES = (
    ("特钢", "铝材", "磁材", "铜材"),
    ("轴承", "齿坯", "精密铸件", "紧固件", "线束"),
    ("减速机", "伺服电机", "控制器", "传感器"),
    ("机器人整机",),
    ("系统集成", "经销"),
)
CITIES = ("南京", "无锡", "徐州", "常州", "苏州", "南通", "盐城", "扬州", "泰州", "镇江")
SIZES = (9, 17, 14, 3, 6)


def _firms() -> list[Node]:
    chance = Random(7)
    firms = []
    for stage, size in enumerate(SIZES):
        for n in range(size):
            label = f"{CITIES[(n * 3 + stage) % len(CITIES)]}示例{TRADES[stage][n % len(TRADES[stage])]}{n + 1}"
            kind = "master" if (stage, n) == (3, 0) else "alias" if stage == 0 and n % 4 == 3 else "firm"
            label = {"master": "龙腾智能装备", "alias": f"上游企业 {n}"}.get(kind, label)
            level = None if kind == "alias" else chance.choices((0, 1, 2, 3), (14, 4, 2, 1))[0]
            firms.append(
                Node(f"f{stage}-{n}", label, stage, kind, level, "" if kind == "alias" else f"/firms/f{stage}-{n}")
            )
    return firms


def _links() -> list[Edge]:
    chance = Random(11)
    links = []
    for stage in range(4):
        for n in range(SIZES[stage]):
            for _ in range(chance.choice((1, 1, 2, 3))):
                target = f"f{stage + 1}-{chance.randrange(SIZES[stage + 1])}"
                basis = chance.choice(("orders", "orders", "declared", "survey"))
                links.append(
                    Edge(
                        f"f{stage}-{n}",
                        target,
                        basis,
                        round(chance.random(), 2),
                        chance.randrange(700),
                        chance.random() < 0.06,
                        "示例件",
                    )
                )
    links.append(Edge("f0-1", "f2-3", "declared", 0.7, 20, item="特种合金"))
    links.append(Edge("f0-2", "f3-0", "orders", 0.95, 3, item="机座铸坯"))
    links.append(Edge("f2-1", "f2-5", "orders", 0.8, 12, item="编码器"))
    return links


FIRMS = _firms()
LINKS = _links()
FIGURES = [
    PrefectureFigure("320100", "/chains?prefecture=320100", 44, 3, 2),
    PrefectureFigure("320200", "/chains?prefecture=320200", 61, 2, 1),
    PrefectureFigure("320300", "/chains?prefecture=320300", 19, 0, 0),
    PrefectureFigure("320400", "/chains?prefecture=320400", 38, 4, 2),
    PrefectureFigure("320500", "/chains?prefecture=320500", 88, 8, 2),
    PrefectureFigure("320600", "/chains?prefecture=320600", 27, 1, 1),
    PrefectureFigure("320700", "/chains?prefecture=320700", 5, 0, 0),
    PrefectureFigure("320800", "/chains?prefecture=320800", 7, 2, 3),
    PrefectureFigure("320900", "/chains?prefecture=320900", 12, 0, 0),
    PrefectureFigure("321000", "/chains?prefecture=321000", 16, 1, 1),
    PrefectureFigure("321100", "/chains?prefecture=321100", 11, 0, 0),
    PrefectureFigure("321200", "/chains?prefecture=321200", None, None, None, withheld=True),
]
LINES = [
    {
        "number": n * 10,
        "item": item,
        "quantity": {"value": value, "unit": unit},
        "price": price,
        "wanted_on": f"2027-01-{5 + n:02}",
    }
    for n, (item, value, unit, price) in enumerate(
        [
            ("RV-40E 减速机", "120", "C62", "2680.00"),
            ("RV-80E 减速机", "60", "C62", "4120.00"),
            ("谐波减速机 25-100", "240", "C62", "1380.50"),
            ("齿轮油 CKD220", "12.5", "KGM", "28.4375"),
            ("密封圈 60×75", "1200", "H87", "3.20"),
            ("行星架 RV-40", "40", "C62", "615.00"),
        ],
        start=1,
    )
]
