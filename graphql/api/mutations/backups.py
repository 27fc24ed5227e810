"""Record a backup source for a link of one's own, change it, lead it from candidate to ready, drop it."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, maybe_number, needed, number, optional
from api.scalars import Text
from api.types.backups import BackupSource
from api.types.fields import maybe
from chain.backups import reads, verbs
from chain.backups.decisions import Figures

_SHARE = "Share of the need it can carry, over 0 to 10; 1: all of it."


class RecordBackupSourceInput(graphene.InputObjectType):
    """Of which link, who, and what lies before it. A part nobody has told is left out."""

    link_id = needed(graphene.ID, "A supply link by which your firm buys.")
    firm_id = optional(graphene.ID, "A firm you deal with; or else a working name.")
    working_name = optional(Text, "What you call it, at most 120 characters.")
    share = needed(graphene.Float, _SHARE)
    ramp_days = optional(graphene.Int, "Days from its first delivery until it carries that, 0 to 365; 0 unless said.")
    fit_days = optional(graphene.Int, "Days until it is clear that it fits, 0 to 3650.")
    qualification_days = optional(graphene.Int, "Days to qualify it.")
    trial_days = optional(graphene.Int, "Days of trial.")
    spare_days = optional(graphene.Int, "Days until it has capacity to spare.")
    tooling_days = optional(graphene.Int, "Days until tools are made.")


class ChangeBackupSourceInput(graphene.InputObjectType):
    """The figures anew, all of them: a part left out is one nobody has told."""

    backup_source_id = needed(graphene.ID, "The source.")
    expected_version = needed(graphene.Int, "The version you change.")
    firm_id = optional(graphene.ID, "Who it is, where it had a working name only.")
    working_name = optional(Text, "What you call it, at most 120 characters.")
    share = needed(graphene.Float, _SHARE)
    ramp_days = optional(graphene.Int, "Days from its first delivery until it carries that; 0 unless said.")
    fit_days = optional(graphene.Int, "Days until it is clear that it fits.")
    qualification_days = optional(graphene.Int, "Days to qualify it.")
    trial_days = optional(graphene.Int, "Days of trial that are left.")
    spare_days = optional(graphene.Int, "Days until it has capacity to spare.")
    tooling_days = optional(graphene.Int, "Days until tools are made.")


class BackupSourceStepInput(graphene.InputObjectType):
    """Which source."""

    backup_source_id = needed(graphene.ID, "The source.")
    expected_version = needed(graphene.Int, "The version you act on.")


def _figures(input: Any) -> Figures:
    return Figures(
        share=input["share"], fit_days=given(input, "fit_days"), qualification_days=given(input, "qualification_days"),
        trial_days=given(input, "trial_days"), spare_days=given(input, "spare_days"),
        tooling_days=given(input, "tooling_days"), ramp_days=given(input, "ramp_days", 0),
    )  # fmt: skip


def _named(input: Any) -> dict[str, Any]:
    return {"firm_id": maybe_number("Firm", input, "firm_id"), "working_name": given(input, "working_name", "")}


def _step(input: Any) -> dict[str, Any]:
    source_id = number("BackupSource", input, "backup_source_id")
    return {"backup_source_id": source_id, "expected_version": input["expected_version"]}


def _after(work: Any, actor: Any, source: Any) -> dict[str, Any]:
    return {"backup_source": reads.backup_source(work, actor, source.id)}


class RecordBackupSource(Mutation):
    """Note a further source for a link by which your firm buys; nobody outside your firm learns of it. Needs the role BUYER, PLANNER, QUALITY or LEAD."""

    class Arguments:
        input = input_argument(RecordBackupSourceInput)

    backup_source = maybe(BackupSource, "The source.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link_id = number("SupplyLink", input, "link_id")
        made = verbs.record_backup_source(work, actor, _figures(input), link_id=link_id, **_named(input))
        return _after(work, actor, made)


class ChangeBackupSource(Mutation):
    """State a source's figures anew. Needs the role BUYER, PLANNER, QUALITY or LEAD."""

    class Arguments:
        input = input_argument(ChangeBackupSourceInput)

    backup_source = maybe(BackupSource, "The source after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return _after(
            work, actor, verbs.change_backup_source(work, actor, _figures(input), **_step(input), **_named(input))
        )


class QualifyBackupSource(Mutation):
    """It is an approved supplier of yours in the category of the item. Needs the role QUALITY or LEAD."""

    class Arguments:
        input = input_argument(BackupSourceStepInput)

    backup_source = maybe(BackupSource, "The source after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return _after(work, actor, verbs.qualify_backup_source(work, actor, **_step(input)))


class BeginBackupTrial(Mutation):
    """It makes trial lots now. Needs the role BUYER, PLANNER, QUALITY or LEAD."""

    class Arguments:
        input = input_argument(BackupSourceStepInput)

    backup_source = maybe(BackupSource, "The source after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return _after(work, actor, verbs.begin_backup_trial(work, actor, **_step(input)))


class ConfirmBackupReady(Mutation):
    """The trial went well, tools and capacity are there. Needs the role BUYER, PLANNER, QUALITY or LEAD."""

    class Arguments:
        input = input_argument(BackupSourceStepInput)

    backup_source = maybe(BackupSource, "The source after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return _after(work, actor, verbs.confirm_backup_ready(work, actor, **_step(input)))


class DropBackupSource(Mutation):
    """It counts no more. Needs the role BUYER, PLANNER, QUALITY or LEAD."""

    class Arguments:
        input = input_argument(BackupSourceStepInput)

    backup_source = maybe(BackupSource, "The source after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return _after(work, actor, verbs.drop_backup_source(work, actor, **_step(input)))


class BackupActs:
    """Backup sources."""

    record_backup_source = RecordBackupSource.Field(description=RecordBackupSource.__doc__)
    change_backup_source = ChangeBackupSource.Field(description=ChangeBackupSource.__doc__)
    qualify_backup_source = QualifyBackupSource.Field(description=QualifyBackupSource.__doc__)
    begin_backup_trial = BeginBackupTrial.Field(description=BeginBackupTrial.__doc__)
    confirm_backup_ready = ConfirmBackupReady.Field(description=ConfirmBackupReady.__doc__)
    drop_backup_source = DropBackupSource.Field(description=DropBackupSource.__doc__)
