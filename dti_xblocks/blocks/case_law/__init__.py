"""The reading list at work: reading, notes and highlights, packets, and what this site has to read."""
