"""Drawing is tested where the packages that draw are: on the current stack; frames where OpenCV is, films where ffmpeg is too."""

import sys

collect_ignore = ["test_motion.py", "test_pictures_of_films.py"] if sys.version_info < (3, 12) else []
