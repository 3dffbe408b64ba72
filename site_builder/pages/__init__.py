"""The pages that are neither a guide, a station, a question, a form nor an alerte."""
