"""Words of backup sources and of how essential inputs are, in the page's language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext

STATES = ("CANDIDATE", "QUALIFIED", "TRIAL", "READY", "DROPPED")
TONES = {"CANDIDATE": "open", "QUALIFIED": "warn", "TRIAL": "warn", "READY": "ok", "DROPPED": "open"}
PARTS = ("fitDays", "qualificationDays", "trialDays", "spareDays", "toolingDays")
ESSENTIALITIES = ("ESSENTIAL", "LINEAR", "NEGLIGIBLE")


def state(code: str) -> str:
    words = {
        "CANDIDATE": pgettext("backup state", "候选"), "QUALIFIED": pgettext("backup state", "合格"),
        "TRIAL": pgettext("backup state", "试制"), "READY": pgettext("backup state", "就绪"),
        "DROPPED": pgettext("backup state", "已放弃"),
    }  # fmt: skip
    return str(words.get(code, code))


def part(code: str) -> str:
    words = {
        "fitDays": pgettext("backup part", "适配"), "qualificationDays": pgettext("backup part", "资格评定"),
        "trialDays": pgettext("backup part", "试制"), "spareDays": pgettext("backup part", "产能排期"),
        "toolingDays": pgettext("backup part", "工装"),
    }  # fmt: skip
    return str(words.get(code, code))


def essentiality(code: str) -> str:
    words = {
        "ESSENTIAL": pgettext("essentiality", "必需"), "LINEAR": pgettext("essentiality", "按比例"),
        "NEGLIGIBLE": pgettext("essentiality", "可忽略"),
    }  # fmt: skip
    return str(words.get(code, code))


def essentialities() -> list[tuple[str, str]]:
    return [(code, essentiality(code)) for code in ESSENTIALITIES]


def fact(code: str) -> str:
    words = {
        "BackupSourceRecorded": pgettext("backup fact", "登记"), "BackupSourceChanged": pgettext("backup fact", "修改"),
        "BackupSourceQualified": pgettext("backup fact", "认定合格"), "BackupTrialBegun": pgettext("backup fact", "开始试制"),
        "BackupReadyConfirmed": pgettext("backup fact", "确认就绪"), "BackupSourceDropped": pgettext("backup fact", "放弃"),
    }  # fmt: skip
    return str(words.get(code, code))


def called(source: dict[str, Any]) -> str:
    """The firm, or what the reader's own firm calls it."""
    return str(source["firm"]["name"] if source["firm"] else source["workingName"])


def told_days(source: dict[str, Any]) -> str:
    """In how many days it delivers: at least, where a part is not known."""
    days = f"{source['readiness']['days']:.0f}"
    return str(_("至少 %(days)s 天", days=days) if source["readiness"]["unknown"] else _("%(days)s 天", days=days))


def matrix(chain: dict[str, Any]) -> list[tuple[dict[str, Any], list[tuple[dict[str, Any], str]]]]:
    """(supplier stage, [(buyer stage, essentiality)]) of every pair of a chain; a pair not set is essential."""
    found = {
        (one["supplierStage"]["id"], one["buyerStage"]["id"]): one["essentiality"] for one in chain["stageEssentiality"]
    }
    stages = chain["stages"]
    return [(row, [(column, found.get((row["id"], column["id"]), "ESSENTIAL")) for column in stages]) for row in stages]
