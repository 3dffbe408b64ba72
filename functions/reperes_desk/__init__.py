"""`reperes-desk`: agents read what was sealed, on their own machine. Never deployed."""
