"""What may be written after `chainmaster`, and the one sentence for what may not."""

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import NoReturn

from chain.network.measure import MEASURES


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        print(f"chainmaster: {message}; see: {self.prog} --help", file=sys.stderr)
        sys.exit(2)


def parse(argv: list[str]) -> Namespace:
    parser = _Parser(prog="chainmaster", description="链主协同平台: a chain master and its partners work together.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    up = commands.add_parser("up", help="start everything on this machine")
    up.add_argument("--home", help="folder of everything kept (default: CHAINMASTER_HOME, else ./var)")
    up.add_argument("--demo", action="store_true", help="plant the demo chain on first start and offer its seats")
    up.add_argument("--workers", type=_count, default=2)
    web = commands.add_parser("web", help="serve pages and API")
    web.add_argument("--processes", type=_count, help="default: one for each core")
    for at in (up, web):
        at.add_argument("--host", default="127.0.0.1")
        at.add_argument("--port", type=_port, default=8000)
    worker = commands.add_parser("worker", help="do background jobs")
    worker.add_argument("--number", type=_number_of, default=(1, 1), help="such as 2/3: the second of three")
    commands.add_parser("relay", help="carry events from the database to the workers")
    commands.add_parser("timetable", help="start the jobs of the night")
    commands.add_parser("migrate", help="bring the tables up to date")
    commands.add_parser("doctor", help="say what is wrong here, and how to mend it")

    token = commands.add_parser("token", help="print a new API token of a person")
    token.add_argument("email", metavar="EMAIL")
    token.add_argument("--days", type=int, default=90)
    token.add_argument("--scope", choices=("read", "write"), default="write")
    _person(commands.add_parser("person", help="let a person in"))
    audit = commands.add_parser("audit", help="the tamper-evident trail")
    audit.add_subparsers(dest="act", required=True, metavar="ACT").add_parser("verify", help="read all of it")

    take_in = commands.add_parser("import", help="take a file in")
    take_in.add_argument("kind", metavar="KIND", help="ubl-order, firms, sites, items, cross-references, supply-links")
    take_in.add_argument("file", metavar="FILE", help="- for standard input")
    take_in.add_argument("--dry-run", action="store_true", help="say what would happen; keep nothing")
    take_in.add_argument("--only-valid", action="store_true", help="of a sheet with bad rows, take in the good ones")
    give_out = commands.add_parser("export", help="give a file out")
    give_out.add_argument(
        "kind", metavar="KIND", help="ubl-order-response, firms, sites, items, cross-references, supply-links"
    )
    give_out.add_argument("subject", metavar="SUBJECT", nargs="?", default="", help="such as an order number")
    give_out.add_argument("-o", "--output", metavar="FILE", help="default: standard output")
    for at in (take_in, give_out):
        at.add_argument("--as", dest="email", metavar="EMAIL", required=True, help="who does it")
    _resilience(commands.add_parser("resilience", help="measure a network of your own files; no database"))
    return parser.parse_args(argv)


def _person(person: ArgumentParser) -> None:
    add = person.add_subparsers(dest="act", required=True, metavar="ACT").add_parser("add", help="asks for a password")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--name", required=True)
    add.add_argument(
        "--roles", required=True, type=lambda text: re.findall(r"[^\s,]+", text), help="such as buyer,lead"
    )
    add.add_argument("--firm", metavar="CODE", help="unified social credit code of the firm acted for")


def _resilience(measure: ArgumentParser) -> None:
    add = measure.add_argument
    add("--firms", metavar="CSV", required=True, help="id,name,stage,region,output")
    add("--links", metavar="CSV", required=True, help="supplier,buyer,item,amount,essential")
    add("--classes", metavar="CSV", help="supplier_stage,buyer_stage,class: 2 essential, 1 linear, 0 negligible")
    add("--bom", metavar="CSV", help="product,material,units")
    add("--cover", metavar="CSV", help="firm,item,stock,rate_per_day,capacity_per_day,recover_days")
    add("--psi", metavar="CSV", help="firm,psi: capacity left, 0 to 1; what that costs is added as shock")
    add("--measures", type=_measures, default=MEASURES, help=f"of {','.join(MEASURES)} (default: all)")
    add("--eps", type=_share, default=1e-2, help="a cascade ends when nobody falls by more (default: 0.01)")
    add(
        "--theta", type=_share, help="losses below are not handed on where the score need not be exact (default: 0.001)"
    )
    add("--top", type=_number, help="firms whose score is exact (default: all of up to 5000 firms, else 500)")
    add("--workers", type=_count, default=1, help="processes (default: 1)")
    add(
        "--default-class",
        type=int,
        choices=(2, 1, 0),
        default=2,
        help="of links that nothing else classes (default: 2)",
    )
    add("--strict", action="store_true", help="stop at the first bad row; else bad rows are counted and left out")
    add("--json", metavar="OUT", required=True, help="- for standard output")


def _measures(text: str) -> tuple[str, ...]:
    names = tuple(re.findall(r"[^\s,]+", text))
    for name in names:
        if name not in MEASURES:
            raise ArgumentTypeError(f"there is no measure {name}; there are {', '.join(MEASURES)}")
    if not names:
        raise ArgumentTypeError(f"name one of {', '.join(MEASURES)}")
    return names


def _share(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found < 1:
        raise ArgumentTypeError(f"{text} is no number from 0 to below 1")
    return found


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise ArgumentTypeError(f"{text} is no number of firms")
    return int(text)


def _count(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d?", text):
        raise ArgumentTypeError(f"{text} is no number from 1 to 99")
    return int(text)


def _port(text: str) -> int:
    if not re.fullmatch(r"\d{1,5}", text) or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError(f"{text} is no port; ports are 1 to 65535")
    return int(text)


def _number_of(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([1-9]\d?)/([1-9]\d?)", text)
    if found is None or int(found[1]) > int(found[2]):
        raise ArgumentTypeError(f"{text} is no place in a row, such as 2/3")
    return int(found[1]), int(found[2])
