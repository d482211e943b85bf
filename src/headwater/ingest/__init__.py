"""Files, folders, standard input, records in; articles out, each with an id of its own, furniture not yet marked.

One file per kind of input (``kinds.FORMATS``). What cannot be used becomes one ``Failure``, one line, and the rest goes
on. The same inputs in any order give the same batch. No text is rewritten: spans count in the text as it was decoded.
"""

from headwater.ingest.gather import completed, each, gather, order, read_file, unique
from headwater.ingest.kinds import FORMATS
from headwater.ingest.walk import listing

__all__ = ["FORMATS", "completed", "each", "gather", "listing", "order", "read_file", "unique"]
