"""`reperes-server`: the built site and the functions in one process. Never deployed on AWS."""
