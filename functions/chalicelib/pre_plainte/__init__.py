"""The pré-plainte: an identified declaration that prepares the appointment."""
