"""Coming in and going out: by password, by demo seat, and never by someone else's form."""

from dataclasses import replace

import pytest

from api.context import SESSION_COOKIE
from kernel.access import SYSTEM, Role
from kernel.accounts.verbs import add_person
from kernel.work import unit_of_work
from web.app import create_app

PASSWORD = "eleven gears and a shaft"


@pytest.fixture
def clerk(settings, seated) -> str:
    """Someone of Gearworks who signs in by password."""
    with unit_of_work() as work:
        add_person(
            work, SYSTEM, email="clerk@gearworks.example", name="业务员", roles=frozenset({Role.SALES}),
            party_id=seated.actors["sales@gearworks.example"].party_id, password=PASSWORD,
        )  # fmt: skip
    return "clerk@gearworks.example"


def cookie(client) -> str | None:
    found = client.get_cookie(SESSION_COOKIE)
    return found.value if found else None


def test_the_right_password_leads_on_to_the_page_that_was_wanted(visitor, clerk):
    client = visitor()
    away = client.get("/api?operation=viewer")

    answer = client.post("/sign-in", data={"email": clerk, "password": PASSWORD, "next": "/api?operation=viewer"})

    assert away.headers["Location"] == "/sign-in?next=%2Fapi%3Foperation%3Dviewer"
    assert (answer.status_code, answer.headers["Location"]) == (302, "/api?operation=viewer")
    assert "clerk@gearworks.example" in client.get("/api").text
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("wish", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:1"])
def test_nobody_is_led_to_another_site_after_signing_in(visitor, clerk, wish):
    answer = visitor().post("/sign-in", data={"email": clerk, "password": PASSWORD, "next": wish})

    assert answer.headers["Location"] == "/todo"


def test_a_wrong_password_and_an_unknown_address_are_told_alike(visitor, clerk):
    wrong = visitor().post("/sign-in", data={"email": clerk, "password": "not this one, surely"})
    unknown = visitor().post("/sign-in", data={"email": "no.one@gearworks.example", "password": PASSWORD})

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert wrong.text.replace(clerk, "") == unknown.text.replace("no.one@gearworks.example", "")
    assert "邮箱或密码不正确" in wrong.text


def test_guessing_is_slowed_even_for_the_right_password(visitor, clerk):
    client = visitor()
    for _ in range(6):
        client.post("/sign-in", data={"email": clerk, "password": "not this one, surely"})

    answer = client.post("/sign-in", data={"email": clerk, "password": PASSWORD})

    assert answer.status_code == 422
    assert "密码错误次数过多" in answer.text
    assert cookie(client) is None


def test_signing_in_ends_the_session_the_browser_had_before(visitor, clerk, token_of):
    client = visitor("sales@rival.example")
    before = cookie(client)
    token = token_of(client.get("/api").text)

    client.post("/sign-in", data={"email": clerk, "password": PASSWORD, "token": token})

    old = visitor()
    old.set_cookie(SESSION_COOKIE, before)
    assert cookie(client) != before
    assert old.get("/api").status_code == 302


def test_signing_out_ends_the_session_for_good(visitor, token_of):
    client = visitor("sales@gearworks.example")
    before = cookie(client)

    client.post("/sign-out", data={"token": token_of(client.get("/api").text)})

    client.set_cookie(SESSION_COOKIE, before)
    assert client.get("/api").headers["Location"].startswith("/sign-in")


def test_a_form_without_the_sessions_token_or_from_another_site_changes_nothing(visitor, token_of):
    client = visitor("sales@gearworks.example")
    token = token_of(client.get("/api").text)

    assert client.post("/sign-out").status_code == 403
    assert client.post("/sign-out", data={"token": "x" * 32}).status_code == 403
    evil = client.post("/sign-out", data={"token": token}, headers={"Origin": "https://evil.example"})

    assert evil.status_code == 403
    assert "form.token" in evil.text
    assert client.get("/api").status_code == 200


def test_seats_are_offered_in_demo_mode_and_on_this_machine_only(visitor, settings):
    far = {"REMOTE_ADDR": "203.0.113.9"}
    real = create_app(replace(settings, demo=False))

    assert "sales@gearworks.example" in visitor().get("/sign-in").text
    assert "sales@gearworks.example" not in visitor().get("/sign-in", environ_base=far).text
    assert visitor().post("/seat", data={"email": "sales@gearworks.example"}, environ_base=far).status_code == 404
    assert "sales@gearworks.example" not in visitor(app=real).get("/sign-in").text
    assert visitor(app=real).post("/seat", data={"email": "sales@gearworks.example"}).status_code == 404


@pytest.mark.parametrize(
    ("email", "home"),
    [
        ("buyer@longteng.example", "/todo"),
        ("sales@gearworks.example", "/todo"),
        ("official@suzhou.example", "/chains"),
        ("operator@chainmaster.example", "/jobs"),
    ],
)
def test_everyone_lands_on_the_page_of_the_day(visitor, email, home):
    assert visitor(email).get("/").headers["Location"] == home


def test_the_operators_page_is_nobody_elses(visitor):
    operator, buyer = visitor("operator@chainmaster.example"), visitor("buyer@longteng.example")

    assert operator.get("/jobs").status_code == 200
    assert buyer.get("/jobs").status_code == 404
    assert "后台任务" not in buyer.get("/jobs").text


def test_any_operation_can_be_tried_and_is_answered_as_a_program_is(visitor, token_of):
    client = visitor("sales@gearworks.example")
    token = token_of(client.get("/api?lang=en").text)
    form = {"token": token, "operation": "viewer", "query": "{ viewer { email } }"}

    good = client.post("/api", data=form | {"variables": "{}"}).text
    wrong = client.post("/api", data=form | {"variables": "[1]"}).text
    broken = client.post("/api", data=form | {"query": "{ viewer", "variables": ""}).text

    assert "&#34;email&#34;: &#34;sales@gearworks.example&#34;" in good
    assert "variables must be one JSON object" in wrong
    assert "Syntax Error" in broken
    assert "type Query" in client.get("/api/schema.graphql").text
