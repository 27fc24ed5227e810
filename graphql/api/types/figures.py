"""Figures published for officials."""

import graphene

from api.types import enums
from api.types.fields import many, said
from api.types.firms import Stage, prefecture_name

WITHHELD = {"zh": "不单列", "en": "withheld"}


def cell_words(firms: int | None, lang: str) -> str:
    return WITHHELD["zh" if lang == "zh" else "en"] if firms is None else str(firms)


class PublishedFigure(graphene.ObjectType):
    """One figure about one prefecture, or about several together where each alone would tell of a firm."""

    stage = said(Stage, "The stage.", resolver=lambda row, info: info.context.batches["stage"].one(row.stage_id))
    measure = said(enums.PublishedMeasure, "What it counts.")
    prefectures = many(graphene.String, "GB/T 2260 codes of the prefectures told together.",
                       resolver=lambda row, info: row.places)  # fmt: skip
    prefecture_names = many(graphene.String, "Their names in the language of the request.",
                            resolver=lambda row, info: [prefecture_name(p, info.context.lang) for p in row.places])  # fmt: skip
    value = said(graphene.Int, "The figure.")


USUAL_LENGTHS = {
    "PublishedFigure.prefectures": 5, "PublishedFigure.prefectureNames": 5, "ChainMap.figures": 100, "ChainMap.periods": 12,
}  # fmt: skip
