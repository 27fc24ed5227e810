"""The life of an account to be paid to, and of what one partner makes of it."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class AccountState(StrEnum):
    """Where an account stands at its own firm."""

    PROPOSED = "proposed"  # one person says so; no partner sees it
    CONFIRMED = "confirmed"  # a second person stands by it
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"  # another account was confirmed in its place


class CallbackState(StrEnum):
    """What one buyer makes of a confirmed account."""

    UNVERIFIED = "unverified"  # nobody has called
    VERIFIED = "verified"  # the supplier stood by it, called on a number known before
    DENIED = "denied"  # the supplier knew nothing of it


class AccountSide(StrEnum):
    """Who acts on an account."""

    OWNER = "owner"
    OPERATOR = "operator"
    PARTNER = "partner"


class PhoneSource(StrEnum):
    """From where a caller knew the number called; never from the change itself."""

    CONTRACT = "contract"
    OWN_RECORDS = "own_records"
    PUBLIC_REGISTER = "public_register"


SYSTEM = Side.SYSTEM
OWNER, OPERATOR, PARTNER = AccountSide
PROPOSED, CONFIRMED, REFUSED, WITHDRAWN, REPLACED = AccountState
UNVERIFIED, VERIFIED, DENIED = CallbackState

ACCOUNT_LIFE = Lifecycle(
    ("bank account", "收款账户"),
    #    verb                         by        while in               becomes
    Move("confirm_financial_account",  OWNER,    {PROPOSED},            CONFIRMED),
    Move("confirm_financial_account",  OPERATOR, {PROPOSED},            CONFIRMED),  # where the firm has no second person
    Move("refuse_financial_account",   OWNER,    {PROPOSED},            REFUSED),
    Move("refuse_financial_account",   OPERATOR, {PROPOSED},            REFUSED),
    Move("withdraw_financial_account", OWNER,    {PROPOSED, CONFIRMED}, WITHDRAWN),
    Move("replace_financial_account",  SYSTEM,   {CONFIRMED},           REPLACED),
    begins={PROPOSED},
)  # fmt: skip

CALLBACK_LIFE = Lifecycle(
    ("call-back", "回拨核实"),
    #    verb             by       while in                       becomes    outcome
    Move("record_callback", PARTNER, {UNVERIFIED, VERIFIED, DENIED}, VERIFIED, "verified"),
    Move("record_callback", PARTNER, {UNVERIFIED, VERIFIED, DENIED}, DENIED,   "denied"),
    begins={UNVERIFIED},
)  # fmt: skip
