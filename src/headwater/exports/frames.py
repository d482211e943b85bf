"""The tables as data frames of pandas or polars, one call each; both packages are the caller's own."""

from typing import TYPE_CHECKING

from headwater.errors import MissingExtra
from headwater.exports.parquet import arrow_tables
from headwater.model import Trace

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


def pandas_frames(trace: Trace) -> "dict[str, pd.DataFrame]":
    """The tables by name as pandas frames; columns keep their types (``pandas.ArrowDtype``), unknown is ``<NA>``.

    Raises:
        MissingExtra: pandas or pyarrow is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtra("pandas frames need pandas: pip install 'headwater[tables]' pandas") from error
    return {name: table.to_pandas(types_mapper=pandas.ArrowDtype) for name, table in arrow_tables(trace).items()}


def polars_frames(trace: Trace) -> "dict[str, pl.DataFrame]":
    """The tables by name as polars frames; spans are structs in lists, unknown is null.

    Raises:
        MissingExtra: polars or pyarrow is not installed.
    """
    try:
        import polars
    except ImportError as error:
        raise MissingExtra("polars frames need polars: pip install 'headwater[tables]' polars") from error
    return {name: polars.DataFrame(table) for name, table in arrow_tables(trace).items()}
