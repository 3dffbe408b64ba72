"""The arnaque: an anonymous report of a scam, with clues and a code to come back."""
