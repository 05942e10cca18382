"""Makes the files of this folder but duckdb.parquet: python make.py, with pyarrow installed."""

import csv
import datetime
import decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).parent


def orders(count):
    """Invented orders, the same every time."""
    ids = [f"c{(i * 7919) % 170}" if i % 50 else "Zoë Müller" for i in range(count)]
    start = datetime.datetime(2023, 1, 1)
    times = [start + datetime.timedelta(minutes=i * 97, microseconds=i) for i in range(count)]
    amounts = [decimal.Decimal((i * 37) % 9999) / 100 * (-1 if i % 40 == 39 else 1) for i in range(count)]
    numbers = [None if i % 3 else f"o{i // 2}" for i in range(count)]
    return ids, times, amounts, numbers, [f"x{i}" for i in range(count)]


def table(count, times=None):
    ids, instants, amounts, numbers, notes = orders(count)
    columns = {
        "customer_id": pa.array(ids, pa.string()),
        "order_date": times if times is not None else pa.array(instants, pa.timestamp("us")),
        "amount": pa.array(amounts, pa.decimal128(10, 2)),
        "order_id": pa.array(numbers),
        "note": pa.array(notes),
    }
    return pa.table(columns)


def write_ipc(name, data, make=pa.ipc.new_file, rows=None, **options):
    with pa.OSFile(str(HERE / name), "wb") as file, make(file, data.schema, **options) as writer:
        writer.write_table(data, max_chunksize=rows)


def with_dictionary(data):
    return data.set_column(0, "customer_id", data["customer_id"].dictionary_encode())


whole = table(1200)
for codec in ["snappy", "zstd", "gzip"]:
    version = "2.0" if codec == "zstd" else "1.0"
    path = HERE / f"pyarrow-{codec}.parquet"
    pq.write_table(whole, path, compression=codec, row_group_size=500, data_page_version=version)
days = pa.array([time.date() for time in orders(1200)[1]], pa.date32())
pq.write_table(table(1200, days), HERE / "pyarrow-days.parquet")
write_ipc("pyarrow.arrow", whole, rows=400)
write_ipc("pyarrow-dictionary.arrows", with_dictionary(whole), pa.ipc.new_stream, rows=400)
write_ipc("pyarrow-lz4.arrow", whole.slice(0, 100), options=pa.ipc.IpcWriteOptions(compression="lz4"))

with open(HERE / "orders.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["customer_id", "order_date", "amount", "order_id", "note"])
    for customer, time, amount, number, note in zip(*orders(1200)):
        writer.writerow([customer, time.isoformat(timespec="microseconds"), amount, number or "", note])

small = table(24).select(["customer_id", "order_date", "amount"])
write_ipc("pyarrow-small.arrow", small, rows=10)
write_ipc("pyarrow-small.arrows", with_dictionary(small), pa.ipc.new_stream, rows=10)
write_ipc("pyarrow-zstd.arrow", small, options=pa.ipc.IpcWriteOptions(compression="zstd"))
pq.write_table(small, HERE / "pyarrow-plain.parquet", compression="none", row_group_size=12)
