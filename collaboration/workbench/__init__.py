"""The buyer's workbench: lines that wait, deviate, slip or fall due, first what is due first."""
