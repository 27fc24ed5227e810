"""What people ask about files on their way in."""

from sqlmodel import col

from kernel.access import Actor
from kernel.uploads.tables import Upload
from kernel.uploads.visibility import uploads_visible_to
from kernel.work import UnitOfWork


def upload(work: UnitOfWork, actor: Actor, upload_id: int) -> Upload:
    return work.one(uploads_visible_to(actor).where(col(Upload.id) == upload_id))
