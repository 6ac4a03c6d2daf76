"""What every Studio editor uses: the form, its values, its requests."""
