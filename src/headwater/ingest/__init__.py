"""Paths, folders, standard input, .jsonl lines and HTML pages in; articles out, each with an id of its own.

One file per kind of input. What cannot be used becomes one ``Failure``, one line, and the rest goes on. The same inputs
in any order give the same batch. No text is rewritten: spans count in the file as it was decoded.
"""

from headwater.ingest.gather import gather

__all__ = ["gather"]
