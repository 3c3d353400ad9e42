"""From piles of Chinese text to clean Markdown articles and a site; start at `model` and `pipeline`."""

__version__ = "0.1.0"
