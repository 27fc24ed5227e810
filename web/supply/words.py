"""Words of supply links: codes as people read them."""

from flask_babel import pgettext

STATES = ("DECLARED", "CONFIRMED", "DISPUTED", "ENDED")
BASES = ("SEEN_IN_ORDERS", "SURVEYED", "DECLARED")
SIDES = ("SELLER", "BUYER")


def shares() -> list[tuple[str, str]]:
    return [
        ("UP_TO_10", pgettext("share", "不超过 10%")), ("UP_TO_30", pgettext("share", "10%–30%")),
        ("UP_TO_50", pgettext("share", "30%–50%")), ("UP_TO_80", pgettext("share", "50%–80%")),
        ("ABOVE_80", pgettext("share", "超过 80%")), ("SOLE", pgettext("share", "独家供应")),
    ]  # fmt: skip


def share(code: str) -> str:
    return dict(shares()).get(code, code)


def reasons() -> list[tuple[str, str]]:
    return [
        ("WRONG_SITE", pgettext("dispute", "场所不对")), ("NOT_OUR_ITEM", pgettext("dispute", "不是这个物料")),
        ("NOT_OUR_CUSTOMER", pgettext("dispute", "与对方没有往来")), ("NO_LONGER", pgettext("dispute", "已不再往来")),
        ("OTHER", pgettext("dispute", "其他（请说明）")),
    ]  # fmt: skip


def reason(code: str) -> str:
    return dict(reasons()).get(code, code)


def proposal_state(code: str) -> str:
    words: dict[str, str] = {
        "PROPOSED": pgettext("proposal", "等待对方"), "ACCEPTED": pgettext("proposal", "已成为供应关系"),
        "DECLINED": pgettext("proposal", "对方否认"), "WITHDRAWN": pgettext("proposal", "已撤回"),
        "EXPIRED": pgettext("proposal", "已过期"),
    }  # fmt: skip
    return words.get(code, code)


def fact(code: str) -> str:
    words: dict[str, str] = {
        "SupplyLinkDeclared": pgettext("fact", "申报"), "SupplyLinkConfirmed": pgettext("fact", "确认"),
        "SupplyLinkDisputed": pgettext("fact", "提出异议"), "SupplyLinkRestated": pgettext("fact", "更正后重新申报"),
        "ShareBandStated": pgettext("fact", "填写采购份额"), "SupplyLinkEnded": pgettext("fact", "终止"),
        "EvidenceAdded": pgettext("fact", "新增证据"), "LinkProposalAccepted": pgettext("fact", "接受提议"),
    }  # fmt: skip
    return words.get(code, code)
