"""Characters, lines and typography of Chinese text."""
