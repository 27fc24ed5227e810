"""A firm has its chain measured by jobs, stops that, and goes on."""

from tests.scenarios.players import Cast


def measures(cast: Cast) -> None:
    buyer = cast.chain_master
    buyer.acts("start_resilience_run", {"chainId": buyer.chain()}, by="buyer")["run"]
