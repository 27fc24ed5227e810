"""Facts about disruption notices: what is told of one is what every addressee may know; the rest has no history."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class DisruptionNoticeWritten(Fact):
    """Of a draft, so of nothing anybody else knows; a forwarded one is written like any other."""

    notice_id: int


@dataclass(frozen=True)
class DisruptionNoticeOpened(Fact):
    about = {"notice_id": "DisruptionNotice"}
    notice_id: int


@dataclass(frozen=True)
class DisruptionNoticeUpdated(Fact):
    about = {"notice_id": "DisruptionNotice"}
    notice_id: int


@dataclass(frozen=True)
class DisruptionNoticeResolved(Fact):
    about = {"notice_id": "DisruptionNotice"}
    notice_id: int


@dataclass(frozen=True)
class DisruptionNoticeForwarded(Fact):
    """The forwarder's own: in the history of neither notice."""

    notice_id: int
    forwards_id: int


@dataclass(frozen=True)
class DisruptionNoticeRead(Fact):
    """One addressee's: other addressees would read it in the notice's history."""

    notice_id: int


@dataclass(frozen=True)
class DisruptionNoticeAssessed(Fact):
    """One addressee's own."""

    notice_id: int


@dataclass(frozen=True)
class DataRequestTied(Fact):
    about = {"request_id": "DataRequest"}
    request_id: int
    notice_id: int
