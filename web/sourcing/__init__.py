"""Pages of requisitions, requests for quotation and quotations."""
