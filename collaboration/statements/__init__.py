"""Statements of a period: what two firms agree was accepted and credited, before it is invoiced (对账)."""
