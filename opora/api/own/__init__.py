"""Nouns that are ours and not the Support API's, under `/api/v1/`, in the same conventions."""
