"""Facts about data requests: only what both ends may know, so neither end's name is in them."""

from dataclasses import dataclass
from datetime import date

from kernel.events import Fact


@dataclass(frozen=True)
class DataRequestSent(Fact):
    about = {"request_id": "DataRequest"}
    request_id: int
    kinds: tuple[str, ...]
    until: date


@dataclass(frozen=True)
class DataRequestApproved(Fact):
    about = {"request_id": "DataRequest"}
    request_id: int
    kinds: tuple[str, ...]
    until: date


@dataclass(frozen=True)
class DataRequestRefused(Fact):
    about = {"request_id": "DataRequest"}
    request_id: int


@dataclass(frozen=True)
class DataRequestTerminated(Fact):
    about = {"request_id": "DataRequest"}
    request_id: int
    side: str


@dataclass(frozen=True)
class DataRequestExpired(Fact):
    about = {"request_id": "DataRequest"}
    request_id: int
