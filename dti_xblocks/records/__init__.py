"""The Django app of what learners did: models, access, jobs, and the doors the platform knows (urls, tasks, admin, commands)."""
