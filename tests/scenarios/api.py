"""The door every story goes through: stored operations over HTTP with a bearer token, and nothing else."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient

from api.stored import operation
from kernel.access import SYSTEM
from kernel.accounts.verbs import issue_token
from kernel.accounts.visibility import people_visible_to
from kernel.work import unit_of_work
from tests.scenarios.reactions import react


@dataclass(frozen=True)
class Outcome:
    """What came back. ``errors``: userErrors of a mutation; ``problems``: errors of the request as a whole."""

    data: dict[str, Any]
    errors: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200

    @property
    def refusals(self) -> list[str]:
        return [error["code"] for error in self.errors]

    @property
    def fields(self) -> list[str]:
        return [name for error in self.errors for name in error["fields"]]

    @property
    def said(self) -> str:
        return " | ".join(error["message"] for error in [*self.errors, *self.problems])

    @property
    def rule(self) -> str | None:
        return self.errors[0]["rule"] if self.errors else None

    def __getitem__(self, name: str) -> Any:
        """A part of the payload of an act that was not refused."""
        assert not self.errors and not self.problems, self.said
        return self.data[name]


class Api:
    """Speaks for anybody of the cast; lets the reactions to what was done happen before it answers."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        with unit_of_work() as work:
            everybody = work.all(people_visible_to(SYSTEM))
            self._tokens = {person.email: issue_token(work, person, days=365, scope="write") for person in everybody}

    def asks(self, email: str | None, name: str, **variables: Any) -> Outcome:
        """A stored query: its whole data."""
        return self._told(self.posts(email, {"query": operation(name), "variables": variables}), None)

    def acts(self, email: str | None, name: str, given: Mapping[str, Any], *, key: str | None = None) -> Outcome:
        """A stored mutation with this input: its payload."""
        answer = self.posts(email, {"query": operation(name), "variables": {"input": given}}, key=key)
        react()
        return self._told(answer, "userErrors")

    def posts(self, email: str | None, body: Any, *, key: str | None = None, eyes: str | None = None) -> Any:
        """``eyes``: a partner's id or ``officials``, through whose eyes to look."""
        headers = {} if email is None else {"Authorization": f"Bearer {self._tokens[email]}"}
        headers |= {} if eyes is None else {"X-View-As": eyes}
        if key is not None:
            headers["Idempotency-Key"] = key
        sent = {"data": body, "content_type": "application/json"} if isinstance(body, bytes) else {"json": body}
        return self.client.post("/graphql", headers=headers, **sent)

    def sends_bytes(self, url: str, content: bytes) -> Any:
        answer = self.client.put(url, data=content, content_type="application/octet-stream")
        react()
        return answer

    @staticmethod
    def _told(answer: Any, errors: str | None) -> Outcome:
        told = answer.get_json()
        data, problems = told.get("data") or {}, told.get("errors") or []
        assert not any("incident" in (problem.get("extensions") or {}) for problem in problems), problems
        if errors is None:
            return Outcome(data, [], problems, answer.status_code)
        payload = next(iter(data.values()), None) or {}
        return Outcome(payload, payload.get(errors) or [], problems, answer.status_code)


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def pages(api: Api, email: str, name: str, at: str, **variables: Any) -> Iterator[dict[str, Any]]:
    """Every node of a paged list."""
    after = None
    while True:
        found = api.asks(email, name, **variables, first=100, after=after)[at]
        yield from found["nodes"]
        if not found["pageInfo"]["hasNextPage"]:
            return
        after = found["pageInfo"]["endCursor"]
