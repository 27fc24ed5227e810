"""Answering one order by a signed link: the guest's way in, and the buyer's page of links."""
