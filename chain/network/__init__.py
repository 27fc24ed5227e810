"""From rows to a graph to figures: pure."""
