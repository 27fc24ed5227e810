"""A buyer's categories, and where suppliers stand in them."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import Date, camel, child, children, connection, ident, many, maybe, said
from api.types.firms import Firm, Item, Node, in_language
from chain.qualification import reads
from chain.qualification.decisions import needed_of
from kernel.access import Role


class NeededCertificate(graphene.ObjectType):
    """A kind of certificate that is needed."""

    kind = said(enums.CertificateKind, "What kind.")
    named = said(graphene.String, "Its name, where the kind is OTHER.")


class QualificationCategory(graphene.ObjectType):
    """A buyer's own group of what it buys; known to that buyer and to suppliers with a standing in it."""

    class Meta:
        interfaces = (Node,)

    id = ident("QualificationCategory")
    code = said(graphene.String, "Short code.")
    name = said(graphene.String, "Name in the language of the request.", resolver=in_language("name", "name_en"))
    name_zh = said(graphene.String, "Name in Chinese.", resolver=lambda row, info: row.name)
    name_en = said(graphene.String, "Name in English.")
    needs = many(NeededCertificate, "Certificates a supplier needs in it.",
                 resolver=lambda row, info: [needed_of(key) for key in row.needs])  # fmt: skip
    qualified_only = said(graphene.Boolean, "Orders go to qualified suppliers only.")
    version = said(graphene.Int, "Grows with every change.")
    open_verbs = many(
        graphene.String,
        "What you may do to it now, by mutation name.",
        resolver=lambda row, info: _category_verbs(row, info),
    )


def _category_verbs(row: Any, info: Any) -> list[str]:
    acting = info.context.acting
    if row.buyer_id != acting.party_id:
        return []
    lead = ["changeCategory"] if acting.has(Role.LEAD) else []
    return lead + (["assignItems"] if acting.has(Role.LEAD, Role.QUALITY) else [])


class CategorizedItem(graphene.ObjectType):
    """An item that belongs to a category of yours."""

    item = maybe(Item, "The item.", resolver=lambda row, info: info.context.batches["item"].one(row.item_id))
    category = child(QualificationCategory, "qualification_category", "category_id", "The category.")


CategorizedItemConnection = connection(CategorizedItem, "CategorizedItem")


class QualificationNote(graphene.ObjectType):
    """What the buyer's people wrote beside a standing; no supplier ever reads it."""

    kind = said(enums.QualificationNoteKind, "On what occasion.")
    text = said(graphene.String, "The note.")
    written_at = said(DateTime, "When.")
    author = maybe(graphene.String, "Who, by name.", resolver=lambda row, info: _name(row.by_user, info))


def _name(person_id: int, info: Any) -> str | None:
    person = info.context.batches["person"].one(person_id)
    return person.name if person else None


class QualificationProposal(graphene.ObjectType):
    """A standing one person of the buyer proposes and another decides on; the buyer's own business."""

    class Meta:
        interfaces = (Node,)

    id = ident("QualificationProposal")
    standing = said(enums.SupplierStanding, "What is proposed.")
    until = maybe(Date, "Until when; without a day as long as the certificates hold.")
    condition = said(graphene.String, "What the supplier will be told.")
    state = said(enums.QualificationProposalState, "What became of it.")
    proposed_at = said(DateTime, "When.")
    proposer = maybe(graphene.String, "Who, by name.", resolver=lambda row, info: _name(row.by_user, info))
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in reads.proposal_verbs(info.context.acting, row)])  # fmt: skip


def _known(row: Any, info: Any) -> Any:
    return info.context.batches["qualification_evidence"].one(row.id)


class Qualification(graphene.ObjectType):
    """A supplier's standing with one buyer in one category; the two read the same, but for proposal and notes."""

    class Meta:
        interfaces = (Node,)

    id = ident("Qualification")
    buyer = maybe(Firm, "Whose supplier.", resolver=lambda row, info: info.context.batches["firm"].one(row.buyer_id))
    supplier = maybe(
        Firm, "Who supplies.", resolver=lambda row, info: info.context.batches["firm"].one(row.supplier_id)
    )
    category = child(QualificationCategory, "qualification_category", "category_id", "In what.")
    state = said(enums.SupplierStanding, "Where it stands today; an approval whose certificates have ended is conditional at once.",
                 resolver=lambda row, info: reads.standing_today(row, info.context.today))  # fmt: skip
    until = maybe(Date, "To be qualified anew by this day.")
    lapses_on = maybe(Date, "The last day on which all that is needed holds.",
                      resolver=lambda row, info: _known(row, info).evidence.lapses_on)  # fmt: skip
    lapsed_on = maybe(Date, "Since when it is conditional only because something ran out.")
    condition = said(graphene.String, "What the supplier is told about it.")
    missing = many(NeededCertificate, "Certificates that are needed and not there, not verified or run out.",
                   resolver=lambda row, info: _known(row, info).evidence.missing)  # fmt: skip
    version = said(graphene.Int, "Grows with every act.")
    changed_at = said(DateTime, "When it last moved.")
    proposal = maybe(QualificationProposal, "What waits for a lead; the buyer's own.",
                     resolver=lambda row, info: next(iter(info.context.batches["qualification_proposals"].many(row.id)), None))  # fmt: skip
    notes = children(
        QualificationNote, "qualification_notes", "The buyer's own notes, newest first; empty for the supplier."
    )
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in reads.qualification_verbs(info.context.acting, row)])  # fmt: skip


QualificationConnection = connection(Qualification, "Qualification")


class QualifiedSupplier(graphene.ObjectType):
    """One supplier of yours, and the standings you have given it."""

    supplier = said(Firm, "The supplier.", resolver=lambda row, info: row)
    standings = many(Qualification, "One for each category it was considered in.",
                     resolver=lambda row, info: info.context.batches["qualification_standings"].many(row.id))  # fmt: skip


QualifiedSupplierConnection = connection(QualifiedSupplier, "QualifiedSupplier")


class QualificationFilter(graphene.InputObjectType):
    """Which standings; conditions are joined by and."""

    side = graphene.InputField(enums.Side, description="BUYER: those you gave; SELLER: your own.")
    sought = graphene.InputField(enums.SoughtStanding, description="Only these.")


NODES = (QualificationCategory, Qualification, QualificationProposal)
USUAL_LENGTHS = {
    "QualificationCategory.needs": 3, "QualificationCategory.openVerbs": 2, "QualificationProposal.openVerbs": 2,
    "Qualification.missing": 2, "Qualification.notes": 5, "Qualification.openVerbs": 3, "QualifiedSupplier.standings": 4,
    "Query.qualificationCategories": 12,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
