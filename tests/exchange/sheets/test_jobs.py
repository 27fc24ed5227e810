"""The jobs behind a sheet: once however often they run, all or nothing when they die, never on what has changed meanwhile."""

from typing import Any

import pytest

from chain.items.verbs import add_item, change_item
from chain.items.visibility import items_visible_to
from exchange.sheets import judging
from exchange.sheets.catalogue import KINDS
from exchange.sheets.tables import RowChoice, SheetImport, SheetKind
from exchange.sheets.verbs import preview_import, run_import
from exchange.sheets.visibility import imports_visible_to
from jobs import sheets
from kernel import db
from kernel.access import SYSTEM, Actor, Role, unscoped
from kernel.accounts.visibility import people_visible_to
from kernel.tables import Event
from kernel.uploads.verbs import open_upload, slot, store_upload
from kernel.work import unit_of_work
from seeds.cast import Seated
from tests.scenarios.api import digest_of
from tests.scenarios.sheets import csv_of

SALES = "sales@gearworks.example"
SHEET = csv_of(("number", "name", "unit"), ("J-1", "一", "件"), ("J-2", "二", "件"), ("RV-40E", "改名", ""))


@pytest.fixture
def maker(seated: Seated) -> Actor:
    return seated.actors[SALES]


@pytest.fixture
def opened(maker: Actor, tmp_path: Any) -> int:
    """An import that waits for its first job."""
    return handed_in(maker, tmp_path, SHEET)


def handed_in(maker: Actor, tmp_path: Any, content: bytes) -> int:
    path = tmp_path / "sheet.csv"
    path.write_bytes(content)
    with unit_of_work(maker) as work:
        upload = open_upload(work, maker, filename="sheet.csv", size=len(content), sha256=digest_of(content))
        store_upload(work, slot(work, upload.id or 0), path, size=len(content), sha256=digest_of(content))
        return preview_import(work, maker, upload_id=upload.id or 0, kind=SheetKind.ITEMS).id or 0


def event_of(kind: str) -> int:
    with unit_of_work(writes=False) as work, unscoped("a test looks at all there is"):
        return int(work.session.query(Event.id).filter(Event.kind == kind).order_by(Event.id.desc()).limit(1).scalar())


def the(import_id: int) -> SheetImport:
    with unit_of_work(writes=False) as work:
        return work.one(imports_visible_to(SYSTEM).where(SheetImport.id == import_id))  # type: ignore[arg-type]


def names() -> dict[str, str]:
    with unit_of_work(writes=False) as work:
        return {i.number: i.name for i in work.rows(items_visible_to(SYSTEM)) if i.number in ("J-1", "J-2", "RV-40E")}


def events() -> int:
    with db.session(writes=False) as session, unscoped("a test looks at all there is"):
        return session.query(Event).count()


def ran(maker: Actor, import_id: int, choice: RowChoice = RowChoice.ALL) -> int:
    """Previewed and run by a person; the event of it."""
    sheets.judge_sheet(event_of("ImportPreviewed"))
    with unit_of_work(maker) as work:
        run_import(work, maker, import_id=import_id, expected_version=2, choice=choice)
    return event_of("ImportRun")


def test_each_job_has_its_effect_once(maker: Actor, opened: int):
    first = event_of("ImportPreviewed")
    event = ran(maker, opened)
    sheets.judge_sheet(first)
    sheets.run_sheet(event)
    left, told = names(), events()
    sheets.run_sheet(event)
    sheets.write(opened)

    assert left == names() == {"J-1": "一", "J-2": "二", "RV-40E": "改名"}
    assert (events(), the(opened).state) == (told, "done")


def test_a_job_that_dies_while_it_writes_leaves_nothing_and_the_next_try_all(
    maker: Actor, opened: int, monkeypatch: pytest.MonkeyPatch
):
    event = ran(maker, opened)
    before = events()

    class Killed(BaseException):
        """As the kernel ends a process: no handler of ours runs."""

    def dies(*given: Any, **more: Any) -> None:
        raise Killed

    monkeypatch.setattr(sheets, "finish_import", dies)
    with pytest.raises(Killed):
        sheets.run_sheet(event)
    assert "J-1" not in names()
    assert (events(), the(opened).state) == (before, "running")

    monkeypatch.undo()
    sheets.run_sheet(event)
    assert names()["J-1"] == "一"


def test_what_changed_after_the_preview_is_judged_anew_and_all_or_nothing_holds(
    maker: Actor, opened: int, seated: Seated
):
    event = ran(maker, opened)
    with unit_of_work(maker) as work:
        add_item(work, maker, number="J-2", name="先到", unit="KGM")

    sheets.run_sheet(event)

    assert the(opened).state == "failed"
    assert "1 rows were good in the preview and are not now, row 3 first" in the(opened).message_en
    assert names() == {"J-2": "先到", "RV-40E": "RV-40E 精密减速机"}


def test_a_change_between_judging_and_writing_is_noticed(
    maker: Actor, opened: int, seated: Seated, monkeypatch: pytest.MonkeyPatch
):
    """A colleague is faster, once and again: the third judgement, under the lock, is the one that counts."""
    event = ran(maker, opened)
    changes = []

    def judged(*given: Any, **more: Any) -> None:
        judging.judge_rows(*given, **more)
        if len(changes) < 3:
            with unit_of_work(maker) as work:
                number = seated.items["RV-40E"]
                change_item(
                    work, maker, item_id=number, expected_version=1 + len(changes), lead_time_days=30 + len(changes)
                )
            changes.append(1)

    monkeypatch.setattr(sheets, "judge_rows", judged)
    sheets.run_sheet(event)

    assert the(opened).state == "done"
    with unit_of_work(writes=False) as work:
        (item,) = (i for i in work.rows(items_visible_to(SYSTEM)) if i.number == "RV-40E")
    assert (item.name, item.lead_time_days, item.version) == ("改名", 32, 5)


@pytest.mark.parametrize("choice", list(RowChoice))
def test_what_a_colleague_changed_after_the_preview_is_not_overwritten_unseen(
    maker: Actor, opened: int, seated: Seated, choice: RowChoice
):
    """Also where the row said what the record said then, and would have been left alone."""
    event = ran(maker, opened, choice)
    with unit_of_work(maker) as work:
        change_item(work, maker, item_id=seated.items["RV-40E"], expected_version=1, name="同事改的")

    sheets.run_sheet(event)

    assert the(opened).state == "failed"
    assert "somebody changed what 1 rows speak of after the preview, row 4 first" in the(opened).message_en
    assert names() == {"RV-40E": "同事改的"}


def test_two_imports_of_the_same_do_not_overwrite_each_other_and_saying_the_same_twice_is_no_quarrel(
    maker: Actor, opened: int, tmp_path: Any
):
    other = handed_in(maker, tmp_path, csv_of(("number", "name"), ("RV-40E", "另一份")))
    same = handed_in(maker, tmp_path, csv_of(("number", "name"), ("RV-40E", "改名")))
    for number in (opened, other, same):
        sheets.look(number)
        with unit_of_work(maker) as work:
            run_import(work, maker, import_id=number, expected_version=2, choice=RowChoice.ALL)

    for number in (opened, other, same):
        sheets.write(number)

    assert [the(number).state for number in (opened, other, same)] == ["done", "failed", "done"]
    assert names()["RV-40E"] == "改名"


def test_a_duty_taken_away_after_the_preview_writes_nothing(maker: Actor, opened: int):
    event = ran(maker, opened)
    with unit_of_work() as work:
        person = work.one(people_visible_to(SYSTEM).filter_by(email=SALES), lock=True)
        person.roles = Role.QUALITY.value

    sheets.run_sheet(event)

    assert the(opened).state == "failed"
    assert "ask one of your firm" in the(opened).message_en
    assert "J-1" not in names()


def test_every_kind_can_tell_whether_anything_it_looked_at_has_changed(maker: Actor):
    with unit_of_work(writes=False) as work:
        for kind in KINDS.values():
            assert kind.stamp(work, maker) == kind.stamp(work, maker)
