"""Any number of inputs into a folder of articles, cleaned, as lines of JSON: ``headwater ingest``.

Inputs are taken in order of path, a fixed number to a file, each file written whole or not at all. A run that was cut
off goes on with the file it was at, and the folder is the same, byte for byte, as if it had not been. Parsers run in
processes of their own with a bound on time and memory: one input cannot end the run.
"""

from headwater.taking.run import Progress, Taken, take

__all__ = ["Progress", "Taken", "take"]
