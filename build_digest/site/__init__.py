"""The pages: addresses, edits, lists, digests, feeds, and the one place that knows Markdown."""
