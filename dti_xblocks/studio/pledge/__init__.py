"""The editor of pledges."""
