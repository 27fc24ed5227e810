"""The bills of the firm that looks in the labels of a network: what its products take, as far as a chain brings it. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chain.bills.decisions import Part
from chain.essentiality.tables import Essentiality
from chain.network.needs import Bill
from kernel import ids


@dataclass(frozen=True)
class Taken:
    """Something a bill takes. ``is_own``: the firm makes it itself. ``stage_id``: where in a chain it is made, None: nobody said."""

    label: str
    is_own: bool
    stage_id: int | None


MadeOf = Mapping[str, Sequence[Taken]]
"""Own item, as a label, to what goes into it."""


def made_of(
    parts: Mapping[int, Sequence[Part]], known: Mapping[int, Any], needs: Mapping[int, str], party_id: int
) -> MadeOf:
    """parts: own item -> the lines of its bill in force; known: item -> its row; needs: item -> the label of the firm's own number."""
    return {
        ids.seal("Item", item_id): [_taken(part.component_id, known, needs, party_id) for part in lines]
        for item_id, lines in parts.items()
    }


def _taken(item_id: int, known: Mapping[int, Any], needs: Mapping[int, str], party_id: int) -> Taken:
    item = known.get(item_id)
    is_own = item is not None and item.firm_id == party_id
    label = ids.seal("Item", item_id) if is_own else needs.get(item_id) or ids.seal("Item", item_id)
    return Taken(label, is_own, None if item is None else item.stage_id)


def bill_in(made: MadeOf, bought: Sequence[tuple[str, Essentiality | None]], stages: Collection[int]) -> Bill:
    """What the products take of one chain: what is bought by a link of it, or made at a stage of it or at none that is known.

    bought: label of each link by which the firm buys, and what it says of that link itself: what it calls less than essential by no link
    essential is left out, for a bill also lists what a product goes without. stages: of the chain.
    """
    said: dict[str, set[Essentiality]] = {}
    for label, word in bought:
        said.setdefault(label, set()).update(() if word is None else (word,))
    spared = {label for label, words in said.items() if words and Essentiality.ESSENTIAL not in words}
    bill = {
        product: {one.label for one in some if one.label not in spared and _counts(one, made, said, stages)}
        for product, some in made.items()
    }  # fmt: skip
    while empty := {product for product, labels in bill.items() if not labels}:
        bill = {product: labels - (empty - said.keys()) for product, labels in bill.items() if product not in empty}
    return {product: tuple(sorted(labels)) for product, labels in sorted(bill.items())}


def _counts(one: Taken, made: MadeOf, bought: Collection[str], stages: Collection[int]) -> bool:
    if one.label in bought:
        return True
    return one.label in made if one.is_own else one.stage_id is None or one.stage_id in stages
