"""Stations: every commissariat and brigade that receives the public."""
