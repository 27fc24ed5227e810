"""What a resolver finds as ``info.context``, and the doors that open it: over HTTP, and in process for pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any
from urllib.parse import urlsplit

from flask import Request

from api.batches import Batches
from api.eyes import VIEW_AS_HEADER, through
from api.failures import Refused
from collaboration.guests.reads import Guest
from kernel import idempotency, ids
from kernel.access import NOBODY, Actor
from kernel.accounts import verbs as accounts
from kernel.accounts.tables import Person, SignInSession
from kernel.clock import today_of
from kernel.errors import DomainError, NotFound
from kernel.work import UnitOfWork, unit_of_work

SESSION_COOKIE = "chainmaster"
FORM_TOKEN_HEADER = "X-Form-Token"  # noqa: S105 - a header's name


BATCH_OF = {
    "Order": "order", "DespatchAdvice": "advice", "DocumentRequirement": "requirement", "DocumentRevision": "revision",
    "ResilienceRun": "resilience_run", "Rfq": "rfq", "Invoice": "invoice", "Statement": "statement", "CauseRecord": "cause_record",
    "SheetImport": "sheet_import", "SheetExport": "sheet_export", "Requisition": "requisition", "Framework": "framework",
    "SchedulingAgreement": "scheduling_agreement", "SilenceTerms": "silence_terms", "Pool": "pool",
}  # fmt: skip


class Typed:
    """A row of any kind together with its kind's name: how an interface field knows which type it answers with.

    It has no other name of its own than ``row``: many rows have a ``kind``.
    """

    __slots__ = ("__typename", "row")

    def __init__(self, kind: str, row: Any) -> None:
        self.row, self.__typename = row, kind  # graphql-core tells types by the name it finds here

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


class Context:
    """One request: who asks (``actor``, None for a stranger), in which language, in which unit of work.

    ``base``: where we are reached, such as https://chain.example; empty for pages, whose addresses are paths.
    """

    def __init__(
        self, work: UnitOfWork, actor: Actor | None, lang: str, person: Person | Guest | None, base: str = ""
    ) -> None:
        self.work, self.actor, self.lang, self.person, self.base = work, actor, lang, person, base
        self.acting = actor or NOBODY
        self.refusal: DomainError | None = None
        self.today = today_of(work.now)
        self.batches = Batches(work, self.acting)

    def fresh(self) -> None:
        """After a change: what was loaded before it is not answered with."""
        self.batches = Batches(self.work, self.acting)

    def address(self, path: str) -> str:
        """A path of ours as its asker can use it: whole for programs."""
        return self.base + path

    def seal(self, kind: str, number: int) -> str:
        return ids.seal(kind, number)

    def node(self, kind: str, number: int) -> Any:
        """A thing of a known kind, ready to be told apart by type; None where it may not be known."""
        found = BATCH_OF.get(kind)
        row = self.batches[found].one(number) if found else None
        return None if row is None else self.typed(kind, row)

    @staticmethod
    def typed(kind: str, row: Any) -> "Typed":
        return Typed(kind, row)

    def remember(self, key: str, fingerprint: str) -> bytes | None:
        return idempotency.remember(self.work, key, fingerprint)

    def keep(self, key: str, body: bytes) -> None:
        idempotency.keep(self.work, key, body)


@dataclass(frozen=True)
class PersonDoor:
    """The door of pages and commands: somebody already known, in the same process.

    ``eyes``: whose eyes it is looked through, a partner's id or ``officials``. Raises NotFound for others' eyes.
    """

    person: Person | None
    lang: str
    eyes: str | None = None

    @contextmanager
    def open(self, *, writes: bool) -> Iterator[Context]:
        actor = accounts.actor_of(self.person) if self.person else None
        with unit_of_work(actor or NOBODY, writes=writes) as work:
            if self.eyes is not None:
                yield Context(work, through(work, actor, self.eyes, writes=writes), self.lang, None)
            else:
                yield Context(work, actor, self.lang, self.person)


@dataclass(frozen=True)
class GuestDoor:
    """The door of pages for whoever answers one document by a signed link."""

    guest: Guest
    lang: str

    @contextmanager
    def open(self, *, writes: bool) -> Iterator[Context]:
        with unit_of_work(self.guest.actor, writes=writes) as work:
            yield Context(work, self.guest.actor, self.lang, self.guest)


@dataclass(frozen=True)
class RequestDoor:
    """The door of programs: a bearer token, or the session cookie together with the form token in a header."""

    request: Request
    public_url: str = ""

    @contextmanager
    def open(self, *, writes: bool) -> Iterator[Context]:
        with unit_of_work(NOBODY, writes=writes) as work:
            person = self._person(work, writes=writes)
            actor = accounts.actor_of(person) if person else None
            work.actor = actor or NOBODY
            eyes = self.request.headers.get(VIEW_AS_HEADER)
            if eyes is not None:
                actor, person = self._through(work, actor, eyes, writes=writes), None
            yield Context(work, actor, self._lang(person), person, self._base())

    @staticmethod
    def _through(work: UnitOfWork, actor: Actor | None, eyes: str, *, writes: bool) -> Actor:
        try:
            return through(work, actor, eyes, writes=writes)
        except NotFound as hidden:
            raise Refused(404, hidden.en) from None

    def _base(self) -> str:
        """The public address where one is set; else the one this request came by, as on a machine of one's own."""
        host = urlsplit(self.public_url).hostname
        own = host in (None, "localhost", "0.0.0.0") or str(host).startswith(("127.", "::"))  # noqa: S104
        return self.request.host_url.rstrip("/") if own else self.public_url

    def _person(self, work: UnitOfWork, *, writes: bool) -> Person | None:
        given = self.request.headers.get("Authorization")
        if given is not None:
            return self._bearer(work, given, writes=writes)
        cookie = self.request.cookies.get(SESSION_COOKIE)
        found = accounts.resume(work, cookie) if cookie else None
        if found is None:
            return None
        self._check_form_token(found[1])
        return found[0]

    def _bearer(self, work: UnitOfWork, given: str, *, writes: bool) -> Person:
        scheme, _, token = given.partition(" ")
        found = accounts.bearer(work, token.strip()) if scheme.lower() == "bearer" else None
        if found is None:
            raise Refused(401, "this token is unknown, ended or revoked; ask for a new one", WWW_Authenticate="Bearer")
        person, proof = found
        if writes and proof.scope != "write":
            raise Refused(403, "this token only reads; use one issued with the scope write")
        return person

    def _check_form_token(self, session: SignInSession) -> None:
        sent = self.request.headers.get(FORM_TOKEN_HEADER, "")
        if not compare_digest(sent.encode(), session.form_token.encode()):
            raise Refused(403, f"a browser session needs the header {FORM_TOKEN_HEADER}; programs use a bearer token")

    def _lang(self, person: Person | None) -> str:
        if self.request.headers.get("Accept-Language"):
            return self.request.accept_languages.best_match(["en", "zh"], "en") or "en"
        return "en"
