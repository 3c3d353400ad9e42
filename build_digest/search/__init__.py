"""The exact Chinese search: the index writer and its small browser side."""
