"""Who can read what is sent."""
