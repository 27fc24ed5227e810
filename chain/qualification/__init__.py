"""Whom a buyer has qualified for what, on which certificates, until when."""
