"""The preview's own pages and addresses."""
