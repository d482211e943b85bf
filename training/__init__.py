"""Makes the weights of Headwater's reader again: ``python -m training --help``."""
