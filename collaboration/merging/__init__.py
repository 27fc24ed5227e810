"""Two records of one firm become one: proposed by the operator, agreed to by a second person, and never undone."""
