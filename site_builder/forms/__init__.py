"""The pages of the forms: gates, empty forms, follow-up; words checked against the rules."""
