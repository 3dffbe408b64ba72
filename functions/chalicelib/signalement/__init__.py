"""The signalement: an anonymous report, with a code to come back."""
