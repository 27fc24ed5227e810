"""Invoices: the list, one with its match and what may be done to it, writing one, how a buyer matches."""
