"""Coming back with a code: status, and later answers and additions."""
