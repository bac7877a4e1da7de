"""Charts as SVG, drawn from the cells of a table: readable without colour and without scripts, and printable."""
