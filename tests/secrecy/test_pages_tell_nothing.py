"""Pages have the same door: the address of another's thing is answered as one that never was."""

import io
import re

import pytest
from openpyxl import load_workbook

from kernel import ids
from kernel.accounts.verbs import take_seat
from kernel.work import unit_of_work
from tests.secrecy.crawl import WHOLE, made_up, opened, spread
from tests.secrecy.tables import TABLE_OF, Ledger
from tests.secrecy.world import SEATS, World, every_row

PEOPLE = [seat for seat in SEATS if seat is not None] if WHOLE else [
    "buyer@longteng.example", "sales@rival.example", "dispatch@swift.example", "official@suzhou.example", "operator@chainmaster.example",
]  # fmt: skip
"""A seat of each kind; with SOAK=1 all of them."""
CHANGING = re.compile(r'name="(?:token|key)" value="[^"]*"|/(?:files|uploads)/[^"]+|"X-Form-Token": ?"[^"]*"')


def browser(world: World, seat: str):
    client = world.api.client.application.test_client()
    with unit_of_work() as work:
        token, _ = take_seat(work, email=seat)
    client.set_cookie("chainmaster", token)
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def addresses(world: World):
    """Every page address with something in it, by its rule."""
    rules = world.api.client.application.url_map.iter_rules()
    return sorted(
        str(rule) for rule in rules
        if rule.arguments and "GET" in (rule.methods or ()) and not str(rule).startswith(("/static", "/files", "/uploads"))
    )  # fmt: skip


def filled(rule: str, value: str) -> str:
    return re.sub(r"<[^>]+>", value, rule)


def read(answer) -> str:
    """What a page says, or a workbook that leaves by its address."""
    if "spreadsheetml" not in answer.content_type:
        return answer.get_data(as_text=True)
    book = load_workbook(io.BytesIO(answer.data), read_only=True)
    return " ".join(str(cell) for sheet in book for row in sheet.values for cell in row)


def said(answer, value: str) -> tuple[int, str]:
    return answer.status_code, CHANGING.sub("*", answer.get_data(as_text=True)).replace(value, "*")


@pytest.mark.parametrize("seat", PEOPLE)
def test_another_s_page_is_a_page_that_never_was(world, seat):
    client, ledger, actor = browser(world, seat), Ledger(every_row()), world.actor(seat)
    hidden = [
        ids.seal(kind, row.id)
        for kind in (
            "Order",
            "DespatchAdvice",
            "DocumentRequirement",
            "DocumentRevision",
            "OrderResponse",
            "SupplyLink",
        )
        for row in spread([r for r in ledger.of(TABLE_OF[kind]) if not ledger.knows(actor, TABLE_OF[kind], r.id)], 1)
    ]
    secrets = [text for text in world.secrets if not world.may_read(seat, text) and text != seat]
    told_apart = []
    assert len(addresses(world)) >= 8

    for rule in addresses(world):
        nothing = said(client.get(filled(rule, made_up(1))), made_up(1))
        assert nothing[0] in (302, 404), (rule, nothing[0])
        for outward in hidden:
            answer = said(client.get(filled(rule, outward)), outward)
            if answer != nothing or any(secret in answer[1] for secret in secrets):
                told_apart.append((rule, ids.unseal(outward, {ids.tag(k): k for k in TABLE_OF}), answer[0]))

    assert told_apart == []


@pytest.mark.parametrize("seat", ["buyer@longteng.example", "sales@rival.example", "sales@steel.example", "official@suzhou.example", "operator@chainmaster.example"])  # fmt: skip
def test_no_page_of_the_menu_holds_what_is_another_s(world, seat):
    client, ledger = browser(world, seat), Ledger(every_row())
    rules = world.api.client.application.url_map.iter_rules()
    plain = [
        str(r) for r in rules if not r.arguments and "GET" in (r.methods or ()) and not str(r).startswith("/metrics")
    ]

    for page in plain:
        text = read(client.get(page, follow_redirects=True))
        foreign = [
            o
            for o, (kind, number) in opened(text).items()
            if not ledger.knows(world.actor(seat), TABLE_OF[kind], number)
        ]
        secrets = [s for s in world.secrets if not world.may_read(seat, s) and s != seat and s in text]
        assert (page, foreign, secrets) == (page, [], [])
