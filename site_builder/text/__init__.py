"""Markdown texts of every kind: contacts by key, links that lead somewhere, words allowed."""
