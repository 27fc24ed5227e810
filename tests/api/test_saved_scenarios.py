"""How many scenarios a firm keeps: the last one that fits, and the first that does not."""

import pytest

from kernel.access import unscoped
from kernel.clock import now
from kernel.work import unit_of_work
from oversight.scenarios.tables import SavedScenario
from seeds.cast import LONGTENG
from tests.scenarios.api import Api
from tests.scenarios.players import Cast, day
from tests.secrecy.world import as_stored, but_readings
from web.app import create_app


@pytest.mark.feature("I4")
def test_two_hundred_are_kept_for_a_chain_and_no_more(settings, seated):
    master = Cast(Api(create_app(settings).test_client())).chain_master
    row = {"firm_id": seated.firms[LONGTENG], "chain_id": seated.chain_id, "begins_on": None, "days": 30,
           "spec": {"shocks": [], "sources": []}, "by_user": 1, "saved_at": now(), "version": 1}  # fmt: skip
    with unit_of_work() as work, unscoped("a test fills the shelf"):
        work.add_many(SavedScenario, [row | {"name": f"第{n}"} for n in range(199)])
    firm = master.asks("chain_resilience", chainId=master.chain())["resilience"]["firms"][0]["key"]
    shock = {"kind": "FIRM_DOWN", "firm": firm, "first": day(0)}

    def saves(name):
        said = {"chainId": master.chain(), "name": name, "scenario": {"shocks": [shock]}}
        return master.acts("save_scenario", said, by="buyer")

    assert saves("第二百个").refusals == []
    before = but_readings(as_stored())
    beyond = saves("第二百零一个")
    assert beyond.refusals == ["LIMIT"] and beyond.rule.startswith("scenario.many")
    assert but_readings(as_stored()) == before
