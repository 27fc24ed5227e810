"""What stands between two records and their merging, in words that tell no trade."""

from collections.abc import Sequence

from kernel.errors import NotAllowedNow, Rule

MOST_NAMED = 20
TIDY = Rule("merger.in_the_way", "两家企业先行清理所列事项", "the two firms, by settling what is named")


def check_free(
    *, open_orders: int, live_link: bool, items: Sequence[str], sites: Sequence[str], orders: int, despatches: int
) -> None:
    """Raises NotAllowedNow saying all that must be settled first; item and site numbers by name, deals by count."""
    found: list[tuple[str, str]] = []
    if open_orders:
        found.append((f"{open_orders} open orders between the two", f"两家之间有 {open_orders} 张未结订单"))
    if live_link:
        found.append(("a supply link between the two that has not ended", "两家之间有未终止的供应关系"))
    if items:
        named = ", ".join(items[:MOST_NAMED])
        found.append((f"both have items numbered {named}", f"两家都有物料号 {named}"))
    if sites:
        named = ", ".join(sites[:MOST_NAMED])
        found.append((f"both have sites coded {named}", f"两家都有场所代码 {named}"))
    if orders:
        found.append((f"{orders} order numbers used by both", f"{orders} 个订单号两家都用过"))
    if despatches:
        found.append((f"{despatches} despatch numbers used by both", f"{despatches} 个送货单号两家都用过"))
    if found:
        raise NotAllowedNow(
            f"these records cannot be merged yet: {'; '.join(en for en, _ in found)}",
            f"暂不能合并：{'；'.join(zh for _, zh in found)}",
            rule=TIDY,
        )
