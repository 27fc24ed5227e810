"""View as: a firm looks at itself through a partner's or the officials' eyes (decision 0019)."""
