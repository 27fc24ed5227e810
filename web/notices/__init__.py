"""Disruption notices: sent, received, assessed, passed on."""
