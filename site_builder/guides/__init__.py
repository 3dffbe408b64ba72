"""Procedure guides: what to do, step by step, for one situation."""
