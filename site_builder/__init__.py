"""Content and data in, a static site out."""
