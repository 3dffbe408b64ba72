"""Adapters of the intake's ports."""
