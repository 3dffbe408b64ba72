"""Everything that only MkDocs or Pelican understands: a move elsewhere starts here."""
