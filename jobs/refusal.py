"""How a command says no."""


class Refusal(Exception):
    """One sentence for the person at the terminal; the command ends with 2 and changes nothing."""
