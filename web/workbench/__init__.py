"""The buyer's workbench, and a seller's answers to many orders."""
