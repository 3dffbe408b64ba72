"""The intake itself: pure algorithms, no web framework and no database."""
