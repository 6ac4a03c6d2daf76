"""What reports of a scenario show, worked out from values."""
