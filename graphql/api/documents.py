"""Documents read once: parsed, weighed, validated, compiled, and kept by their text."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionContext,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NullValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_operation_ast,
    validate,
)

from api.failures import Malformed
from api.limits import TooMuch, read
from api.plan import Plan, compiled
from api.weight import Weight, weigh

KEPT, KEPT_TOKENS, KEPT_WEIGHTS, MOST_ERRORS = 500, 100_000, 50, 20


@dataclass
class Prepared:
    """A valid document. ``uses`` counts its runs: a plan is only worth compiling from the second on."""

    schema: GraphQLSchema
    document: DocumentNode
    tokens: int
    uses: int = 0
    plans: dict[str | None, Plan | None] = field(default_factory=dict)
    weights: dict[tuple[float | None, ...], Weight] = field(default_factory=dict)

    def weigh(self, variables: Mapping[str, Any]) -> Weight:
        """Weigh again with these variables: once for each set of page sizes. Raises TooMuch."""
        if not self.weights:
            return self._weighed(variables)
        sizes = next(iter(self.weights.values())).sizes
        return self.weights.get(_numbers(sizes, variables)) or self._weighed(variables)

    def _weighed(self, variables: Mapping[str, Any]) -> Weight:
        weight = weigh(self.schema, self.document, variables)
        if len(self.weights) < KEPT_WEIGHTS:
            self.weights[_numbers(weight.sizes, variables)] = weight
        return weight

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Raises Malformed unless the name leads to exactly one operation the schema can run."""
        found = get_operation_ast(self.document, name)
        if found is None:
            raise Malformed({"message": "operationName must name one operation of the document"})
        if self.schema.get_root_type(found.operation) is None or found.operation is OperationType.SUBSCRIPTION:
            raise Malformed({"message": f"there is no {found.operation.value} here; send a query or a mutation"})
        return found

    def plan(self, operation: OperationDefinitionNode, name: str | None) -> Plan | None:
        self.uses += 1
        if self.uses < 2 or operation.operation is not OperationType.QUERY:
            return None
        if name not in self.plans:
            self.plans[name] = compiled(self.schema, self.document, operation)
        return self.plans[name]

    def execution(self, name: str | None, variables: Mapping[str, Any]) -> ExecutionContext:
        """Coerced variables and all else graphql-core needs, but for the context. Raises Malformed."""
        built = ExecutionContext.build(
            self.schema,
            self.document,
            raw_variable_values={key: value for key, value in variables.items() if value is not None},
            operation_name=name,
            max_coercion_errors=MOST_ERRORS,
            is_awaitable=_never,
            hide_suggestions=True,
        )
        if isinstance(built, list):
            raise Malformed.because(built)
        return built


class Documents:
    """The least recently used go first, by number and by size: a tree weighs far more than its text."""

    def __init__(self, most: int = KEPT, most_tokens: int = KEPT_TOKENS) -> None:
        self.most, self.most_tokens = most, most_tokens
        self._kept: OrderedDict[tuple[GraphQLSchema, str], Prepared] = OrderedDict()
        self._tokens = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def prepare(self, schema: GraphQLSchema, text: str, variables: Mapping[str, Any]) -> tuple[Prepared, Weight]:
        """A valid document and what it asks for with these variables. Raises Malformed."""
        with self._lock:
            known = self._kept.get((schema, text))
            if known is not None:
                self._kept.move_to_end((schema, text))
        try:
            if known is not None:
                return known, known.weigh(variables)
            document = read(text)
            weight = weigh(schema, document, variables)
        except TooMuch as refusal:
            raise Malformed(
                {"message": str(refusal), "extensions": {"code": "LIMIT", "limit": refusal.limit}}
            ) from None
        except GraphQLError as error:
            raise Malformed.because([error]) from None
        errors = validate(schema, document, max_errors=MOST_ERRORS, hide_suggestions=True)
        if errors:
            raise Malformed.because(errors)
        _drop_nulls(document)
        prepared = Prepared(schema, document, _count_tokens(document))
        self._keep((schema, text), prepared)
        return prepared, weight

    def _keep(self, key: tuple[GraphQLSchema, str], prepared: Prepared) -> None:
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = prepared
            self._tokens += prepared.tokens
            while len(self._kept) > self.most or self._tokens > self.most_tokens:
                _, dropped = self._kept.popitem(last=False)
                self._tokens -= dropped.tokens


def _numbers(names: frozenset[str], variables: Mapping[str, Any]) -> tuple[float | None, ...]:
    given = (variables.get(name) for name in sorted(names))
    return tuple(value if isinstance(value, (int, float)) else None for value in given)


def _never(value: Any) -> bool:
    return False


def _count_tokens(document: DocumentNode) -> int:
    count, token = 0, document.loc.start_token if document.loc else None
    while token is not None:
        count, token = count + 1, token.next
    return count


def _drop_nulls(document: DocumentNode) -> None:
    """An explicit null for an optional argument is the same as leaving it out, whatever a resolver makes of None."""
    waiting: list[SelectionSetNode] = []
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            for variable in definition.variable_definitions:
                if isinstance(variable.default_value, NullValueNode):
                    variable.default_value = None
        if isinstance(definition, (OperationDefinitionNode, FragmentDefinitionNode)):
            waiting.append(definition.selection_set)
    while waiting:
        for selection in waiting.pop().selections:
            if isinstance(selection, FieldNode):
                selection.arguments = tuple(a for a in selection.arguments if not isinstance(a.value, NullValueNode))
            inner = getattr(selection, "selection_set", None)
            if inner is not None:
                waiting.append(inner)
