"""Requests for quotation: lines and invitees, sealed quotations, their opening, comparison and award."""
