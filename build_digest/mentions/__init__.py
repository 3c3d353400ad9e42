"""What an article mentions: documents, figures, people who speak."""
