"""What a firm does about sharing: agree on terms, grant and revoke access, state a figure, allocate one to a partner."""

from chain.sharing.figures import allocate_figure, state_figure, withdraw_allocation
from chain.sharing.granting import give, grant_access, revoke_access
from chain.sharing.terms import accept_terms, decline_terms, propose_terms, require_terms, withdraw_terms

__all__ = [
    "accept_terms",
    "allocate_figure",
    "decline_terms",
    "give",
    "grant_access",
    "propose_terms",
    "require_terms",
    "revoke_access",
    "state_figure",
    "withdraw_allocation",
    "withdraw_terms",
]
