"""A backup source is known to its buyer's people, and to nobody else: neither who is replaced, nor who replaces."""

from sqlalchemy import Select, select
from sqlmodel import col

from chain.backups.tables import BackupSource
from kernel.access import Actor, seen_by


def backup_sources_visible_to(actor: Actor) -> Select[BackupSource]:
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, select(BackupSource).where(col(BackupSource.buyer_id) == party))
