"""Who sees what of a firm until when, through whose eyes, and who looked."""
