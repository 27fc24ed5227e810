"""What a request for quotation asks for, and what its amendments changed."""

import graphene

from api.scalars import DateTime, Decimal
from api.types.fields import Date, said


class RfqLine(graphene.ObjectType):
    """What is asked for, as it stands."""

    number = said(graphene.Int, "Its number.")
    title = said(graphene.String, "What is wanted.")
    quantity = said(Decimal, "How much.")
    unit = said(graphene.String, "In which unit (UNECE Rec 20).")
    wanted_on = said(Date, "When.")


class RfqAmendment(graphene.ObjectType):
    """What an amendment changed."""

    number = said(graphene.Int, "1, 2, …")
    text = said(graphene.String, "In the buyer's words.")
    closes_at = said(DateTime, "Until when bids were taken from then on.")
    amended_at = said(DateTime, "When.")
