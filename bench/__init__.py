"""Figures that we promise, each measured by a command anyone can run."""
