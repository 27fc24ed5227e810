"""Facts about how essential inputs are. What a buyer says of a link stands in no history: its supplier reads the link's."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class StageEssentialitySet(Fact):
    about = {"chain_id": "Chain"}
    chain_id: int
    supplier_stage_id: int
    buyer_stage_id: int
    essentiality: str


@dataclass(frozen=True)
class LinkEssentialityStated(Fact):
    link_id: int
    essentiality: str


@dataclass(frozen=True)
class LinkEssentialityWithdrawn(Fact):
    link_id: int
