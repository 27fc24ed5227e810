"""The life of a disruption notice, and of its receipt by one addressee (features.md 3.15)."""

from enum import StrEnum

from kernel.lifecycle import Lifecycle, Move


class NoticeState(StrEnum):
    DRAFT = "draft"  # nobody but the sender's firm knows of it
    OPEN = "open"  # its addressees read it; the sender keeps it up to date
    RESOLVED = "resolved"  # over, with the sender's word on it; nothing changes any more


class NoticeSide(StrEnum):
    """Who stands on which side of a notice."""

    SENDER = "sender"
    ADDRESSEE = "addressee"


class ReceiptState(StrEnum):
    """How far an addressee is with what the notice says now; an update makes it unread again."""

    UNREAD = "unread"
    READ = "read"
    ASSESSED = "assessed"  # its own firm alone knows


SENDER, ADDRESSEE = NoticeSide
DRAFT, OPEN, RESOLVED = NoticeState
UNREAD, READ, ASSESSED = ReceiptState

NOTICE_LIFE = Lifecycle(
    ("disruption notice", "中断通知"),
    #    verb                         by         while in becomes
    Move("write_disruption_notice",   SENDER,    {DRAFT}, DRAFT),
    Move("open_disruption_notice",    SENDER,    {DRAFT}, OPEN),
    Move("update_disruption_notice",  SENDER,    {OPEN},  OPEN),
    Move("resolve_disruption_notice", SENDER,    {OPEN},  RESOLVED),
    Move("forward_disruption_notice", SENDER,    {OPEN},  OPEN),
    Move("forward_disruption_notice", ADDRESSEE, {OPEN},  OPEN),
    Move("assess_disruption_notice",  ADDRESSEE, {OPEN},  OPEN),
    begins={DRAFT},
)  # fmt: skip

RECEIPT_LIFE = Lifecycle(
    ("receipt", "收阅"),
    #    verb                        by         while in                  becomes
    Move("read_disruption_notice",   ADDRESSEE, {UNREAD},                 READ),
    Move("assess_disruption_notice", ADDRESSEE, {UNREAD, READ, ASSESSED}, ASSESSED),
    begins={UNREAD},
)  # fmt: skip
