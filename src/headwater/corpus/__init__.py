"""Corpora of any size: articles read, compared, grouped and traced in shards and windows, by whatever engine.

What is written is written shard by shard, each whole or absent; a run that was cut off, at any moment, goes on where
it was and leaves the same bytes. One article that cannot be worked on costs that article, named with its reason.
The commands are functions of ``run`` and ``traced``; nothing heavy is imported before.
"""
