"""The tables as Parquet files, one a table, with lists as lists and spans as pairs of numbers; and as Arrow tables."""

import io
from typing import TYPE_CHECKING, Any

from headwater.errors import MissingExtra
from headwater.exports.tables import Kind, Table, tables_of
from headwater.model import Trace

if TYPE_CHECKING:
    import pyarrow


def to_parquet(trace: Trace) -> dict[str, bytes]:
    """The tables by file name (``claims.parquet`` …), compressed by zstd.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    made = arrow_tables(trace)
    import pyarrow.parquet

    out = {}
    for name, table in made.items():
        file = io.BytesIO()
        pyarrow.parquet.write_table(table, file, compression="zstd")
        out[f"{name}.parquet"] = file.getvalue()
    return out


def arrow_tables(trace: Trace) -> dict[str, "pyarrow.Table"]:
    """The tables by name as Arrow tables; flags, counts and lists keep their types, what is unknown is null.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtra("Parquet and frames need pyarrow: pip install 'headwater[tables]'") from error
    return {table.name: _arrow(pyarrow, table) for table in tables_of(trace)}


def _arrow(pa: Any, table: Table) -> "pyarrow.Table":
    span = pa.struct([("start", pa.int64()), ("end", pa.int64())])
    place = pa.struct([("article", pa.string()), ("start", pa.int64()), ("end", pa.int64())])
    said = [(name, pa.string()) for name in ("kind", "before", "after")]
    change = pa.struct([*said, ("spans", pa.list_(span)), ("fullest_spans", pa.list_(span))])
    types: dict[Kind, Any] = {
        "text": pa.string(),
        "integer": pa.int64(),
        "share": pa.float64(),
        "flag": pa.bool_(),
        "texts": pa.list_(pa.string()),
        "spans": pa.list_(span),
        "places": pa.list_(place),
        "changes": pa.list_(change),
    }
    schema = pa.schema([(name, types[kind]) for name, kind in table.columns])
    kinds = [kind for _, kind in table.columns]
    columns = zip(*table.rows, strict=True) if table.rows else ((),) * len(kinds)
    arrays = [
        pa.array([_value(item, kind) for item in column], schema.field(at).type)
        for at, (column, kind) in enumerate(zip(columns, kinds, strict=True))
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _value(value: Any, kind: Kind) -> Any:
    if value is None or kind in {"text", "integer", "share", "flag"}:
        return value
    if kind == "texts":
        return list(value)
    if kind == "spans":
        return [{"start": s.start, "end": s.end} for s in value]
    if kind == "places":
        return [{"article": p.article, "start": p.start, "end": p.end} for p in value]
    return [
        {
            "kind": c.kind,
            "before": c.before,
            "after": c.after,
            "spans": _value(c.spans, "spans"),
            "fullest_spans": _value(c.fullest_spans, "spans"),
        }
        for c in value
    ]
