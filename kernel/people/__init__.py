"""The people of a firm: who manages them, which duties they hold, which steps two of them take."""
