"""Note that somebody is being given what is another firm's."""

from kernel.access import Actor, Role
from kernel.ledger.keeping import Reading
from kernel.work import UnitOfWork


def note(
    work: UnitOfWork, *, owner_id: int, viewer: Actor, what: str, subject: tuple[str, int] | None,
    grant: tuple[str, int] | None, export: bool = False, rows: int = 1, named: bool = True,
) -> None:  # fmt: skip
    """Collect one reading on the unit of work; the ledger has it before the answer leaves, or no answer leaves.

    what: a stable code the page turns into words, such as ``disclosed_links``. subject and grant: (kind, row number).
    named: whether the owner may know who; else it is told neither firm nor duty. One's own secrets, what the system's own jobs read,
    and what a firm looks at through another's eyes, are no reading.
    """
    if viewer.party_id == owner_id or viewer.has(Role.SYSTEM) or viewer.of_firm is not None:
        return
    reading = Reading(
        owner_id=owner_id, viewer_id=viewer.party_id if named else None, viewer_user=viewer.user_id,
        viewer_roles=" ".join(sorted(viewer.roles)) if named else "", what=what,
        subject_kind=subject[0] if subject else None, subject_id=subject[1] if subject else None,
        grant_kind=grant[0] if grant else None, grant_id=grant[1] if grant else None, exported=export,
    )  # fmt: skip
    work.readings[reading] = max(rows, work.readings.get(reading, 0))
