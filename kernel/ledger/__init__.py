"""Who of which firm read or exported what of another's, under which grant: the access ledger (decision 0019)."""
