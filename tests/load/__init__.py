"""Many officers at once on real engines, and faults while they are at work; then the books are checked.

`make load-test ENGINE=postgresql OFFICERS=2000 SECONDS=600 FAULTS=1`. Everything runs on this machine, on loopback or sockets of its
own, in a temporary folder: the database, Redis, a Celery worker, four web workers of Gunicorn (`servers.py`) with the blocks and the
course in them (`served.py`), and the officers (`officers.py`), who write down what was answered. `books.py` compares that with the
database afterwards. `faults.py` has what goes wrong meanwhile.
"""
