"""The editor of reading lists and authorities."""
