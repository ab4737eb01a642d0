"""Cases from files of any size and kind, and tables of them out again.

Comes in: paths.
To read: `opening` (one case after another, by the file's ending); `case_stream` (without holding them); `batches`
    with `case_batches`, `table_batches` and `parquet` (in columns); `seen_ids`; `assessed` (batch after batch
    assessed); `parquet_out`, `assessed_columns`; `other_kinds` (readers that packages bring).
Goes out: cases, or frames of assessed cases, each with the problems of its rows.
"""
