"""Headwater: for every claim in a story, how many independent origins really stand behind it."""

__version__ = "0.1.0"
