"""The kinds of damage that wrong encodings do to text, one module each, and the language model that judges them."""
