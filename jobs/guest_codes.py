"""The code a guest asked for is mailed to the address its link was opened for."""

from collaboration.guests.decisions import CODE_MINUTES
from collaboration.guests.reads import is_by_mail
from collaboration.guests.verbs import awaiting_code, expect_code
from kernel import mail, signing
from kernel.work import unit_of_work

NAME = "mail_guest_code"


def mail_guest_code(event_id: int) -> None:
    """Mail the code of this fact, then expect it. The code follows from the fact, so that a second run mails the same.

    No transaction is open while a mail server is talked to; a mail that cannot leave raises, and the job is tried again.
    """
    with unit_of_work(writes=False) as work:
        event = work.unclaimed(event_id, by=NAME)
        link = awaiting_code(work, event.facts["link_id"]) if event else None
    code = signing.digits("guest code", str(event_id))
    mailed = link is not None and is_by_mail(link)
    if mailed and link is not None:
        mail.send(to=link.contact, subject=f"验证码 {code} · chainmaster code", text=_text(code))
    with unit_of_work() as work:
        event = work.claim(event_id, by=NAME)
        waiting = awaiting_code(work, event.facts["link_id"], lock=True) if event and mailed else None
        if waiting is not None:
            expect_code(work, waiting, code)


def _text(code: str) -> str:
    return (
        f"您的验证码：{code}，{CODE_MINUTES} 分钟内有效。请勿告诉他人。\n\n"
        f"Your code: {code}, good for {CODE_MINUTES} minutes. Tell it to nobody.\n"
    )
