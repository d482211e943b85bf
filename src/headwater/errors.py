"""The errors a user can meet, one tree.

HeadwaterError
├── InputError      the caller's file or option cannot be used
│   └── NoTextError   the input holds no article text
├── MissingExtra    an optional package is not installed
├── ModelError      a reader's weights or labels do not fit
└── StoreError      an archive cannot be opened, or is of a newer version

Every message is one line: what, where, and what to do.
"""


class HeadwaterError(Exception):
    """Anything Headwater refuses to do, said in one line a user understands."""


class InputError(HeadwaterError):
    """The caller's file, folder or option cannot be used."""


class NoTextError(InputError):
    """The input could be opened but holds no article text."""


class MissingExtra(HeadwaterError):
    """An optional package is not installed; the message names the pip command."""


class ModelError(HeadwaterError):
    """A reader's weights, labels or name do not fit this version."""


class StoreError(HeadwaterError):
    """An archive cannot be opened or written, is damaged, or is of a newer version."""
