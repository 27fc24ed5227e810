"""Disruption notices: what keeps a firm from supplying or taking, told to partners it chooses, passed on without origin."""
