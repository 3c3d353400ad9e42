"""Words, phrases and sentences, and the vocabulary of topics."""
