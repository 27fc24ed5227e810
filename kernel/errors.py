"""The few ways a request can be refused. Each says which rule refused, and who can lift it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Rule:
    """A rule that refuses: a stable id and, in both languages, who can lift it."""

    id: str
    lifted_by_zh: str
    lifted_by_en: str

    def said(self, lang: str) -> str:
        if lang == "zh":
            return f"{self.id}(可由{self.lifted_by_zh}解除)"
        return f"{self.id} (lifted by {self.lifted_by_en})"


class DomainError(Exception):
    """A refusal: data for the caller, never a crash. One sentence in each language tells what to do next."""

    code: ClassVar[str]
    usual: ClassVar[Rule]
    """The rule of a refusal that names none of its own."""

    def __init__(self, en: str, zh: str, *, fields: tuple[str, ...] = (), rule: Rule | None = None) -> None:
        super().__init__(en)
        self.en, self.zh, self.fields, self.rule = en, zh, fields, rule or self.usual

    def said(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


class NotFound(DomainError):
    """No such thing, or the actor may not know of it: the two are told in the same words."""

    code = "NOT_FOUND"
    usual = Rule("visibility", "拥有该内容的企业授权", "the firm it belongs to, by letting you see it")

    def __init__(self, *fields: str) -> None:
        super().__init__("there is nothing here under this id", "没有找到该编号对应的内容", fields=fields)


class NotAllowedNow(DomainError):
    """The actor sees the thing, but its state or the actor's duty does not allow this act."""

    code = "NOT_ALLOWED_NOW"
    usual = Rule("state", "先完成前一步骤", "the step before it")


class Invalid(DomainError):
    """A field is wrong; ``fields`` names it as a path such as ``lines.2.quantity``."""

    code = "INVALID"
    usual = Rule("input", "填写人更正该字段", "whoever fills it in, by mending the field")

    def __init__(self, field: str, en: str, zh: str, *, rule: Rule | None = None) -> None:
        super().__init__(en, zh, fields=(field,) if field else (), rule=rule)


class Faulty(Invalid):
    """Several things are wrong with one field, such as a file: each is told by itself."""

    def __init__(self, field: str, faults: Sequence[str], *, rule: Rule | None = None) -> None:
        super().__init__(field, "; ".join(faults), "；".join(faults), rule=rule)
        self.faults = tuple(faults)


class Stale(DomainError):
    """The actor answers an older version than the one that stands now."""

    code = "STALE"
    usual = Rule("version", "重新查看后再操作", "reading it again")

    def __init__(self, version: int) -> None:
        super().__init__(
            f"this changed while you read it: version {version} stands now; read it again, then answer",
            f"您阅读期间内容已变更，当前版本为 {version}；请重新查看后再操作",
            fields=("expectedVersion",),
        )
        self.version = version


class Limit(DomainError):
    """Too much, too large or too often."""

    code = "LIMIT"
    usual = Rule("limit", "减少数量后重试", "asking for less")


KINDS: tuple[type[DomainError], ...] = (NotFound, NotAllowedNow, Invalid, Stale, Limit)
