"""Documents made from the schema alone: every field of every answer, every argument, every input."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
    is_required_input_field,
)

from api.schema import schema
from tests.scenarios.players import day

KIND_OF = {
    "supplierStage": "Stage", "buyerStage": "Stage",
    "seller": "Firm", "buyer": "Firm", "partner": "Firm", "viewer": "Firm", "firm": "Firm", "line": "OrderLine",
    "substituteItem": "Item", "link": "SupplyLink", "response": "OrderResponse", "change": "OrderChange", "cancellation": "OrderCancellation", "requirement": "DocumentRequirement",
    "component": "Item", "reference": "CrossReference", "bill": "BillOfMaterial", "import": "SheetImport",
    "revision": "DocumentRevision", "disclosure": "LinkDisclosure", "grant": "AccessGrant", "category": "QualificationCategory",
    "request": "CertificateRequest", "version": "CertificateVersion", "replaces": "FinancialAccount", "account": "FinancialAccount",
    "supplier": "Firm", "member": "Firm", "entry": "InboxEntry", "contest": "ScorecardContest", "observation": "ScorecardObservation",
    "approver": "Person", "question": "RfqQuestion", "invitee": "Firm", "notice": "DisruptionNotice", "addressee": "Firm", "supplierSite": "Site", "buyerSite": "Site", "proposal": "LinkProposal", "survivor": "Firm", "merged": "Firm", "merger": "FirmMerger", "run": "ResilienceRun",
    "agreement": "SchedulingAgreement", "release": "ScheduleRelease", "amendment": "FrameworkAmendment", "batch": "AnswerBatch", "hold": "OrderHold", "owner": "Firm", "record": "CauseRecord", "dispute": "StatementDispute", "scenario": "SavedScenario", "consent": "NamingConsent",
}  # fmt: skip
"""What an argument named ...Id asks for, where it is not called after the type itself."""
LISTED = {"setAside": "StatementLine"}
"""Lists of ids by another name."""


@dataclass(frozen=True)
class Slot:
    """A place for a value: a field of a root type, and the path of names down to a scalar of its arguments."""

    root: str
    field: str
    path: tuple[str, ...]
    scalar: str

    @property
    def kind(self) -> str | None:
        """Which type an ID here is of; None where any may stand."""
        name = self.path[-1].removesuffix("s") if self.path[-1].endswith("Ids") else self.path[-1]
        if not name.endswith("Id"):
            return LISTED.get(name)
        stem = name.removesuffix("Id")
        return KIND_OF.get(stem, stem[:1].upper() + stem[1:])

    def __str__(self) -> str:
        return f"{self.field}({'.'.join(self.path)})"


def slots(schema: GraphQLSchema, root: str, *scalars: str) -> list[Slot]:
    """Every place of the root's arguments where one of these scalars stands, however deep; all when none is named."""
    kind = schema.get_type(root)
    assert isinstance(kind, GraphQLObjectType)
    return [
        Slot(root, name, (argument, *path), scalar)
        for name, field in kind.fields.items()
        for argument, given in field.args.items()
        for path, scalar in _leaves(given.type)
        if not scalars or scalar in scalars
    ]


def _leaves(kind: GraphQLInputType) -> Iterator[tuple[tuple[str, ...], str]]:
    named = get_named_type(kind)
    if not isinstance(named, GraphQLInputObjectType):
        yield (), named.name
        return
    for name, inner in named.fields.items():
        for path, scalar in _leaves(inner.type):
            yield (name, *path), scalar


Choose = Callable[[str, str], Any]
"""(argument or input field, scalar) -> a value that would do."""


def arguments(schema: GraphQLSchema, slot: Slot, value: Any, choose: Choose) -> dict[str, Any]:
    """All arguments of the slot's field that must be there, and the slot's value in its place."""
    root = schema.get_type(slot.root)
    assert isinstance(root, GraphQLObjectType)
    given = {}
    for name, argument in root.fields[slot.field].args.items():
        if name == slot.path[0]:
            given[name] = _spelled(name, argument.type, slot.path[1:], value, choose)
        elif is_required_argument(argument):
            given[name] = _spelled(name, argument.type, None, None, choose)
    return given


def _spelled(name: str, kind: GraphQLInputType, path: Sequence[str] | None, value: Any, choose: Choose) -> Any:
    """``path``: None away from the slot, else what is left of it."""
    if isinstance(kind, GraphQLNonNull):
        return _spelled(name, kind.of_type, path, value, choose)
    if is_list_type(kind):
        return [_spelled(name, kind.of_type, path, value, choose)]
    if isinstance(kind, GraphQLInputObjectType):
        inside = {}
        for inner, field in kind.fields.items():
            if path and inner == path[0]:
                inside[inner] = _spelled(inner, field.type, path[1:], value, choose)
            elif is_required_input_field(field):
                inside[inner] = _spelled(inner, field.type, None, None, choose)
        return inside
    if path is not None:
        return value
    return next(iter(kind.values)) if isinstance(kind, GraphQLEnumType) else choose(name, kind.name)


USUAL = {
    "String": "x", "Text": "zh", "Int": 1, "BigInt": 9, "Float": 1.0, "Boolean": True, "Decimal": "1",
    "Date": day(10), "DateTime": "2031-01-01T00:00:00Z",
}  # fmt: skip


def usual(name: str, scalar: str) -> Any:
    return "A" * 22 if scalar == "ID" else USUAL[scalar]


def document(schema: GraphQLSchema, root: str, field: str, times: int, steps: int) -> str:
    """One operation that asks a root field ``times`` over as a0, a1, ...; arguments come as $a0_name, $a1_name, ..."""
    kind = schema.get_type(root)
    assert isinstance(kind, GraphQLObjectType)
    asked = kind.fields[field]
    declared, lines = [], []
    for i in range(times):
        passed = [f"{name}: $a{i}_{name}" for name in asked.args]
        declared += [f"$a{i}_{name}: {argument.type}" for name, argument in asked.args.items()]
        brackets = f"({', '.join(passed)})" if passed else ""
        lines.append(f"a{i}: {field}{brackets} {body(asked.type, steps)}")
    head = f"({', '.join(declared)})" if declared else ""
    return f"{'mutation' if root == 'Mutation' else 'query'} Asked{head} {{ {' '.join(lines)} }}"


def variables(each: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {f"a{i}_{name}": value for i, given in enumerate(each) for name, value in given.items()}


def body(kind: Any, steps: int, within: tuple[str, ...] = ()) -> str:
    """Everything an answer of this type holds; things with an id of their own at most ``steps`` deep.

    With ``steps`` below 0 only what tells whether there is an answer: plain fields, and those of a list's nodes.
    """
    named = get_named_type(kind)
    if is_leaf_type(named):
        return ""
    if isinstance(named, GraphQLInterfaceType) and "id" in named.fields:
        return "{ __typename id }"
    assert isinstance(named, (GraphQLObjectType, GraphQLInterfaceType))
    parts = ["__typename"]
    for name, field in named.fields.items():
        inner = get_named_type(field.type)
        assert not any(is_required_argument(a) for a in field.args.values()), (
            f"{named.name}.{name} hides behind arguments"
        )
        if is_leaf_type(inner):
            parts.append(name)
        elif name == "edges":
            parts.append("edges { cursor }")  # their nodes stand beside them
        elif steps < 0:
            parts += [f"{name} {body(inner, steps, within)}"] if name in ("nodes", "userErrors") else []
        elif inner.name not in within:
            left = steps - 1 if _has_id(inner) else steps
            parts.append(f"{name} {body(inner, left, (*within, named.name)) if left >= 0 else '{ __typename id }'}")
        elif _has_id(inner):
            parts.append(f"{name} {{ __typename id }}")
    if isinstance(named, GraphQLInterfaceType):
        for one in schema.graphql_schema.get_possible_types(named):
            own = [
                name
                for name, field in one.fields.items()
                if name not in named.fields and is_leaf_type(get_named_type(field.type))
            ]
            parts += [f"... on {one.name} {{ {' '.join(own)} }}"] if own else []
    return f"{{ {' '.join(parts)} }}"


def _has_id(kind: Any) -> bool:
    return any(interface.name == "Node" for interface in getattr(kind, "interfaces", ()))
