"""« Effacer mes traces »: what this site left in a browser is erased by the browser itself."""
