"""Facts about backup sources. They stand in the history of the backup alone: that of the link its supplier reads."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class BackupSourceRecorded(Fact):
    about = {"backup_source_id": "BackupSource"}
    backup_source_id: int


@dataclass(frozen=True)
class BackupSourceChanged(Fact):
    about = {"backup_source_id": "BackupSource"}
    backup_source_id: int


@dataclass(frozen=True)
class BackupSourceQualified(Fact):
    about = {"backup_source_id": "BackupSource"}
    backup_source_id: int


@dataclass(frozen=True)
class BackupTrialBegun(Fact):
    about = {"backup_source_id": "BackupSource"}
    backup_source_id: int


@dataclass(frozen=True)
class BackupReadyConfirmed(Fact):
    about = {"backup_source_id": "BackupSource"}
    backup_source_id: int


@dataclass(frozen=True)
class BackupSourceDropped(Fact):
    about = {"backup_source_id": "BackupSource"}
    backup_source_id: int
