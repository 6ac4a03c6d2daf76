"""What people read, mark and take along from the case-law library."""
