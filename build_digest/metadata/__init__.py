"""What lines state about an article: labels, dates, names."""
