"""Many firms or sites at once: what the verbs do one by one, with the same rules, facts and trail, in few statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from chain.firms.decisions import checked_code, checked_prefecture, checked_text
from chain.firms.events import FirmChanged, FirmRegistered, SiteAdded, SiteChanged
from chain.firms.tables import Firm, FirmRole, FirmStanding, Site
from chain.firms.verbs import KEEPERS
from kernel.access import Actor, Role, require
from kernel.bulk import change_as_read
from kernel.work import UnitOfWork


@dataclass(frozen=True)
class FirmRecord:
    """A firm's record as it shall be."""

    name: str
    role: FirmRole
    prefecture: str
    name_en: str = ""
    makes: str = ""


@dataclass(frozen=True)
class SiteRecord:
    """A site as it shall be."""

    name: str
    prefecture: str
    address: str = ""


@dataclass(frozen=True)
class Change:
    """``version``: as it was read; ``fields``: names of what is different."""

    number: int
    version: int
    fields: tuple[str, ...]


def check_firm(record: FirmRecord) -> None:
    """Raises Invalid naming the field."""
    checked_text("name", record.name, most=120)
    checked_prefecture(record.prefecture)
    checked_text("nameEn", record.name_en, most=120, least=0)
    checked_text("makes", record.makes, most=400, least=0)


def check_site(code: str, record: SiteRecord) -> None:
    """Raises Invalid naming the field."""
    checked_text("code", code, most=40)
    checked_text("name", record.name, most=80)
    checked_prefecture(record.prefecture)
    checked_text("address", record.address, most=200, least=0)


def register_firms(work: UnitOfWork, actor: Actor, firms: Sequence[tuple[str, FirmRecord]]) -> None:
    """(credit code, record) of each. That nobody has the codes is for the caller to have looked up; the table refuses."""
    require(actor, Role.OPERATOR, Role.SYSTEM)
    for _, record in firms:
        check_firm(record)
    rows = [
        {
            "name": record.name, "code": checked_code(code), "role": record.role, "prefecture": record.prefecture,
            "registered_at": work.now, "name_en": record.name_en, "makes": record.makes,
            "standing": FirmStanding.CONFIRMED, "version": 1,
        }
        for code, record in firms
    ]  # fmt: skip
    work.record_many([FirmRegistered(firm_id=number) for number in work.add_many(Firm, rows)])


def change_firms(work: UnitOfWork, actor: Actor, changes: Sequence[tuple[Change, FirmRecord]]) -> None:
    """The operator mends records. Raises Stale where one is not as it was read, or no longer confirmed."""
    require(actor, Role.OPERATOR)
    for _, record in changes:
        check_firm(record)
    rows = [
        {
            "id": change.number, "name": record.name, "prefecture": record.prefecture, "name_en": record.name_en,
            "makes": record.makes, "version": change.version,
        }
        for change, record in changes
    ]  # fmt: skip
    change_as_read(work, Firm, rows, standing=FirmStanding.CONFIRMED)
    work.record_many([FirmChanged(firm_id=c.number, version=c.version + 1, fields=c.fields) for c, _ in changes])


def add_sites(work: UnitOfWork, actor: Actor, firm_id: int, sites: Sequence[tuple[str, SiteRecord]]) -> None:
    """(code, site) of each, at one firm the actor keeps. That the codes are new is for the caller to have looked up."""
    require(actor, *KEEPERS)
    for code, record in sites:
        check_site(code, record)
    rows = [
        {
            "firm_id": firm_id, "code": code, "name": record.name, "prefecture": record.prefecture,
            "address": record.address, "version": 1,
        }
        for code, record in sites
    ]  # fmt: skip
    work.record_many([SiteAdded(site_id=number) for number in work.add_many(Site, rows)])


def change_sites(work: UnitOfWork, actor: Actor, changes: Sequence[tuple[Change, SiteRecord]]) -> None:
    """A firm mends its own sites. Raises Stale where one is not as it was read, or closed."""
    require(actor, *KEEPERS)
    for _, record in changes:
        check_site("-", record)
    rows = [
        {
            "id": change.number, "name": record.name, "prefecture": record.prefecture, "address": record.address,
            "version": change.version,
        }
        for change, record in changes
    ]  # fmt: skip
    change_as_read(work, Site, rows, firm_id=actor.party_id, closed_on=None)
    work.record_many([SiteChanged(site_id=c.number, version=c.version + 1) for c, _ in changes])
