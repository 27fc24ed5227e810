"""Figures published for officials."""

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import Date, camel, child, connection, described, ident, many, said
from api.types.firms import Node, Stage, prefecture_name
from oversight.naming.reads import consent_verbs
from oversight.publishing.blocking import StopBand as StopBandWord

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


StopBand = described("StopBand", StopBandWord, "How much of a stage stops, at least, of what is told of it.", {
    StopBandWord.NONE: "Nothing.", StopBandWord.SOME: "Something; not more than half for certain.",
    StopBandWord.OVER_HALF: "More than half.", StopBandWord.ALL: "All of it: it cannot be made any more.",
    StopBandWord.UNTOLD: "Too few firms to tell of: any of them may be there.",
})  # fmt: skip


class PublishedStop(graphene.ObjectType):
    """What stops of one stage when one prefecture does; it follows from the figures and the chain's table of stages."""

    prefecture = said(graphene.String, "GB/T 2260 code.", resolver=lambda row, info: row.place)
    prefecture_name = said(graphene.String, "Its name in the language of the request.",
                           resolver=lambda row, info: prefecture_name(row.place, info.context.lang))  # fmt: skip
    stage = said(Stage, "The stage.", resolver=lambda row, info: info.context.batches["stage"].one(row.stage_id))
    own = said(StopBand, "By the stage's own firms there.")
    whole = said(StopBand, "With all that the stage needs of others.")
    measure = said(enums.PublishedMeasure, "What the stage is weighed by.")


class NamedFirm(graphene.ObjectType):
    """A firm that lets officials of its province and prefecture read its name at a stage. No number stands beside it."""

    stage = said(Stage, "The stage.", resolver=lambda row, info: info.context.batches["stage"].one(row.stage_id))
    prefecture = said(graphene.String, "GB/T 2260 code of where it is registered.")
    prefecture_name = said(graphene.String, "Its name in the language of the request.",
                           resolver=lambda row, info: prefecture_name(row.prefecture, info.context.lang))  # fmt: skip
    name = said(graphene.String, "Its name.")
    since = said(Date, "Named to officials since.")
    holder = said(
        graphene.Boolean,
        "It says of itself, unchecked, to be a key firm of the stage, which is marked as held or thin.",
    )


class NamingConsent(graphene.ObjectType):
    """Your firm lets officials of its province and prefecture read its name at a stage, until a day."""

    class Meta:
        interfaces = (Node,)

    id = ident("NamingConsent")
    stage = child(Stage, "stage", "stage_id", "The stage.")
    as_holder = said(
        graphene.Boolean, "Also that you call yourselves a key firm of it, where it is marked as held or thin."
    )
    until = said(Date, "The last day.")
    consented_at = said(
        DateTime, "When it was given. When officials read it first is not told: that depends on other firms."
    )
    revoked = said(graphene.Boolean, "Taken back.", resolver=lambda row, info: row.revoked_at is not None)
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in consent_verbs(info.context.acting, row)])  # fmt: skip


NamingConsentConnection = connection(NamingConsent, "NamingConsent")


USUAL_LENGTHS = {
    "ChainMap.stops": 80, "ChainMap.named": 20, "NamingConsent.openVerbs": 1,
    "PublishedFigure.prefectures": 5, "PublishedFigure.prefectureNames": 5, "ChainMap.figures": 100, "ChainMap.periods": 12,
}  # fmt: skip
