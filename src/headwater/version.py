"""The version, for whatever below the public names must say it."""

__version__ = "0.1.0"
