"""The orienteur: a few questions that end on one answer, as static pages and links."""
