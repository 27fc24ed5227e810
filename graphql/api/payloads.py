"""What every mutation shares: one input, a savepoint, and refusals answered as data."""

from typing import Any

import graphene

from api.types.fields import many, said
from kernel import ids
from kernel.errors import KINDS, DomainError, Faulty, NotAllowedNow, Rule

_WORDS = {
    "NOT_FOUND": "No such thing, or not yours to know of; the two are told alike.",
    "NOT_ALLOWED_NOW": "Its state or your duty does not allow this now.",
    "INVALID": "A field is wrong; `fields` names it.",
    "STALE": "It changed since the version you answer.",
    "LIMIT": "Too much, too large or too often.",
}

UserErrorCode = graphene.Enum(
    "UserErrorCode",
    [(kind.code, kind.code) for kind in KINDS],
    description=lambda value: "The kind of a refusal." if value is None else _WORDS[value.value],
)


class UserError(graphene.ObjectType):
    """A refusal: what is wrong, where, by which rule, and who can lift it."""

    code = said(UserErrorCode, "The kind.")
    message = said(graphene.String, "One sentence saying what to do next, in the language of the request.")
    fields = many(graphene.String, "The input fields concerned, such as lines.0.quantity.")
    rule = said(graphene.String, "The rule that refused, and who can lift it.")


SIGN_IN = Rule("sign_in", "登录", "signing in")


def told(refusal: DomainError, lang: str) -> dict[str, Any]:
    return {
        "code": refusal.code, "message": refusal.said(lang), "fields": list(refusal.fields),
        "rule": refusal.rule.said(lang),
    }  # fmt: skip


def all_told(refusal: DomainError, lang: str) -> list[dict[str, Any]]:
    """One by one, where several things are wrong with a file."""
    one = told(refusal, lang)
    if not isinstance(refusal, Faulty):
        return [one]
    return [one | {"message": getattr(fault, "zh" if lang == "zh" else "en", fault)} for fault in refusal.faults]


class Mutation(graphene.Mutation):
    """Base: ``act(work, actor, input)`` calls one verb and returns the payload's fields."""

    class Meta:
        abstract = True

    user_errors = many(UserError, "Why it was refused; empty when it was done.")

    @classmethod
    def mutate(cls, root: Any, info: Any, input: Any) -> Any:
        context = info.context
        try:
            if context.refusal is not None:
                raise context.refusal
            if context.actor is None:
                raise NotAllowedNow("sign in first: send a token", "请先登录", rule=SIGN_IN)
            with context.work.savepoint():
                done = cls.act(context.work, context.actor, input)
        except DomainError as refusal:
            return cls(user_errors=all_told(refusal, context.lang))
        context.fresh()
        return cls(**done, user_errors=[])

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        raise NotImplementedError


def input_argument(kind: Any) -> graphene.Argument:
    return graphene.Argument(graphene.NonNull(kind), description="What is to be done.")


def needed(kind: Any, description: str) -> graphene.InputField:
    return graphene.InputField(graphene.NonNull(kind), description=description)


def optional(kind: Any, description: str) -> graphene.InputField:
    return graphene.InputField(kind, description=description)


def needed_list(kind: Any, description: str) -> graphene.InputField:
    return graphene.InputField(graphene.NonNull(graphene.List(graphene.NonNull(kind))), description=description)


def optional_list(kind: Any, description: str) -> graphene.InputField:
    return graphene.InputField(graphene.List(graphene.NonNull(kind)), description=description)


def given(input: Any, name: str, default: Any = None) -> Any:
    """An optional input; an explicit null is the same as nothing."""
    value = input.get(name)
    return default if value is None else value


def number(kind: str, input: Any, name: str) -> int:
    """The row number to look for behind an id of the input; the verb says NotFound, of hidden and made-up alike."""
    return ids.sought(kind, input[name])


def maybe_number(kind: str, input: Any, name: str) -> int | None:
    return None if input.get(name) is None else ids.sought(kind, input[name])
