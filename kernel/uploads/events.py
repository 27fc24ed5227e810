"""Facts about files on their way in."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class UploadOpened(Fact):
    about = {"upload_id": "Upload"}
    upload_id: int
    size: int
    sha256: str


@dataclass(frozen=True)
class UploadStored(Fact):
    about = {"upload_id": "Upload"}
    upload_id: int
