"""The archive: articles, what was read in them, stories with their traces, people's decisions; one SQLite file.

Functions of the modules here take an open ``Archive``; readers see whole transactions and never wait for a writer.
Nothing here reads or traces: ``headwater.adding`` puts articles in and traces what they touch.
"""

from headwater.archive.store import Archive

__all__ = ["Archive"]
