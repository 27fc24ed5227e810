"""The life of an invoice (features.md 3.12; Peppol Invoice Response, UNCL 4343 subset): forward only, steps may be skipped."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class InvoiceState(StrEnum):
    """Where an invoice stands; the last seven are what its buyer last said of it."""

    DRAFT = "draft"  # known to its seller's firm alone
    SUBMITTED = "submitted"  # the buyer owes a first answer
    ACKNOWLEDGED = "acknowledged"  # AB
    IN_PROCESS = "in_process"  # IP
    UNDER_QUERY = "under_query"  # UQ: the seller owes words
    CONDITIONALLY_ACCEPTED = "conditionally_accepted"  # CA
    REJECTED = "rejected"  # RE, final
    ACCEPTED = "accepted"  # AP: to be paid
    PART_PAID = "part_paid"  # PD with reason PPD
    PAID = "paid"  # PD, final


BUYER, SELLER, SYSTEM = Side
I = InvoiceState  # noqa: E741 - one letter keeps the table readable
WAITING = {I.SUBMITTED, I.ACKNOWLEDGED, I.IN_PROCESS, I.UNDER_QUERY, I.CONDITIONALLY_ACCEPTED}
"""Neither accepted nor rejected: the match is judged anew while an invoice stands here."""
APPROVED = {I.ACCEPTED, I.PART_PAID, I.PAID}
"""What it was accepted by stays as it was."""

INVOICE_LIFE = Lifecycle(
    ("invoice", "发票"),
    #    verb                  by      while in                                                          becomes        outcome
    Move("draft_invoice",      SELLER, {I.DRAFT},                                                        I.DRAFT),
    Move("discard_invoice",    SELLER, {I.DRAFT},                                                        I.DRAFT),  # and is no more
    Move("submit_invoice",     SELLER, {I.DRAFT},                                                        I.SUBMITTED),
    Move("respond_to_invoice", BUYER,  {I.SUBMITTED},                                                    I.ACKNOWLEDGED, "acknowledged"),
    Move("respond_to_invoice", BUYER,  {I.SUBMITTED, I.ACKNOWLEDGED},                                    I.IN_PROCESS,  "in_process"),
    Move("respond_to_invoice", BUYER,  {I.SUBMITTED, I.ACKNOWLEDGED, I.IN_PROCESS, I.UNDER_QUERY},       I.UNDER_QUERY, "under_query"),
    Move("respond_to_invoice", BUYER,  {I.SUBMITTED, I.ACKNOWLEDGED, I.IN_PROCESS, I.UNDER_QUERY},       I.CONDITIONALLY_ACCEPTED, "conditionally_accepted"),
    Move("respond_to_invoice", BUYER,  WAITING,                                                          I.REJECTED,    "rejected"),
    Move("respond_to_invoice", BUYER,  WAITING,                                                          I.ACCEPTED,    "accepted"),
    Move("respond_to_invoice", BUYER,  {I.ACCEPTED, I.PART_PAID},                                        I.PART_PAID,   "part_paid"),
    Move("respond_to_invoice", BUYER,  {I.ACCEPTED, I.PART_PAID},                                        I.PAID,        "paid"),
    Move("answer_invoice_query", SELLER, {I.UNDER_QUERY},                                                I.UNDER_QUERY),
    # What follows leaves an invoice where it stands; the rows say while it may be done.
    *(Move("release_invoice",    BUYER,  {state}, state) for state in InvoiceState if state in WAITING),
    *(Move("approve_release",    BUYER,  {state}, state) for state in InvoiceState if state in WAITING),
    *(Move("issue_credit_note",  SELLER, {state}, state) for state in InvoiceState if state in WAITING | APPROVED),
    begins={I.DRAFT},
)  # fmt: skip
