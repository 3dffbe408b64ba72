"""The edge of the functions: bodies in, pages out, errors translated once."""
