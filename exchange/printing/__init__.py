"""Documents of trade as PDF: to print, sign and file. Start at ``orders.py``; ``sheet.py`` lays out any of them."""
