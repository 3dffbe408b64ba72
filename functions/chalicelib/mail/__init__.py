"""E-mails that Repères sends: one port, one adapter. What is sent never says what it is about."""
