"""Chain maps: stage by prefecture, in counts that betray nobody."""
