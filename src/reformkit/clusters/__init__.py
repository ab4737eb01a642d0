"""Frames on more than one machine: Dask and Spark over the same functions of one part of a frame.

Comes in: a Dask or Spark DataFrame.
To read: `engines` (whose frame it is), `distributed` (what every engine answers), `job` (what is done to a part),
    `parcel` (what workers are sent), then signals over all parts, and an engine each.
Goes out: a DataFrame of the same kind with columns added.
"""
