"""A world of two of everything, that can be made one of many."""

from datetime import timedelta
from typing import Any

from chain.firms.tables import FirmRole
from chain.firms.verbs import draw_chain, join_stage, register_firm
from chain.items.verbs import add_item
from chain.links.verbs import disclose_links, introduce
from kernel.access import SYSTEM, Actor, Role
from kernel.clock import today_of
from kernel.work import unit_of_work
from seeds.cast import LONGTENG, Seated, agree_on_terms, credit_code
from tests.rules.checks.samples import pdf
from tests.scenarios.players import Cast, day, line, promise
from tests.secrecy.concepts import modules


class Growing:
    """``small`` and ``large``: an order with two and one with many of everything under it, by what lies there."""

    def __init__(self, cast: Cast, seated: Seated) -> None:
        self.cast, self.seated, self.made = cast, seated, 0
        self.partners(2)
        self.orders(2, documents=2)
        self.small = self.whole(lines=2)
        self.large: dict[str, Any] = {}

    def grow(self) -> None:
        self.partners(18)
        self.orders(18, documents=3)
        self.large = self.whole(lines=20)

    def partners(self, count: int) -> None:
        """New suppliers of the chain master, each with an item, a link, a disclosure, a tolerance; and new chains."""
        with unit_of_work() as work:
            master, day_on = self.seated.firms[LONGTENG], today_of(work.now)
            for number in range(self.made, self.made + count):
                draw_chain(work, SYSTEM, code=f"grown-{number}", names=(f"链{number}", f"Chain {number}"),
                           stages=[(f"s{n}", f"环节{n}", f"Stage {n}") for n in range(3)])  # fmt: skip
                firm = register_firm(
                    work, SYSTEM, name=f"供方{number}", code=credit_code(5000 + number), role=FirmRole.SUPPLIER,
                    prefecture=("320500", "320200")[number % 2],
                )  # fmt: skip
                assert firm.id is not None
                join_stage(work, SYSTEM, firm_id=firm.id, stage_id=self.seated.stages["core-parts"], since=day_on)
                seller = Actor(7000 + number, firm.id, frozenset({Role.SALES}))
                item = add_item(
                    work, seller, number=f"G-{number}", name="件", unit="C62", stage_id=self.seated.stages["core-parts"]
                )
                assert item.id is not None
                introduce(work, SYSTEM, seller, item_id=item.id, buyer_id=master, chain_id=self.seated.chain_id)
                agree_on_terms(work, seller, self.seated.signing(LONGTENG))
                disclose_links(
                    work, seller, viewer_id=master, chain_id=self.seated.chain_id, until=day_on + timedelta(days=30)
                )
        for number in range(self.made, self.made + count):
            item = self.cast.chain_master.asks("items", filter={"number": f"G-{number}"})["items"]["nodes"][0]
            given = {"sellerId": item["maker"]["id"], "itemId": item["id"], "daysLate": 2}
            self.cast.chain_master.acts("set_tolerance", given, by="buyer")
        self.made += count

    def orders(self, count: int, *, documents: int) -> None:
        """As many to answer, to decide on, to ship, on their way; the first so many of them with a document to review."""
        master, gearworks = self.cast.chain_master, self.cast.gearworks
        two = [line("RV-40E", "10"), line("RV-80E", "4")]
        for number in range(count):
            master.places_order(to=gearworks, lines=two)
            countered = master.places_order(to=gearworks, lines=two)
            gearworks.responds(countered, lines=[{"line": 1, "answer": "CHANGED", "schedules": promise(d40="10")}])
            agreed = master.places_order(to=gearworks, lines=two)
            gearworks.accepts_all(agreed)
            sent = master.places_order(to=gearworks, lines=two)
            gearworks.accepts_all(sent)
            gearworks.ships((sent, 1, "3"), (sent, 2, "4"))
            if number < documents:
                asked = master.requires_documents(sent, {}, {"title": "合格证"})["requirements"]
                gearworks.hands_in(asked[0], pdf(), number=f"C-{self.made}-{number}")

    def whole(self, lines: int) -> dict[str, Any]:
        """One order with so many lines, days, answers and documents, half of it come."""
        master, gearworks = self.cast.chain_master, self.cast.gearworks
        order = master.places_order(
            to=gearworks, lines=[line("RV-40E", "10", days={20: "4", 30: "6"}) for _ in range(lines)]
        )
        changed = [{"line": n + 1, "answer": "CHANGED", "schedules": promise(d40="5", d50="5")} for n in range(lines)]
        gearworks.responds(order, lines=changed)
        master.decides(order, dict.fromkeys(range(1, lines + 1), "REFUSE"))
        gearworks.accepts_all(order)
        asked = master.requires_documents(order, *({"title": f"证{n}", "due": day(9)} for n in range(lines)))[
            "requirements"
        ]
        revision: Any = None
        for n in range(2 if lines == 2 else 4):
            revision = gearworks.hands_in(asked[n], pdf(), number=f"W-{lines}-{n}")["revision"]
            master.reviews(revision, "REVISE", "改一", "改二")
        advice = gearworks.ships(*((order, n + 1, "2") for n in range(lines)))
        master.receives(advice)
        again = gearworks.ships(*((order, n + 1, "1") for n in range(lines)))
        hung = [concept.grow(self, order["order"]["id"], lines) for concept in modules() if hasattr(concept, "grow")]
        return {name: made for some in hung for name, made in some.items()} | {
            "order": order["order"]["id"], "number": order["order"]["number"], "advice": again["despatchAdvice"]["id"],
            "revision": revision["id"],
        }  # fmt: skip
