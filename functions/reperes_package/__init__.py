"""`make package`: what AWS receives, assembled around Chalice. Never deployed itself."""
