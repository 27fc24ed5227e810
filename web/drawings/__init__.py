"""Pure functions from figures to SVG geometry; the templates `_map.html` and `_graph.html` print it."""
