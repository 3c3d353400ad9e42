"""Taking a compilation apart: contents lists, titles, separators, and how well a proposal fits."""
