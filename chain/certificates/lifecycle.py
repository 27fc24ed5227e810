"""The lives of a certificate, of its file, and of a buyer's request for one."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class CertificateState(StrEnum):
    """Whether the supplier still stands by a certificate; whether it has run out is a matter of its days."""

    HELD = "held"
    WITHDRAWN = "withdrawn"  # by its issuer or its holder, before its day


class FileState(StrEnum):
    """What the checks say of the scanned certificate."""

    CHECKING = "checking"
    CLEAN = "clean"  # may be opened by those it is shown to
    UNFIT = "unfit"  # damaged, hostile or no such file; hand in another


class RequestState(StrEnum):
    """What became of a buyer's request for a certificate."""

    ASKED = "asked"
    ANSWERED = "answered"  # one was shown
    REFUSED = "refused"


BUYER, SELLER, SYSTEM = Side
HELD, WITHDRAWN = CertificateState
CHECKING, CLEAN, UNFIT = FileState
ASKED, ANSWERED, REFUSED = RequestState

CERTIFICATE_LIFE = Lifecycle(
    ("certificate", "证书"),
    #    verb                   by      while in           becomes
    Move("renew_certificate",    SELLER, {HELD},            HELD),
    Move("show_certificate",     SELLER, {HELD},            HELD),
    Move("hide_certificate",     SELLER, {HELD},            HELD),
    Move("withdraw_certificate", SELLER, {HELD},            WITHDRAWN),
    Move("verify_certificate",   BUYER,  {HELD},            HELD),
    begins={HELD},
)  # fmt: skip

FILE_LIFE = Lifecycle(
    ("certificate file", "证书文件"),
    Move("finish_certificate_check", SYSTEM, {CHECKING}, CLEAN, "clean"),
    Move("finish_certificate_check", SYSTEM, {CHECKING}, UNFIT, "unfit"),
    begins={CHECKING},
)

REQUEST_LIFE = Lifecycle(
    ("certificate request", "证书索取"),
    Move("show_certificate", SELLER, {ASKED, REFUSED}, ANSWERED),
    Move("refuse_certificate_request", SELLER, {ASKED}, REFUSED),
    begins={ASKED},
)
