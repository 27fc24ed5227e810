"""Statements of a period: the list, one with its lines, disputes and answers, its invoice."""
