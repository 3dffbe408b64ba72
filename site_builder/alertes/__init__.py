"""Alertes: dated local safety news that expire."""
