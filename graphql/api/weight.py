"""What a document asks for, added up in one walk over its tree beside the schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_composite_type,
)
from graphql.execution.execute import get_field_def

from api.limits import (
    ALIASES,
    DEPTH,
    DIRECTIVES,
    MEASURES,
    NODES,
    OPERATIONS,
    PAGE,
    ROOTS,
    SPREADS,
    USUAL_LIST,
    USUAL_PAGE,
    TooMuch,
)


@dataclass(frozen=True)
class Weight:
    """What the heaviest operation of a document asks for. ``introspects``: it asks about the schema itself.

    ``sizes``: the variables that say how much is asked for; as long as they stay, the weight stays.
    """

    depth: int
    nodes: int
    introspects: bool
    sizes: frozenset[str]


def weigh(schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> Weight:
    """Add up what a document asks for. Raises TooMuch at the first limit passed.

    ``schema.extensions["usual_lengths"]`` may say how long an unpaged list usually is ("Order.lines": 10);
    otherwise a connection without ``first`` counts 20 and a plain list 100. ``schema.extensions["measures"]`` names the
    fields of a query that compute for seconds; fragments do not multiply them, for fields of one name are computed once.
    """
    walk = _Walk(schema, document)
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if len(operations) > OPERATIONS:
        raise TooMuch("operations", f"a document has at most {OPERATIONS} operations; send several documents")
    costs = [walk.operation(operation, variables) for operation in operations]
    for name in walk.fragments:
        walk.spread(name, None)
    depth, nodes = max((c.depth for c in costs), default=0), max((c.nodes for c in costs), default=0)
    return Weight(depth, nodes, walk.introspects, frozenset(walk.sizes))


class _Cost(NamedTuple):
    """Of one selection set, for one object it is asked of. ``width``: fields side by side."""

    depth: int
    aliases: int
    directives: int
    nodes: int
    width: int


_FREE = _Cost(0, 0, 0, 0, 0)


def _kept(cost: _Cost) -> _Cost:
    depth, aliases, directives, nodes, _ = cost
    if depth > DEPTH:
        raise TooMuch("depth", f"fields nest at most {DEPTH} deep; ask for the inner part in a second request")
    if aliases > ALIASES:
        raise TooMuch("aliases", f"a document has at most {ALIASES} aliases; ask for a list, or send several requests")
    if directives > DIRECTIVES:
        raise TooMuch("directives", f"a document has at most {DIRECTIVES} directives; leave fields out instead")
    if nodes > NODES:
        raise TooMuch(
            "nodes", f"this could answer with more than {NODES} objects; give a smaller first, or fewer levels"
        )
    return cost


class _Walk:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self.schema = schema
        self.usual_lengths: Mapping[str, int] = schema.extensions.get("usual_lengths", {})
        self.fragments: dict[str, FragmentDefinitionNode] = {
            d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
        }
        self.measures: frozenset[str] = schema.extensions.get("measures", frozenset())
        self.measured = 0
        self.introspects = False
        self.sizes: set[str] = set()
        self.variables: Mapping[str, Any] = {}
        self.memory: dict[tuple[str, int | None], _Cost] = {}
        self.open: list[str] = []

    def operation(self, node: OperationDefinitionNode, given: Mapping[str, Any]) -> _Cost:
        defaults = {
            v.variable.name.value: int(v.default_value.value)
            for v in node.variable_definitions
            if isinstance(v.default_value, IntValueNode)
        }
        self.variables = defaults | {name: value for name, value in given.items() if value is not None}
        self.measured = 0
        self.memory.clear()  # a page size may stand in a variable, which each operation declares for itself
        directives = len(node.directives) + sum(len(v.directives) for v in node.variable_definitions)
        cost = self.selections(node.selection_set, self.schema.get_root_type(node.operation), None, directives)
        if cost.width > ROOTS:
            raise TooMuch("roots", f"an operation has at most {ROOTS} fields at its top; send several requests")
        if self.measured > MEASURES:
            raise TooMuch("measures", f"an operation computes at most {MEASURES} measures; send several requests")
        return cost

    def selections(self, node: SelectionSetNode, parent: Any, page: int | None, directives: int = 0) -> _Cost:
        """``page``: how many edges or nodes the connection around this set was asked for."""
        cost = _Cost(0, 0, directives, 0, 0)
        for selection in node.selections:
            if isinstance(selection, FieldNode):
                inner = self.field(selection, parent, page)
            elif isinstance(selection, InlineFragmentNode):
                narrowed = self.named(selection.type_condition) if selection.type_condition else parent
                inner = self.selections(selection.selection_set, narrowed, page)
            else:
                assert isinstance(selection, FragmentSpreadNode)
                inner = self.spread(selection.name.value, page)
            cost = _kept(
                _Cost(
                    cost.depth if cost.depth > inner.depth else inner.depth,
                    cost.aliases + inner.aliases,
                    cost.directives + inner.directives + len(selection.directives),
                    cost.nodes + inner.nodes,
                    cost.width + inner.width,
                )
            )
        return cost

    def spread(self, name: str, page: int | None) -> _Cost:
        known = self.memory.get((name, page))
        if known is not None:
            return known
        fragment = self.fragments.get(name)
        if fragment is None:
            return _FREE  # validation names it
        if name in self.open:
            raise TooMuch("fragments", f"fragment {name} contains itself; take it out")
        if len(self.open) >= SPREADS:
            raise TooMuch("fragments", f"fragments nest at most {SPREADS} deep; write the inner fields out")
        self.open.append(name)
        wanted = self.named(fragment.type_condition)
        cost = self.selections(fragment.selection_set, wanted, page, len(fragment.directives))
        self.open.pop()
        self.memory[name, page] = cost
        return cost

    def named(self, node: Any) -> GraphQLNamedType | None:
        return self.schema.type_map.get(node.name.value)

    def field(self, node: FieldNode, parent: Any, page: int | None) -> _Cost:
        known = isinstance(parent, (GraphQLObjectType, GraphQLInterfaceType))
        definition = get_field_def(self.schema, parent, node) if known else None
        size = self.page(node, definition)
        aliases = 1 if node.alias else 0
        if node.selection_set is None:
            return _Cost(1, aliases, 0, 0, 1)
        kind = get_named_type(definition.type) if definition else None
        name = node.name.value
        self.measured += parent is self.schema.query_type and name in self.measures
        own, times, inside = 1, 1, None
        if kind is None or kind.name.startswith("__"):
            self.introspects = self.introspects or _asks_about_schema(node)
        elif _is_connection(kind):
            inside = USUAL_PAGE if size is None else size
        elif definition and is_composite_type(kind) and _is_list(definition.type):
            if page is not None and name in ("edges", "nodes"):
                times, own = page, page if name == "nodes" else 0
            else:
                times = own = self.usual_lengths.get(f"{parent}.{name}", USUAL_LIST) if size is None else size
        inner = self.selections(node.selection_set, kind, inside)
        # ofType only unwraps NonNull and List: it reads nothing, and newer clients ask for ten of them.
        deeper = inner.depth if name == "ofType" else inner.depth + 1
        nodes = own + times * inner.nodes
        return _Cost(deeper, aliases + inner.aliases, inner.directives, nodes, 1)

    def page(self, node: FieldNode, definition: GraphQLField | None) -> int | None:
        """How many this field is asked for by ``first`` or ``last``; None when it does not say."""
        sizes = []
        for argument in node.arguments:
            name, value = argument.name.value, argument.value
            if name not in ("first", "last"):
                continue
            given: Any = None
            if isinstance(value, IntValueNode):
                given = int(value.value)
            elif isinstance(value, VariableNode):
                self.sizes.add(value.name.value)
                given = self.variables.get(value.name.value)
            if isinstance(given, (int, float)):
                if not 0 <= given <= PAGE:
                    raise TooMuch(name, f"{name} is between 0 and {PAGE}; read further pages with after")
                sizes.append(int(given))
        if sizes or definition is None:
            return max(sizes, default=None)
        first = definition.args.get("first")
        if first is None or get_named_type(first.type) is not GraphQLInt:
            return None
        return first.default_value if isinstance(first.default_value, int) else None


def _is_list(kind: Any) -> bool:
    return isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)


def _is_connection(kind: GraphQLNamedType) -> bool:
    fields = getattr(kind, "fields", {})
    return "pageInfo" in fields and ("edges" in fields or "nodes" in fields)


def _asks_about_schema(node: FieldNode) -> bool:
    """``__type`` that asks for no more than the name tells nothing a refused query would not; the rest does."""
    if node.name.value != "__type" or node.selection_set is None:
        return node.name.value == "__schema"
    asked = node.selection_set.selections
    return not all(isinstance(s, FieldNode) and s.name.value in ("name", "__typename") for s in asked)
