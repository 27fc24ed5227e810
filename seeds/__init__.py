"""One believable chain and its year of events, shared by demo, scenario and browser tests. All fictional."""
