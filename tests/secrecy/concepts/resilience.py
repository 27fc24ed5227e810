"""Who may see what of a chain's resilience."""

LONGTENG_PEOPLE = "buyer planner quality sales lead"
NO_FIRM = "jiangsu suzhou operator"

ACCESS: dict[str, dict[str, str]] = {
    "chain_resilience": {"seen": f"{LONGTENG_PEOPLE} gearworks rival bearing steel dealer carrier", "empty": NO_FIRM, "NOT_FOUND": "stranger"},
    "firm_reasons": {"seen": f"{LONGTENG_PEOPLE} bearing", "NOT_FOUND": f"gearworks rival steel dealer carrier {NO_FIRM} stranger"},
}  # fmt: skip
VARIABLES = {
    "chain_resilience": lambda w: {"chainId": w.cast.chain_master.chain()},
    "firm_reasons": lambda w: {"chainId": w.cast.chain_master.chain(), "key": w.cast.gearworks.firm_id},
}
UNDER = {
    "chain_resilience": lambda world, at: {"chainId": world.cast.chain_master.chain()},
    "firm_reasons": lambda world, at: {"chainId": world.cast.chain_master.chain(), "key": world.cast.gearworks.firm_id},
}
