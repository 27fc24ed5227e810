"""The chain map: for officials in counts that betray nobody, for a firm with the firms and links it may know."""
