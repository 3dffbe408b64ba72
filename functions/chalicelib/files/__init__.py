"""Files that people add: what is let in, and in which shape."""
