"""How essential an input is: by the stages of a chain as its operator sets it, and by a buyer for a link of its own (decision 0027)."""
