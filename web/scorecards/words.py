"""Metrics and bands in the page's language."""

from collections.abc import Mapping
from typing import Any

from flask_babel import pgettext

METRICS = ("OTIF_AGREED", "OTIF_ORIGINAL", "ANSWER_HOURS", "PROMISE_DRIFT", "PPM", "DOCUMENTS")
TONES = {"GOOD": "ok", "WARN": "warn", "BLOCK": "bad", "NONE": "open"}


def metric_word(metric: str) -> str:
    words = {
        "OTIF_AGREED": pgettext("metric", "按约定日齐套准时率"), "OTIF_ORIGINAL": pgettext("metric", "按原需求日齐套准时率"),
        "ANSWER_HOURS": pgettext("metric", "答复时长"), "PROMISE_DRIFT": pgettext("metric", "交期漂移"),
        "PPM": pgettext("metric", "不良率 ppm"), "DOCUMENTS": pgettext("metric", "资料及时率"),
    }  # fmt: skip
    return str(words.get(metric, metric))


def formula(metric: str) -> str:
    """What is divided by what, in a sentence."""
    words = {
        "OTIF_AGREED": pgettext("formula", "约定日当天或之前全部验收合格的交货 ÷ 约定日已过的交货"),
        "OTIF_ORIGINAL": pgettext("formula", "原需求日当天或之前全部验收合格的交货 ÷ 需求日已过的交货"),
        "ANSWER_HOURS": pgettext("formula", "从下单到首次答复的小时数之和 ÷ 已答复订单数"),
        "PROMISE_DRIFT": pgettext("formula", "最终约定日晚于首次承诺日的天数之和 ÷ 已达成的订单行数"),
        "PPM": pgettext("formula", "拒收数量 × 1,000,000 ÷ 收货数量"),
        "DOCUMENTS": pgettext("formula", "到期日前提交且通过审核的资料 ÷ 到期的资料"),
    }
    return str(words.get(metric, ""))


def unit(metric: str) -> str:
    words = {
        "OTIF_AGREED": "%", "OTIF_ORIGINAL": "%", "DOCUMENTS": "%", "ANSWER_HOURS": pgettext("metric unit", "小时"),
        "PROMISE_DRIFT": pgettext("metric unit", "天"), "PPM": "ppm",
    }  # fmt: skip
    return str(words.get(metric, ""))


def band_word(band: str) -> str:
    words = {
        "GOOD": pgettext("band", "正常"), "WARN": pgettext("band", "警示"), "BLOCK": pgettext("band", "停单"),
        "NONE": pgettext("band", "未设界限或数据不足"),
    }  # fmt: skip
    return str(words.get(band, band))


def figure_of(card: Mapping[str, Any], metric: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(f for f in card["figures"] if f["metric"] == metric)
    return found
