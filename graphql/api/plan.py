"""Queries compiled to Python once per document; whatever is unusual is left to graphql-core, whose answer counts."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache, partial
from typing import Any

from graphene.types.resolver import attr_resolver, dict_or_attr_resolver, dict_resolver
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    Undefined,
    ValueNode,
    VariableNode,
    default_type_resolver,
)
from graphql.execution.values import get_argument_values
from graphql.pyutils import is_iterable

MOST_FUNCTIONS = 500
_READS_ATTRIBUTE = (dict_or_attr_resolver, attr_resolver, dict_resolver)
_IMMUTABLE = (str, int, float, bool, Decimal, date, datetime, Enum, type(None))


class Unusual(Exception):
    """At compile time: leave this document to graphql-core."""


class Redo(Exception):
    """At run time: let graphql-core run this again and say what is wrong."""


class Info:
    """What resolvers are told. One serves every object of a field in one request, so it has no ``path``."""

    context: Any
    field_name: str
    field_nodes: list[FieldNode]
    fragments: dict[str, FragmentDefinitionNode]
    operation: OperationDefinitionNode
    parent_type: GraphQLObjectType
    return_type: Any
    root_value: None
    schema: GraphQLSchema
    variable_values: dict[str, Any]

    @staticmethod
    def is_awaitable(value: Any) -> bool:
        return False


class Call:
    """A field that calls its resolver. ``constant``: its arguments, when no request can change them."""

    def __init__(self, parent: GraphQLObjectType, definition: GraphQLField, nodes: list[FieldNode]) -> None:
        self.parent, self.definition, self.nodes = parent, definition, nodes
        self.constant: dict[str, Any] | None = None
        if not any(_names_variable(argument.value) for argument in nodes[0].arguments):
            try:
                arguments = get_argument_values(definition, nodes[0])
            except GraphQLError as error:
                raise Unusual from error
            if _immutable(arguments):
                self.constant = arguments


class Plan:
    """A compiled query. Call it with the context and the coerced variables; raises whatever a resolver raises."""

    def __init__(
        self, schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: dict[str, FragmentDefinitionNode]
    ) -> None:
        self.schema, self.operation, self.fragments = schema, operation, fragments
        self.calls: list[Call] = []
        self.root: Callable[[Any, Run], dict[str, Any]]

    def __call__(self, context: Any, variables: dict[str, Any]) -> dict[str, Any]:
        return self.root(None, Run(self, context, variables))


class Run:
    """One request under a plan: what is worked out once for it, however many objects it answers with."""

    __slots__ = ("_arguments", "context", "infos", "plan", "variables")

    def __init__(self, plan: Plan, context: Any, variables: dict[str, Any]) -> None:
        self.plan, self.context, self.variables = plan, context, variables
        self.infos: list[Info | None] = [None] * len(plan.calls)
        self._arguments: dict[int, dict[str, Any]] = {}

    def info(self, number: int) -> Info:
        known = self.infos[number]
        if known is None:
            plan, call = self.plan, self.plan.calls[number]
            known = self.infos[number] = Info()
            known.context, known.variable_values, known.root_value = self.context, self.variables, None
            known.schema, known.fragments, known.operation = plan.schema, plan.fragments, plan.operation
            known.field_name, known.field_nodes = call.nodes[0].name.value, call.nodes
            known.parent_type, known.return_type = call.parent, call.definition.type
        return known

    def arguments(self, number: int) -> dict[str, Any]:
        known = self._arguments.get(number)
        if known is None:
            call = self.plan.calls[number]
            known = get_argument_values(call.definition, call.nodes[0], self.variables)
            if _immutable(known):  # else a resolver may change what the next object is asked with
                self._arguments[number] = known
        return known


def compiled(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> Plan | None:
    """The plan of a validated query; None when only graphql-core can run it."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    plan = Plan(schema, operation, fragments)
    if operation.directives or schema.query_type is None:
        return None
    compiler = _Compiler(plan)
    try:
        root = compiler.object(schema.query_type, [operation], None)
    except Unusual:
        return None
    source = "\n".join(compiler.source)
    # Every word of the source is ours: names are numbered, and what the caller wrote enters as quoted literals.
    exec(compile(source, "<plan>", "exec"), compiler.names)  # noqa: S102
    plan.root = compiler.names[root]
    return plan


class _Compiler:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.source: list[str] = []
        self.names: dict[str, Any] = {
            "null": _refuse_null,
            "items": _items,
            "odd": _ODD,
            "pick": _pick,
            "undefined": Undefined,
        }
        self.number = 0

    def fresh(self, letter: str) -> str:
        self.number += 1
        return f"{letter}{self.number}"

    def bind(self, letter: str, value: Any) -> str:
        name = self.fresh(letter)
        self.names[name] = value
        return name

    def fields(self, kind: GraphQLObjectType, nodes: Iterable[Any]) -> dict[str, list[FieldNode]]:
        """Response name -> the field nodes merged under it, for an object of this type."""
        found: dict[str, list[FieldNode]] = {}
        for selection in self._selected(kind, nodes, set()):
            found.setdefault((selection.alias or selection.name).value, []).append(selection)
        return found

    def _selected(self, kind: GraphQLObjectType, nodes: Iterable[Any], seen: set[str]) -> Iterator[FieldNode]:
        for node in nodes:
            for selection in node.selection_set.selections:
                if selection.directives:
                    raise Unusual
                if isinstance(selection, FieldNode):
                    yield selection
                    continue
                fragment: InlineFragmentNode | FragmentDefinitionNode = selection
                if isinstance(selection, FragmentSpreadNode):
                    if selection.name.value in seen:
                        continue
                    seen.add(selection.name.value)
                    fragment = self.plan.fragments[selection.name.value]
                if self._applies(fragment, kind):
                    yield from self._selected(kind, [fragment], seen)

    def _applies(self, fragment: Any, kind: GraphQLObjectType) -> bool:
        if fragment.type_condition is None:
            return True
        wanted = self.plan.schema.type_map[fragment.type_condition.name.value]
        return wanted is kind or (
            isinstance(wanted, (GraphQLInterfaceType, GraphQLUnionType)) and self.plan.schema.is_sub_type(wanted, kind)
        )

    def object(self, kind: GraphQLObjectType, nodes: Iterable[Any], call: int | None) -> str:
        """Write the function that answers for one object; ``call``: the field it came from."""
        if len(self.source) >= MOST_FUNCTIONS:
            raise Unusual
        name = self.fresh("f")
        body = [f"def {name}(o, run):", "    get = pick(o) if isinstance(o, odd) else getattr"]
        if call is not None and kind.is_type_of is not None:
            is_type = self.bind("t", kind.is_type_of)
            body.append(f"    if not {is_type}(o, {self.info(call)}): null()")
        answers = []
        for key, merged in self.fields(kind, nodes).items():
            field_name = merged[0].name.value
            if field_name == "__typename":
                answers.append(f"{key!r}: {kind.name!r}")
                continue
            if field_name not in kind.fields:
                raise Unusual
            definition = kind.fields[field_name]
            self.plan.calls.append(Call(kind, definition, merged))
            number = len(self.plan.calls) - 1
            variable = self.fresh("v")
            body.append(f"    {variable} = {self.resolved(number)}")
            answers.append(f"{key!r}: {self.completed(definition.type, variable, number)}")
        body.append(f"    return {{{', '.join(answers)}}}")
        self.source.append("\n".join(body))
        return name

    def info(self, number: int) -> str:
        return f"(run.infos[{number}] or run.info({number}))"

    def resolved(self, number: int) -> str:
        call = self.plan.calls[number]
        resolver = call.definition.resolve
        if resolver is None:
            raise Unusual
        if isinstance(resolver, partial) and resolver.func in _READS_ATTRIBUTE and len(resolver.args) == 2:
            attribute, default = resolver.args
            return f"get(o, {attribute!r}, {self.bind('d', default)})"
        function = self.bind("r", resolver)
        if call.constant is None:
            return f"{function}(o, {self.info(number)}, **run.arguments({number}))"
        given = f", **{self.bind('a', call.constant)}" if call.constant else ""
        return f"{function}(o, {self.info(number)}{given})"

    def completed(self, kind: Any, value: str, number: int) -> str:
        if isinstance(kind, GraphQLNonNull):
            return f"({self.present(kind.of_type, value, number)} if {value} is not None else null())"
        return f"({self.present(kind, value, number)} if {value} is not None else None)"

    def present(self, kind: Any, value: str, number: int) -> str:
        """The expression that answers for a value which is not None."""
        if isinstance(kind, GraphQLList):
            item = self.fresh("x")
            inner = self.completed(kind.of_type, item, number)
            return f"[{inner} for {item} in ({value} if {value}.__class__ is list else items({value}))]"
        if isinstance(kind, (GraphQLScalarType, GraphQLEnumType)):
            answer = self.fresh("w")
            said = f"({answer} := {self.bind('s', _leaf(kind))}({value}))"
            written = f"({answer} if {said} is not None and {answer} is not undefined else null())"
            plain = _PLAIN.get(kind)
            return f"({value} if {plain.format(value)} else {written})" if plain else written
        nodes = self.plan.calls[number].nodes
        if isinstance(kind, GraphQLObjectType):
            return f"{self.object(kind, nodes, number)}({value}, run)"
        if isinstance(kind, (GraphQLInterfaceType, GraphQLUnionType)):
            possible = self.plan.schema.get_possible_types(kind)
            table = {p.name: self.object(p, nodes, number) for p in possible}
            chosen = self.bind("k", partial(_runtime_type, kind))
            functions = "{" + ", ".join(f"{p!r}: {f}" for p, f in table.items()) + "}"
            return f"{functions}[{chosen}({value}, {self.info(number)})]({value}, run)"
        raise Unusual


_PLAIN: dict[Any, str] = {
    GraphQLString: "{0}.__class__ is str",
    GraphQLID: "{0}.__class__ is str",
    GraphQLBoolean: "{0}.__class__ is bool",
    GraphQLInt: "{0}.__class__ is int and -2147483648 <= {0} <= 2147483647",
}
_ODD = (dict, Exception, type(Undefined))


def _pick(value: Any) -> Callable[..., Any]:
    if isinstance(value, dict):
        return dict.get
    raise Redo


def _refuse_null() -> None:
    raise Redo


def _items(value: Any) -> Iterable[Any]:
    if is_iterable(value) and not isinstance(value, Iterator):  # one run would leave nothing for the next
        return value  # type: ignore[no-any-return]
    raise Redo


def _leaf(kind: GraphQLScalarType | GraphQLEnumType) -> Callable[[Any], Any]:
    """A word of an enum is looked up once; a scalar's answer may differ where values are equal, as 1.5 and 1.50 are."""
    serialize: Callable[[Any], Any] = kind.serialize
    return lru_cache(maxsize=256, typed=True)(serialize) if isinstance(kind, GraphQLEnumType) else serialize


def _runtime_type(kind: Any, value: Any, info: Any) -> Any:
    return (kind.resolve_type or default_type_resolver)(value, info, kind)


def _names_variable(value: ValueNode) -> bool:
    if isinstance(value, ListValueNode):
        return any(_names_variable(item) for item in value.values)
    if isinstance(value, ObjectValueNode):
        return any(_names_variable(item.value) for item in value.fields)
    return isinstance(value, VariableNode)


def _immutable(arguments: dict[str, Any]) -> bool:
    return all(isinstance(value, _IMMUTABLE) for value in arguments.values())
