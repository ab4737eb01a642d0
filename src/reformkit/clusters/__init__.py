"""Frames on more than one machine: Dask and Spark over the same functions of one part of a frame."""
