"""How long a MB of CSV takes to read: polars or duckdb.

    read_csv.py polars|duckdb rows.csv THREADS
"""
import os
import sys

engine, path, threads = sys.argv[1:]
# Polars takes it when it is imported.
os.environ["POLARS_MAX_THREADS"] = threads

from telling import tell  # noqa: E402

if engine == "polars":
    import polars

    read = lambda: polars.read_csv(path)
else:
    import duckdb

    connection = duckdb.connect(config={"threads": int(threads)})
    read = lambda: connection.execute("CREATE OR REPLACE TEMP TABLE rows AS FROM read_csv(?)", [path])
tell(read, seconds=2, amount=os.path.getsize(path) / 1e6)
