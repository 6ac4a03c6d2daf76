"""Is this installation fit to run? Each check gives findings: what is so, and how to mend what is not as it should be.

`cheap` has the checks that cost nothing: they are Django's system checks, too. The others ask the database, the storage, a
worker, and WeasyPrint.
"""
