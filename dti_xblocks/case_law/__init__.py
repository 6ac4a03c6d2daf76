"""The case-law library: authorities as data, their citations, search, and the sets of them that authors place in a course."""
