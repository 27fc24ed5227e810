"""A wrong word at the terminal costs one sentence; a right one does what it says."""

import pytest
from redis import Redis
from test_up import command

from jobs import exchanges, people
from jobs.exchanges import Outcome
from jobs.refusal import Refusal
from jobs.seeding import UNFINISHED, seed_once
from kernel import audit, db, health
from kernel.access import SYSTEM, Actor, unscoped
from kernel.accounts.verbs import add_person, bearer
from kernel.settings import Settings
from kernel.work import UnitOfWork, unit_of_work


@pytest.mark.parametrize(
    ("environment", "arguments", "word"),
    [
        ({}, (), "required: COMMAND"),
        ({}, ("dance",), "invalid choice: 'dance'"),
        ({}, ("up", "--port", "99999"), "99999 is no port"),
        ({}, ("up", "--workers", "none"), "none is no number from 1 to 99"),
        ({}, ("worker", "--number", "3/2"), "3/2 is no place in a row"),
        ({"DATABASE_URL": "oracle://x"}, ("migrate",), "DATABASE_URL must begin with"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, ("migrate",), "the database cannot be used: "),
        ({"PUBLIC_URL": "chain"}, ("doctor",), "PUBLIC_URL must be an address"),
        ({"CHAINMASTER_HOME": "/proc/none"}, ("up",), "CHAINMASTER_HOME /proc/none cannot be made"),
        ({"SECRET_KEY_FILE": "/dev/null"}, ("up",), "must hold at least 64 hexadecimal digits"),
        ({}, ("import", "songs", "x", "--as", "a@b.example"), "there is no import of the kind songs"),
    ],
)  # fmt: skip
def test_a_wrong_setting_or_word_is_one_sentence(
    environ: dict[str, str], environment: dict[str, str], arguments: tuple[str, ...], word: str
) -> None:
    said = command({**environ, **environment}, *arguments)

    assert said.returncode == 2
    assert word in said.stderr
    assert said.stderr.startswith("chainmaster: ") and said.stderr.count("\n") == 1
    assert said.stdout == ""


def test_a_person_added_at_the_terminal_can_be_given_a_token(settings: Settings, environ: dict[str, str]) -> None:
    typed = "a long enough password\n"

    added = command(environ, "person", "add", "Li@firm.example", "--name", "李", "--roles", "buyer,lead", typed=typed)
    made = command(environ, "token", "li@firm.example", "--days", "3", "--scope", "read")

    assert (added.returncode, made.returncode) == (0, 0), (added, made)
    with unit_of_work(writes=False) as work:
        found = bearer(work, made.stdout.strip())
        assert found is not None
        person, token = found
        assert (person.roles, token.scope, (token.expires_at - token.issued_at).days) == ("buyer lead", "read", 3)


def test_a_person_with_a_weak_password_or_unknown_role_is_not_added(
    settings: Settings, environ: dict[str, str]
) -> None:
    weak = command(environ, "person", "add", "li@firm.example", "--name", "李", "--roles", "buyer", typed="short\n")
    king = command(environ, "person", "add", "li@firm.example", "--name", "李", "--roles", "king", typed="x" * 20)

    assert (weak.returncode, king.returncode) == (2, 2)
    assert "12 to 200 characters" in weak.stderr
    assert "unknown role king; roles are buyer, " in king.stderr
    assert people.first_operator() is not None


def test_a_changed_audit_entry_is_named(settings: Settings, environ: dict[str, str]) -> None:
    people.first_operator()
    assert command(environ, "audit", "verify").returncode == 0

    with unscoped("the test tampers"), db.session(writes=True) as session:
        session.connection().exec_driver_sql("UPDATE audit_entry SET body = '{}'")
        session.commit()
    told = command(environ, "audit", "verify")

    assert told.returncode == 1
    assert told.stdout == "party 0, entry 1: text and hash differ\nthe audit trail does not hold\n"
    assert audit.START not in told.stdout


def test_an_import_with_a_complaint_or_on_trial_keeps_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def names(work: UnitOfWork, actor: Actor, content: bytes) -> Outcome:
        for line in content.decode().splitlines():
            add_person(work, SYSTEM, email=f"{line}@firm.example", name=line, roles=frozenset())
        return Outcome(("done",), ("line 2: no",) if b"bad" in content else ())

    monkeypatch.setitem(exchanges.IMPORTS, "names", names)
    people.first_operator()
    as_operator = {"email": people.OPERATOR_EMAIL, "dry_run": False}

    assert exchanges.take_in("names", b"a\nbad", **as_operator).complaints == ("line 2: no",)  # type: ignore[arg-type]
    assert exchanges.take_in("names", b"a", email=people.OPERATOR_EMAIL, dry_run=True).done == ("done",)
    with pytest.raises(Refusal, match="nobody here has the address nobody@x"):
        exchanges.take_in("names", b"a", email="nobody@x", dry_run=False)
    assert _emails() == [people.OPERATOR_EMAIL]
    exchanges.take_in("names", b"a", **as_operator)  # type: ignore[arg-type]
    assert _emails() == [people.OPERATOR_EMAIL, "a@firm.example"]


def test_the_first_operator_is_made_once(settings: Settings) -> None:
    first = people.first_operator()

    assert first is not None and first[0] == people.OPERATOR_EMAIL
    assert people.first_operator() is None


def test_a_home_with_people_is_never_planted(settings: Settings) -> None:
    people.first_operator()

    seed_once(settings)

    assert _emails() == [people.OPERATOR_EMAIL]
    assert not (settings.home / UNFINISHED).exists()


def test_the_doctor_names_what_is_wrong(settings: Settings, valkey: Redis) -> None:
    parts = [problem.part for problem in health.readiness(settings)]
    assert parts == ["database", "relay"]  # tables made without a migration, and no relay

    valkey.shutdown(nosave=True)

    assert [problem.part for problem in health.readiness(settings)] == ["database", "broker"]
    assert 'chainmaster_unreachable{part="broker"} 1' in health.metrics(settings)


def _emails() -> list[str]:
    from kernel.accounts.visibility import people_visible_to

    with unit_of_work(writes=False) as work:
        return [person.email for person in work.all(people_visible_to(SYSTEM).order_by("id"))]
