"""The command line `chainmaster`: one small function per command. Start reading here.

Each command imports what it runs: `up` starts six of these, and all together take seconds to load.
"""

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from sqlalchemy.exc import OperationalError, ProgrammingError

from jobs import arguments
from jobs.refusal import Refusal
from kernel.boot import boot
from kernel.errors import DomainError
from kernel.migrations.everything import every_table
from kernel.settings import Settings, WrongSetting, read_settings

REFUSED, FAILED = 2, 1
LARGEST_BYTES = 64 * 1024 * 1024
"""More than any importer takes: what a path such as /dev/zero yields must not fill the memory."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 when done, 1 when something is wrong here, 2 with one sentence when refused."""
    try:
        given = arguments.parse(sys.argv[1:] if argv is None else argv)
        return int(COMMANDS[given.command](given) or 0)
    except (Refusal, WrongSetting) as refused:
        return _refused(str(refused))
    except DomainError as refused:
        return _refused(f"{refused.en} / {refused.zh}")
    except ProgrammingError:
        return _refused("the tables are missing or older than this program; run: chainmaster migrate")
    except OperationalError as error:
        return _refused(f"the database cannot be used: {str(error.orig).splitlines()[0]}; see DATABASE_URL")
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED


def up(given: Namespace) -> None:
    from jobs import up as start

    os.environ.setdefault("PUBLIC_URL", f"http://{given.host}:{given.port}")
    start.run(_settings(given), host=given.host, port=given.port, workers=given.workers)


def web(given: Namespace) -> None:
    from jobs import roles

    roles.run_web(host=given.host, port=given.port, processes=given.processes or roles.cores())


def worker(given: Namespace) -> None:
    from jobs import roles

    roles.run_worker(_settings(given), number=given.number[0], of=given.number[1])


def relay(given: Namespace) -> None:
    from jobs import roles

    roles.run_relay(_settings(given))


def timetable(given: Namespace) -> None:
    from jobs import roles

    roles.run_timetable(_settings(given))


def migrate(given: Namespace) -> None:
    from kernel import migrations

    migrations.upgrade(_settings(given).database_url)
    print("the tables are up to date")


def token(given: Namespace) -> None:
    from jobs import people

    _boot(given)
    print(people.token(given.email, days=given.days, scope=given.scope))


def person(given: Namespace) -> None:
    from jobs import people

    _boot(given)
    password = getpass.getpass("password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    people.add(given.email, name=given.name, roles=given.roles, firm_code=given.firm, password=password)
    print(f"{given.email} can sign in now")


def audit(given: Namespace) -> int:
    from jobs import nightly

    _boot(given)
    found = nightly.broken_places()
    for place in found:
        print(place)
    print("the audit trail does not hold" if found else "the audit trail holds")
    return FAILED if found else 0


def doctor(given: Namespace) -> int:
    from kernel import health

    settings = _boot(given)
    problems = health.readiness(settings)
    for problem in problems:
        print(f"{problem.part}: {problem.en} / {problem.zh}")
    for job_id in [] if any(p.part == "broker" for p in problems) else health.dead_jobs(settings):
        print(f"dead job, waits for a person: {job_id}")
    print("not ready" if problems else f"ready, data in {settings.home}")
    return FAILED if problems else 0


def take_in(given: Namespace) -> int:
    from jobs import exchanges, sheet_files

    settings = _boot(given)
    if given.kind not in sheet_files.KINDS:
        exchanges.known(given.kind, exchanges.IMPORTS, "import")
    outcome = exchanges.take_in(
        given.kind, _content(given.file), email=given.email, dry_run=given.dry_run, filename=Path(given.file).name,
        only_valid=given.only_valid, rules=settings.ubl_rules,
    )  # fmt: skip
    for line in outcome.done:
        print(line)
    for warned in outcome.warnings:
        print(f"warning / 提醒: {warned}")
    for line in outcome.complaints:
        print(line, file=sys.stderr)
    if given.dry_run and not outcome.complaints:
        print("dry run: nothing was kept / 试运行：未保存任何内容")
    return FAILED if outcome.complaints else 0


def give_out(given: Namespace) -> None:
    from jobs import exchanges

    settings = _boot(given)
    content = exchanges.give_out(
        given.kind, given.subject, email=given.email, filename=given.output, rules=settings.ubl_rules,
        warn=lambda line: print(f"warning / 提醒: {line}", file=sys.stderr),
    )  # fmt: skip
    if given.output is None:
        sys.stdout.buffer.write(content)
    else:
        _write(given.output, content)


def resilience(given: Namespace) -> None:
    from jobs.resilience import resilience

    resilience(given)


COMMANDS: dict[str, Callable[[Namespace], int | None]] = {
    "up": up, "web": web, "worker": worker, "relay": relay, "timetable": timetable, "migrate": migrate,
    "token": token, "person": person, "audit": audit, "doctor": doctor, "import": take_in, "export": give_out,
    "resilience": resilience,
}  # fmt: skip


def _settings(given: Namespace) -> Settings:
    if getattr(given, "home", None):
        os.environ["CHAINMASTER_HOME"] = given.home
    return read_settings(demo=getattr(given, "demo", False))


def _boot(given: Namespace) -> Settings:
    """Settings in use, and every table known: rows of one point to rows of others."""
    settings = _settings(given)
    every_table()
    boot(settings)
    return settings


def _content(name: str) -> bytes:
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise Refusal(f"{name} cannot be read: {error.strerror}") from None
    if len(content) > LARGEST_BYTES:
        raise Refusal(f"{name} is larger than {LARGEST_BYTES} bytes, which is more than is ever taken in; split it")
    return content


def _write(name: str, content: bytes) -> None:
    try:
        Path(name).write_bytes(content)
    except OSError as error:
        raise Refusal(f"{name} cannot be written: {error.strerror}") from None


def _refused(sentence: str) -> int:
    print(f"chainmaster: {sentence}", file=sys.stderr)
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
