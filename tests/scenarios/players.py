"""The cast of the stories: each firm does what its trade does, by the person whose duty it is."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from itertools import count
from typing import Any

from kernel import clock
from seeds import cast as seats
from tests.scenarios.api import Api, Outcome, digest_of, pages

_numbers = count(1)


def day(days: int) -> str:
    """So many days from today, as the API writes it."""
    return (clock.today_of(clock.now()) + timedelta(days=days)).isoformat()


def fresh(prefix: str) -> str:
    return f"{prefix}-{next(_numbers):04}"


def line(item: str, quantity: str, *, price: str = "1200.50", days: Mapping[int, str] | None = None) -> dict[str, Any]:
    """A line to order. days: days from today -> how much is wanted then; all of it in 20 days unless said."""
    wanted = days or {20: quantity}
    schedules = [{"wantedOn": day(n), "quantity": q} for n, q in wanted.items()]
    return {"itemId": item, "quantity": quantity, "unitPrice": price, "schedules": schedules}


def promise(**days: str) -> list[dict[str, str]]:
    """Promised days: ``promise(d20="18", d50="12")``."""
    return [{"promisedOn": day(int(n[1:])), "quantity": q} for n, q in days.items()]


def what(thing: Any) -> str:
    """The id of a thing given as such, as an id or as the outcome of the act that made it."""
    if isinstance(thing, Outcome):
        made = ("order", "despatchAdvice", "revision", "response", "receiptAdvice", "upload", "invoice", "statement")
        return str(next(thing[name] for name in made if thing.data.get(name))["id"])
    return thing if isinstance(thing, str) else str(thing["id"])


class Player:
    """A firm or office of the cast. ``people``: duty -> e-mail of who has it."""

    def __init__(self, api: Api, everybody: str, **people: str) -> None:
        self.api, self._everybody, self._people = api, everybody, people

    def who(self, duty: str) -> str:
        return self._people.get(duty, self._everybody)

    def asks(self, name: str, *, by: str = "buyer", **variables: Any) -> Outcome:
        return self.api.asks(self.who(by), name, **variables)

    def acts(self, name: str, given: Mapping[str, Any], *, by: str, key: str | None = None) -> Outcome:
        return self.api.acts(self.who(by), name, given, key=key)

    @cached_property
    def firm_id(self) -> str:
        return str(self.asks("viewer")["viewer"]["firm"]["id"])

    def item(self, number: str) -> str:
        """The id of an item this firm knows by its maker's number."""
        found = self.asks("items", filter={"number": number})["items"]["nodes"]
        return str(next(item["id"] for item in found if item["number"] == number))

    def chain(self) -> str:
        return str(self.asks("chains")["chains"]["nodes"][0]["id"])

    # what a firm sees

    def sees(self, order: Any) -> dict[str, Any] | None:
        """All of an order, by its number; None where it is not there for this firm."""
        found = self.asks("order_page", number=order["order"]["number"])["order"]
        assert found is None or isinstance(found, dict)
        return found

    def state_of(self, order: Any) -> str | None:
        found = self.sees(order)
        return None if found is None else str(found["state"])

    def lines_of(self, order: Any) -> dict[int, dict[str, Any]]:
        found = self.sees(order)
        return {line["number"]: line for line in found["lines"]} if found else {}

    def line_states(self, order: Any) -> dict[int, str]:
        return {number: line["state"] for number, line in self.lines_of(order).items()}

    def schedules_of(self, order: Any, line: int = 1) -> list[dict[str, Any]]:
        schedules: list[dict[str, Any]] = self.lines_of(order)[line]["schedules"]
        return schedules

    def version_of(self, order: Any) -> int:
        found = self.sees(order)
        return found["version"] if found else 1

    def history_of(self, thing: Any) -> list[dict[str, Any]]:
        return list(pages(self.api, self.who("buyer"), "history_page", "history", id=what(thing)))

    def todo(self, duty: str = "buyer") -> list[str]:
        return [item["kind"] for item in pages(self.api, self.who(duty), "todo_page", "todo")]

    def links(self) -> list[dict[str, Any]]:
        return list(pages(self.api, self.who("buyer"), "supply_links", "supplyLinks", chainId=self.chain()))

    def link_for(self, item: str) -> dict[str, Any]:
        return next(link for link in self.links() if link["item"] and link["item"]["number"] == item)

    def advices_of(self, order: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.asks("despatch_advices_page", orderId=what(order))["despatchAdvices"][
            "nodes"
        ]
        return found

    def documents_of(self, order: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.asks("documents_page", orderId=what(order))["documentRequirements"]
        return found

    # orders

    def places_order(
        self, to: "Player", item: str = "RV-40E", quantity: str = "10", *, lines: Sequence[dict[str, Any]] | None = None,
        key: str | None = None, by: str = "buyer", **given: Any,
    ) -> Outcome:  # fmt: skip
        """One line of an item, or lines made by ``line``."""
        asked = lines or [line(item, quantity)]
        known = {
            one["itemId"]: one["itemId"] if len(one["itemId"]) == 22 else self.item(one["itemId"]) for one in asked
        }
        numbered = [{"number": n} | one | {"itemId": known[one["itemId"]]} for n, one in enumerate(asked, start=1)]
        order = {"sellerId": to.firm_id, "number": fresh("PO"), "currency": "CNY", "lines": numbered} | given
        return self.acts("place_order", order, by=by, key=key)

    def responds(
        self, order: Any, answer: str = "CHANGED", lines: Sequence[Mapping[str, Any]] = (), *, by: str = "sales",
        key: str | None = None, **given: Any,
    ) -> Outcome:  # fmt: skip
        """Answer an order; ``lines`` name theirs by number."""
        own = self.lines_of(order)
        spelled = [
            {k: v for k, v in one.items() if k != "line"}
            | ({"lineId": own[one["line"]]["id"]} if "line" in one else {})
            for one in lines
        ]
        said = {"orderId": what(order), "expectedVersion": self.version_of(order), "answer": answer}
        return self.acts("respond_to_order", said | ({"lines": spelled} if spelled else {}) | given, by=by, key=key)

    def accepts_all(self, order: Any, **given: Any) -> Outcome:
        return self.responds(order, "ACCEPTED", **given)

    def acknowledges(self, order: Any, **given: Any) -> Outcome:
        return self.responds(order, "ACKNOWLEDGED", **given)

    def decides(
        self,
        order: Any,
        decisions: Mapping[int, str | dict[str, Any]],
        *,
        response: str | None = None,
        by: str = "buyer",
        **given: Any,
    ) -> Outcome:
        """Decide on lines by number, of the newest answer unless another is named; a counter-offer with its terms."""
        seen = self.sees(order)
        lines = {x["number"]: x["id"] for x in seen["lines"]} if seen else {}
        newest = response or (seen["responses"][-1]["id"] if seen and seen["responses"] else what(order))
        said = {
            "responseId": newest, "expectedVersion": self.version_of(order),
            "decisions": [
                {"lineId": lines.get(n, what(order))} | (d if isinstance(d, dict) else {"decision": d})
                for n, d in decisions.items()
            ],
        }  # fmt: skip
        return self.acts("decide_on_response", said | given, by=by)

    def closes_short(self, order: Any, line: int = 1, *, by: str = "buyer", **given: Any) -> Outcome:
        return self.acts("close_short", {"lineId": self.lines_of(order)[line]["id"]} | given, by=by)

    def tolerates(self, seller: "Player", *, by: str = "buyer", **given: Any) -> Outcome:
        return self.acts("set_tolerance", {"sellerId": seller.firm_id} | given, by=by)

    # goods

    def ships(
        self, *parts: tuple[Any, int, str] | tuple[Any, int, str, str | None], by: str = "sales", key: str | None = None,
        **given: Any,
    ) -> Outcome:  # fmt: skip
        """One despatch. parts: (order, line number, quantity of its first schedule[, outstanding])."""
        lines = []
        for order, number, quantity, *outstanding in parts:
            schedule = self.schedules_of(order, number)[0]["id"]
            lines.append({"scheduleId": schedule, "quantity": quantity, "outstandingQuantity": (*outstanding, None)[0]})
        said = {"number": fresh("DN"), "shippedOn": day(0), "expectedOn": day(2), "lines": lines}
        return self.acts("send_despatch_advice", said | given, by=by, key=key)

    def receives(
        self, advice: Outcome, *counts: tuple[str, str, str], reason: str | None = None, only: Sequence[int] | None = None,
        by: str = "planner", key: str | None = None,
    ) -> Outcome:  # fmt: skip
        """Count a despatch. counts: (received, accepted, rejected) per line; all as sent unless given."""
        sent = advice["despatchAdvice"]["lines"]
        sent = sent if only is None else [sent[i] for i in only]
        counted = counts or [(x["quantity"], x["quantity"], "0") for x in sent]
        lines = [
            {"despatchLineId": x["id"], "received": r, "accepted": a, "rejected": j, "reason": reason}
            for x, (r, a, j) in zip(sent, counted, strict=True)
        ]
        return self.acts("post_receipt", {"despatchAdviceId": what(advice), "lines": lines}, by=by, key=key)

    # documents

    def requires_documents(self, order: Any, *asked: Mapping[str, Any], by: str = "buyer", **given: Any) -> Outcome:
        """Each asked document differs from a certificate in Chinese as PDF, due in 20 days, only where it says so."""
        usual = {
            "documentType": "02-04", "title": "材质证明", "language": "zh", "format": "PDF", "due": day(20),
        }  # fmt: skip
        wanted = [usual | one for one in (asked or ({},))]
        return self.acts("require_documents", {"orderId": what(order), "requirements": wanted} | given, by=by)

    def uploads(self, content: bytes, filename: str = "certificate.pdf", *, sent: bytes | None = None) -> Outcome:
        """Open a slot and send the bytes to its address; ``sent`` sends others than were declared."""
        declared = {"filename": filename, "size": len(content), "sha256": digest_of(content)}
        opened = self.acts("open_upload", declared, by="sales")
        answer = self.api.sends_bytes(opened["upload"]["url"], content if sent is None else sent)
        if answer.status_code == 200:
            return opened
        told = answer.get_json()
        return Outcome(opened.data, [{"code": told["code"], "message": told["message"], "fields": told["fields"]}])

    def hands_in(
        self, requirement: Any, content: bytes, filename: str = "certificate.pdf", *, by: str = "sales", **given: Any
    ) -> Outcome:
        """Upload a file and submit it for a requirement as revision A of one document, unless said otherwise."""
        said = {
            "requirementId": what(requirement), "uploadId": what(self.uploads(content, filename)), "number": "CERT-1",
            "revision": "A", "title": "材质证明", "language": "zh",
        }  # fmt: skip
        return self.acts("submit_document", said | given, by=by)

    def reviews(
        self, revision: Any, verdict: str = "APPROVED", *comments: str, by: str = "quality", page: int | None = None
    ) -> Outcome:
        said = [{"text": text, "page": page} for text in comments]
        return self.acts("review_document", {"revisionId": what(revision), "verdict": verdict, "comments": said}, by=by)

    def accepts_delivery(self, order: Any, *, by: str = "buyer", **given: Any) -> Outcome:
        return self.acts("accept_delivery", {"orderId": what(order)} | given, by=by)


class Cast:
    """Everybody, by the names of house.md 9."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.chain_master = Player(
            api, "buyer@longteng.example", planner="planner@longteng.example", quality="quality@longteng.example",
            sales="sales@longteng.example", lead="lead@longteng.example",
        )  # fmt: skip
        self.gearworks, self.rival, self.bearing, self.steel = (
            Player(api, next(iter(next(p for p in seats.PLAYERS if p.name == name).people)))
            for name in (seats.GEARWORKS, seats.RIVAL, seats.BEARING, seats.STEEL)
        )
        self.dealer, self.carrier = Player(api, "dealer@yangtze.example"), Player(api, "dispatch@swift.example")
        self.official, self.operator = (
            Player(api, "official@jiangsu.example"),
            Player(api, "operator@chainmaster.example"),
        )

    @property
    def outsiders(self) -> dict[str, Player]:
        """Those who are no party to a deal between chain master and Gearworks."""
        return {
            "rival": self.rival, "bearing": self.bearing, "steel": self.steel, "dealer": self.dealer,
            "carrier": self.carrier, "official": self.official, "operator": self.operator,
        }  # fmt: skip
