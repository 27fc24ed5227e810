"""One person without an account answers one order by a signed link, and can do nothing else with it."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from collaboration.guests.decisions import MOST_AN_HOUR, MOST_TRIES
from collaboration.guests.verbs import use
from kernel import clock, ids
from kernel.work import unit_of_work
from tests.scenarios.reactions import react

CONTACT = "li@gearworks.example"


@pytest.fixture
def order(house):
    _, cast, _ = house
    return cast.chain_master.places_order(to=cast.gearworks)["order"]


def opened(cast, order, **given):
    asked = {"orderId": order["id"], "channel": "MAIL", "contact": CONTACT, "days": 7} | given
    return cast.chain_master.acts("open_guest_link", asked, by="buyer")


def codes(folder: Path) -> list[tuple[str, str]]:
    """(to, code) of every mail, in the order they were sent."""
    mails = [
        message_from_bytes(p.read_bytes(), policy=default)
        for p in sorted(folder.glob("*.eml"), key=lambda p: p.stat().st_mtime_ns)
    ]
    return [(m["To"], re.search(r"\d{6}", m["Subject"])[0]) for m in mails]


def come_in(app, url: str, folder: Path):
    """A browser in which the guest has given the mailed code."""
    client = app.test_client()
    assert client.post(f"{url}/code").status_code == 303
    react()
    response = client.post(url, data={"code": codes(folder)[-1][1]})
    assert response.status_code == 303, response.text
    return client, response.headers["Location"]


def form_of(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(token|key|version)" value="([^"]*)"', html))


@pytest.mark.feature("A4")
def test_a_clerk_without_an_account_confirms_an_order_by_a_mailed_code(house, order):
    app, cast, folder = house
    link = opened(cast, order)

    client, page = come_in(app, link["url"], folder)
    shown = client.get(page)
    sent = client.post(f"{page}/answer", data=form_of(shown.text) | {"send": "rest"})

    assert codes(folder)[0][0] == CONTACT
    assert (shown.status_code, sent.status_code) == (200, 303)
    assert cast.chain_master.state_of({"order": order}) == "CONFIRMED"
    answered = next(e for e in cast.chain_master.history_of(order) if e["event"] == "OrderAnswered")
    assert answered["byName"] == CONTACT
    acts = cast.gearworks.asks("guest_acts_page", linkId=link["guestLink"]["id"])["guestActs"]["nodes"]
    assert [a["what"] for a in acts] == [
        "suppliers.answer", "trade.order", "verified", "asked for a code"
    ]  # fmt: skip


@pytest.mark.feature("A4")
def test_a_guest_reaches_nothing_but_its_order(house, order):
    app, cast, folder = house
    other = cast.chain_master.places_order(to=cast.gearworks, item="HD-25")["order"]
    client, page = come_in(app, opened(cast, order)["url"], folder)

    for path in (
        "/orders",
        "/todo",
        "/chains",
        "/firms",
        "/shipments",
        "/tolerances",
        "/api",
        f"{page}/history",
        f"{page}/guests",
    ):
        there = client.get(path)
        assert (there.status_code, there.headers.get("Location")) == (302, page), path
    assert client.get(f"/orders/{other['id']}").status_code == 404
    assert client.get(f"/orders/{other['id']}/files/order.pdf").status_code == 404
    assert client.get(f"{page}/files/order.pdf").data.startswith(b"%PDF")
    assert (
        client.post(f"/orders/{other['id']}/answer", data=form_of(client.get(page).text) | {"send": "rest"}).status_code
        == 404
    )
    assert cast.chain_master.state_of({"order": other}) == "PLACED"
    program = client.post("/graphql", json={"query": "{ orders { totalCount } viewer { email } }"}).json
    assert program["data"] == {"orders": {"totalCount": 0}, "viewer": None}


@pytest.mark.feature("A4")
def test_a_revoked_link_ends_at_once_and_tells_a_stranger_nothing(house, order):
    app, cast, folder = house
    link = opened(cast, order)
    client, page = come_in(app, link["url"], folder)

    revoked = cast.gearworks.acts("revoke_guest_link", {"linkId": link["guestLink"]["id"]}, by="sales")

    assert revoked.refusals == []
    assert client.get(page).headers["Location"].startswith("/sign-in")
    gone, forged = app.test_client().get(link["url"]), app.test_client().get(link["url"][:-1] + "~")
    assert (gone.status_code, forged.status_code) == (404, 404)
    assert gone.text == forged.text
    again = cast.gearworks.acts("revoke_guest_link", {"linkId": link["guestLink"]["id"]}, by="sales")
    assert again.refusals == ["NOT_ALLOWED_NOW"]


@pytest.mark.feature("A4")
def test_a_link_ends_by_itself_and_lives_fourteen_days_at_most(house, order):
    app, cast, folder = house
    for days in (0, 15):
        assert opened(cast, order, days=days).refusals == ["INVALID"]
    url = opened(cast, order, days=14)["url"]
    assert app.test_client().get(url).status_code == 200

    clock.set_to(clock.now() + timedelta(days=14, minutes=1))

    assert app.test_client().get(url).status_code == 404


@pytest.mark.feature("A4")
def test_guessing_a_code_ends_after_five_tries(house, order):
    app, cast, folder = house
    url = opened(cast, order)["url"]
    client = app.test_client()
    client.post(f"{url}/code")
    react()
    right = codes(folder)[-1][1]
    wrong = "000000" if right != "000000" else "111111"

    tries = [client.post(url, data={"code": wrong}).status_code for _ in range(MOST_TRIES)]
    late = client.post(url, data={"code": right})

    assert set(tries) == {422}
    assert late.status_code == 422
    assert "chainmaster-guest" not in late.headers.get("Set-Cookie", "")


@pytest.mark.feature("A4")
def test_a_link_that_is_used_too_often_is_stopped_for_an_hour(house, order):
    app, cast, folder = house
    link = opened(cast, order)
    client, page = come_in(app, link["url"], folder)

    with unit_of_work() as work:
        for _ in range(MOST_AN_HOUR - 10):
            use(work, ids.number_of("GuestLink", link["guestLink"]["id"]), "view")
    seen = [client.get(page).status_code for _ in range(10)]
    clock.set_to(clock.now() + timedelta(hours=1, minutes=1))

    assert 200 in seen and seen[-1] not in (200, 500)
    assert client.get(page).status_code == 200


@pytest.mark.feature("A4")
def test_over_the_telephone_the_buyer_reads_the_code_out_and_only_the_buyer(house, order):
    app, cast, _ = house
    link = opened(cast, order, channel="PHONE", contact="+86 512 5555 0100")
    read_out = {"linkId": link["guestLink"]["id"]}

    assert cast.gearworks.acts("read_out_code", read_out, by="sales").refusals == ["NOT_ALLOWED_NOW"]
    assert cast.rival.acts("read_out_code", read_out, by="buyer").refusals == ["NOT_FOUND"]
    code = cast.chain_master.acts("read_out_code", read_out, by="buyer")["code"]
    client = app.test_client()
    assert client.post(f"{link['url']}/code").status_code == 422
    assert client.post(link["url"], data={"code": code}).status_code == 303


@pytest.mark.feature("A4")
def test_only_the_buyer_of_the_order_opens_links_to_a_contact_that_can_be_one(house, order):
    _, cast, _ = house
    asked = {"orderId": order["id"], "channel": "MAIL", "contact": CONTACT, "days": 7}

    assert cast.gearworks.acts("open_guest_link", asked, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    assert cast.rival.acts("open_guest_link", asked, by="buyer").refusals == ["NOT_FOUND"]
    assert cast.chain_master.acts("open_guest_link", asked, by="planner").refusals == ["NOT_ALLOWED_NOW"]
    assert opened(cast, order, contact="li").refusals == ["INVALID"]
    assert cast.chain_master.asks("guest_links_page", orderId=order["id"])["guestLinks"]["nodes"] == []


def test_a_code_job_run_twice_mails_the_same_code_once_expected(house, order):
    app, cast, folder = house
    url = opened(cast, order)["url"]
    app.test_client().post(f"{url}/code")
    react()
    react()

    assert len(codes(folder)) == 1
