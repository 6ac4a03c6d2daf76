"""The questions of a course as items of a test: what each measures, and whether the test can be passed by form alone."""
