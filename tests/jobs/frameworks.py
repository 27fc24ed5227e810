"""Framework agreements, amendments and releases through every fact anything reacts to."""

from datetime import timedelta

from jobs.frameworks import expire_frameworks
from kernel import clock
from tests.scenarios.frameworks import agrees, amendment_of, amends, drafts, now, of, proposes
from tests.scenarios.players import Cast, day, fresh
from tests.scenarios.reactions import react

REASON = {"reason": "改条款"}


def agrees_on_frameworks(cast: Cast) -> None:
    """One rejected, withdrawn and declined; one amended in every way and ended; one that expires."""
    master, gearworks = cast.chain_master, cast.gearworks
    waiting = master.acts("submit_framework", of(drafts(master, gearworks)["framework"]), by="buyer")["framework"]
    draft = master.acts("reject_framework", of(waiting) | REASON, by="lead")["framework"]
    waiting = master.acts("submit_framework", of(draft), by="buyer")["framework"]
    master.acts("withdraw_framework", of(waiting), by="buyer")["framework"]
    gearworks.acts("decline_framework", of(proposes(master, gearworks)) | REASON, by="sales")["framework"]
    framework = agrees(master, gearworks)
    more = {"lineId": framework["lines"][0]["id"], "quantityCap": "200"}
    for verb, said in (("accept", {}), ("decline", REASON), ("withdraw", {})):
        made = amends(master, framework, by="buyer", lines=[more])["amendment"]
        if made["state"] == "WAITING":
            master.acts("approve_framework_amendment", amendment_of(master, framework), by="lead")["amendment"]
        player, by = (master, "buyer") if verb == "withdraw" else (gearworks, "sales")
        player.acts(f"{verb}_framework_amendment", amendment_of(player, framework) | said, by=by)["amendment"]
    master.acts("end_framework", of(now(master, framework)) | REASON, by="buyer")["framework"]
    agrees(master, gearworks, validUntil=day(1))
    clock.set_to(clock.now() + timedelta(days=3))
    try:
        expire_frameworks()
        react()
    finally:
        clock.set_to(None)


def releases(cast: Cast) -> None:
    """Agreements declined and ended; releases acknowledged and objected to."""
    master, gearworks = cast.chain_master, cast.gearworks
    framework = agrees(master, gearworks)

    def proposed() -> dict[str, object]:
        said = {"frameworkLineId": framework["lines"][0]["id"], "number": fresh("SA"), "noticeDays": 0}
        made = master.acts("propose_scheduling_agreement", said, by="buyer")["agreement"]
        return {"agreementId": made["id"], "expectedVersion": made["version"]}

    gearworks.acts("decline_scheduling_agreement", proposed() | REASON, by="sales")["agreement"]
    which = proposed()
    agreed = gearworks.acts("accept_scheduling_agreement", which, by="sales")["agreement"]
    version = agreed["version"]
    for number, verb, said in ((1, "acknowledge_release", {}), (2, "object_to_release", {"reason": "CAPACITY"})):
        bucket = {"startsOn": day(9), "period": "DAY", "zone": "FIRM", "quantity": str(number)}
        told = which | {"expectedVersion": version, "number": number, "buckets": [bucket]}
        made = master.acts("publish_release", told, by="buyer")
        answer = {"releaseId": made["release"]["id"], "expectedVersion": made["agreement"]["version"]} | said
        version = gearworks.acts(verb, answer, by="sales")["agreement"]["version"]
    master.acts("end_scheduling_agreement", which | {"expectedVersion": version} | REASON, by="buyer")["agreement"]
