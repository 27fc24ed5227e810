"""Say one's own name to a viewer who knows one by an alias, and take it back."""

from datetime import date, timedelta

from sqlmodel import col

from chain.aliases.events import IdentityConcealed, IdentityRevealed
from chain.aliases.tables import IdentityReveal
from chain.aliases.visibility import reveals_visible_to
from chain.firms.verbs import partner
from kernel.access import Actor, Role, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.work import UnitOfWork

LONGEST = timedelta(days=366)
OVER = Rule("reveal.taken_back", "本单位重新公开名称", "your firm, by saying its name again")


def reveal_identity(work: UnitOfWork, actor: Actor, *, viewer_id: int, until: date) -> IdentityReveal:
    """Let a partner read one's name wherever it sees one's firm under an alias, until a day.

    The same is answered whether it does see such a link: that is for the firm to say which disclosed it. To reveal
    oneself to somebody unknown one approves its data request. Raises NotFound, NotAllowedNow, Invalid("until").
    """
    require(actor, Role.SALES, Role.LEAD)
    if viewer_id == actor.party_id:
        raise Invalid("viewerId", "a firm knows its own name", "无需向本单位公开名称")
    partner(work, actor, viewer_id, field="viewerId")
    return _reveal(work, actor, viewer_id, until, request_id=None, named=True)


def reveal_by_request(
    work: UnitOfWork, actor: Actor, *, viewer_id: int, until: date, request_id: int, named: bool
) -> IdentityReveal:
    """The name as the answer to a data request, for whoever asked, known or not."""
    return _reveal(work, actor, viewer_id, until, request_id=request_id, named=named)


def _reveal(
    work: UnitOfWork, actor: Actor, viewer_id: int, until: date, *, request_id: int | None, named: bool
) -> IdentityReveal:
    today = today_of(work.now)
    if not today <= until <= today + LONGEST:
        raise Invalid("until", "the last day is today or later, and within a year", "截止日期须为今天起一年之内")
    assert actor.party_id is not None
    made = work.add(
        IdentityReveal(
            firm_id=actor.party_id, viewer_id=viewer_id, viewer_named=named, request_id=request_id, until=until,
            revealed_at=work.now,
        )
    )  # fmt: skip
    assert made.id is not None
    work.record(IdentityRevealed(reveal_id=made.id, until=until))
    return made


def conceal_identity(work: UnitOfWork, actor: Actor, *, reveal_id: int) -> IdentityReveal:
    """Take one's name back; the viewer's next request reads the alias again. Raises NotFound, NotAllowedNow."""
    require(actor, Role.SALES, Role.LEAD)
    given = work.one(
        reveals_visible_to(actor).where(col(IdentityReveal.id) == reveal_id), lock=True, field="identityRevealId"
    )
    if given.concealed_at is not None:
        raise NotAllowedNow("the name is taken back already", "该名称公开已收回", rule=OVER)
    return conceal(work, given)


def conceal(work: UnitOfWork, given: IdentityReveal) -> IdentityReveal:
    given.concealed_at = work.now
    assert given.id is not None
    work.record(IdentityConcealed(reveal_id=given.id))
    return given


def conceal_of_request(work: UnitOfWork, actor: Actor, request_id: int) -> None:
    """What a request was told is over with it. actor: the firm whose name it is."""
    for given in work.all(
        reveals_visible_to(actor).where(
            col(IdentityReveal.request_id) == request_id, col(IdentityReveal.concealed_at).is_(None)
        ),
        lock=True,
    ):
        conceal(work, given)
