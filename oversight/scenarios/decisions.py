"""What a saved scenario may be called, how many a firm keeps, and how many are compared."""

from collections.abc import Collection, Sequence

from kernel.errors import Invalid, Limit, Rule

LONGEST_NAME = 80
MOST_KEPT = 200
FEWEST_COMPARED, MOST_COMPARED = 2, 4
MANY = Rule("scenario.many", "本单位删除不再需要的情景", "your firm, by dropping one it no longer needs")


def checked_name(name: str) -> str:
    """Without blanks around it. Raises Invalid("name")."""
    plain = name.strip()
    if not 1 <= len(plain) <= LONGEST_NAME:
        raise Invalid("name", f"name it in 1 to {LONGEST_NAME} characters", f"名称应为 1 至 {LONGEST_NAME} 个字符")
    return plain


def check_free(is_taken: bool) -> None:
    """Raises Invalid("name")."""
    if is_taken:
        raise Invalid(
            "name", "your firm has a scenario of this name for this chain; choose another name",
            "本单位在该产业链已有同名情景，请换一个名称",
        )  # fmt: skip


def check_room(kept: int) -> None:
    """Raises Limit."""
    if kept >= MOST_KEPT:
        raise Limit(
            f"a firm keeps {MOST_KEPT} scenarios for a chain at most; drop one you no longer need",
            f"每家企业在每条产业链最多保存 {MOST_KEPT} 个情景，请先删除不再需要的", rule=MANY,
        )  # fmt: skip


def check_compared(numbers: Sequence[int]) -> None:
    """Two to four, each once. Raises Invalid("ids")."""
    if not FEWEST_COMPARED <= len(set(numbers)) == len(numbers) <= MOST_COMPARED:
        raise Invalid(
            "ids", f"choose {FEWEST_COMPARED} to {MOST_COMPARED} scenarios, each once",
            f"请选择 {FEWEST_COMPARED} 至 {MOST_COMPARED} 个情景，每个一次",
        )  # fmt: skip


def check_one_chain(chains: Collection[int]) -> None:
    """Raises Invalid("ids")."""
    if len(set(chains)) > 1:
        raise Invalid("ids", "compare scenarios of one chain", "只能比较同一产业链的情景")
