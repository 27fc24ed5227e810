"""Bad days: what was acknowledged stays, what cannot be taken is refused in one sentence, and work resumes by itself."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

from kernel import db
from kernel.access import unscoped
from kernel.settings import Settings
from tests.rules.checks.samples import pdf
from tests.scenarios.api import Api, digest_of
from tests.scenarios.players import Cast
from tests.secrecy.world import as_stored

on_sqlite = pytest.mark.skipif(os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="a file of SQLite's")


@pytest.fixture
def cast(api: Api) -> Cast:
    return Cast(api)


@pytest.fixture(autouse=True)
def no_incident():
    """Here the log may tell: the database or the store is broken on purpose."""


def parts(api: Api) -> list[str]:
    """What /readyz says is wrong; this test runs no broker."""
    answer = api.client.get("/readyz", headers={"Accept": "application/json"})
    told = answer.get_json()
    assert answer.status_code == 503
    return sorted({problem["part"] for problem in told["problems"]} - {"broker", "relay"})


def unavailable(answer, *statuses: int) -> bool:
    """One sentence, at a status that says try again, and nothing of our insides."""
    said = answer.get_data(as_text=True)
    assert answer.status_code in statuses, (answer.status_code, said[:300])
    assert not any(word in said for word in ("sqlite", "sqlalchemy", "INSERT", "Traceback", ".db", "object_store"))
    return True


ORDER = """mutation P($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code } } }"""


def placing(cast: Cast, number: str):
    from tests.scenarios.players import line

    asked = [{"number": 1} | line(cast.chain_master.item("RV-40E"), "3")]
    given = {
        "sellerId": cast.gearworks.firm_id,
        "number": number,
        "currency": "CNY",
        "note": "龙" * 3000,
        "lines": asked,
    }
    return lambda: cast.api.posts(
        "buyer@longteng.example", {"query": ORDER, "variables": {"input": given | {"number": number}}}
    )


@contextmanager
def full_disk():
    """No page more than the database has now: what a disk without room says, on any machine."""
    with unscoped("a test fills the disk"), db.session(writes=False) as session:
        raw = session.connection().connection.driver_connection
        used = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count={used}")
    yield
    with unscoped("a test frees the disk"), db.session(writes=False) as session:
        session.connection().connection.driver_connection.execute("PRAGMA max_page_count=1073741823")


@on_sqlite
def test_a_full_disk_takes_nothing_loses_nothing_and_is_forgotten_once_there_is_room(cast, settings):
    kept, refused = [], 0
    place = {n: placing(cast, f"DISK-{n}") for n in range(60)}

    with full_disk():
        for n in range(60):
            answer = place[n]()
            if answer.status_code == 200:
                kept.append(answer.get_json()["data"]["placeOrder"]["order"]["id"])
            else:
                refused += unavailable(answer, 503)
                before = as_stored()
                assert unavailable(place[n](), 503)
                assert as_stored() == before
                break
        assert refused == 1
        found = cast.chain_master.asks("orders_page", first=100)["orders"]
        assert [node["id"] for node in found["nodes"]] == kept[::-1], (
            "reading goes on, and nothing acknowledged is gone"
        )

    assert cast.chain_master.places_order(cast.gearworks)["order"]["state"] == "PLACED"


@on_sqlite
def test_a_database_that_became_read_only_is_named_and_mended_without_a_restart(cast, settings):
    path = Path(str(make_url(settings.database_url).database))
    place = placing(cast, "LOCKED-1")
    before = as_stored()

    with unscoped("a test"), db.session(writes=False) as session:
        session.connection().connection.driver_connection.execute("PRAGMA query_only=ON")
    answers = [place(), cast.api.client.post("/sign-in", data={"email": "a@b.example", "password": "x" * 12})]
    reading = cast.chain_master.asks("orders_page")
    with unscoped("a test"), db.session(writes=False) as session:
        session.connection().connection.driver_connection.execute("PRAGMA query_only=OFF")

    assert all(unavailable(answer, 503) for answer in answers)
    assert reading["orders"]["totalCount"] == 0
    assert as_stored() == before
    assert place().status_code == 200
    if os.geteuid() != 0:
        path.chmod(0o400)
        try:
            assert "database" in parts(cast.api)
        finally:
            path.chmod(0o600)


@on_sqlite
def test_a_database_that_is_gone_is_told_and_comes_back(cast, settings):
    path = Path(str(make_url(settings.database_url).database))
    place = placing(cast, "GONE-1")
    cast.chain_master.places_order(cast.gearworks, number="KEPT-1")["order"]
    for engine in (db._reading,):
        engine.dispose()
    path.rename(path.with_suffix(".away"))
    path.mkdir()

    answers = [
        place(),
        cast.api.posts("buyer@longteng.example", {"query": "{viewer{email}}"}),
        cast.api.client.get("/orders", headers={"Accept": "text/html"}),
    ]
    wrong = parts(cast.api)
    path.rmdir()
    path.with_suffix(".away").rename(path)

    assert all(unavailable(answer, 503, 302) for answer in answers)
    assert wrong == ["database"]
    assert cast.chain_master.asks("order_page", number="KEPT-1")["order"]["state"] == "PLACED"
    assert place().status_code == 200


def test_a_store_that_takes_no_files_is_named_and_the_upload_waits_for_it(cast, settings: Settings):
    content = pdf()
    declared = {"filename": "a.pdf", "size": len(content), "sha256": digest_of(content)}
    url = cast.gearworks.acts("open_upload", declared, by="sales")["upload"]["url"]
    objects = settings.home / "objects"
    shutil.rmtree(objects)
    objects.write_bytes(b"a file where the folder should be")  # holds for root too, as a mode does not
    before = as_stored()

    answer = cast.api.client.put(url, data=content, content_type="application/octet-stream")
    wrong = parts(cast.api)
    objects.unlink()
    objects.mkdir()

    assert unavailable(answer, 507)
    assert wrong == ["storage"]
    assert as_stored() == before
    assert list((settings.home / "incoming").iterdir()) == []
    assert cast.api.client.put(url, data=content, content_type="application/octet-stream").status_code == 200


def test_without_a_broker_people_go_on_working_and_readyz_says_so(cast):
    answer = cast.api.client.get("/readyz", headers={"Accept": "application/json"})
    placed = cast.chain_master.places_order(cast.gearworks)

    assert answer.status_code == 503
    assert [problem["part"] for problem in answer.get_json()["problems"]] == ["broker"]
    assert cast.gearworks.accepts_all(placed)["order"]["state"] == "CONFIRMED"
