"""Writes anatomy.parquet with pyarrow 26: eight row groups in the order of time, small pages with a page index, bloom filters, nested columns."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 8 * 500
START = datetime(2025, 1, 2, tzinfo=timezone.utc)

schema = pa.schema(
    [
        pa.field("frame_id", pa.string(), nullable=False),
        pa.field("collected_at", pa.timestamp("us", tz="UTC")),
        pa.field("risk_score", pa.float64()),
        pa.field("speed", pa.decimal128(6, 2)),
        pa.field("camera", pa.struct([("name", pa.string()), ("exposure", pa.int32())])),
        pa.field("tags", pa.list_(pa.string())),
    ],
)

table = pa.Table.from_pylist(
    [
        {
            "frame_id": f"FRAME-{row:05}",
            "collected_at": START + timedelta(seconds=20 * row),
            "risk_score": None if row % 10 == 0 else (row * 37 % 1000) / 1000,
            "speed": Decimal(row % 9000) / 100,
            "camera": {"name": f"cam{row % 4}", "exposure": row % 16},
            "tags": ["lane_merge"] if row % 3 else [],
        }
        for row in range(ROWS)
    ],
    schema=schema,
)

with pq.ParquetWriter(
    "anatomy.parquet",
    schema,
    compression="zstd",
    write_page_index=True,
    data_page_size=1024,
    write_batch_size=100,
    use_dictionary=["camera.name", "tags.list.element"],
    store_schema=False,
    bloom_filter_options={"frame_id": {"ndv": 500, "fpp": 0.05}},
) as writer:
    writer.write_table(table, row_group_size=500)
    writer.add_key_value_metadata({"campaign": "winter tyres", "cameras": "4"})
