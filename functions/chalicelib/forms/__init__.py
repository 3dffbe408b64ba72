"""Forms from one source of rules (pydantic models) and one source of words (content)."""
