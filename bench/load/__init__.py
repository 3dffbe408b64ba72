"""`make bench-load`: how much the server takes, and what it does when things break."""
