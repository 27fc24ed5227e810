"""The inbox of each person: what waits for an answer, what draws near, what happened to the things one follows."""
