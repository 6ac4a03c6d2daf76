"""What an update changes in a course, and which of it meets changes that its staff have made: `dti-course diff`."""
