"""An import is known to the firm it was made for; the installation's to its operators; an export to who asked for it."""

from sqlalchemy import Select, select
from sqlmodel import col

from exchange.sheets.tables import SheetChange, SheetExport, SheetImport, SheetProblem
from kernel.access import Actor, Role, lies_under, own_party, seen_by


def imports_visible_to(actor: Actor) -> Select[SheetImport]:
    imports = select(SheetImport)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, imports)
    return seen_by(actor, imports.where(col(SheetImport.party_id) == own_party(actor)))


def problems_visible_to(actor: Actor) -> Select[SheetProblem]:
    problems = select(SheetProblem)
    under = lies_under(col(SheetProblem.import_id), imports_visible_to(actor), col(SheetImport.id))
    return seen_by(actor, problems.where(under))


def changes_visible_to(actor: Actor) -> Select[SheetChange]:
    under = lies_under(col(SheetChange.import_id), imports_visible_to(actor), col(SheetImport.id))
    return seen_by(actor, select(SheetChange).where(under))


def exports_visible_to(actor: Actor) -> Select[SheetExport]:
    exports = select(SheetExport)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, exports)
    mine = (col(SheetExport.party_id) == own_party(actor), col(SheetExport.by_user) == actor.user_id)
    return seen_by(actor, exports.where(*mine))
