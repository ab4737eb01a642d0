"""From bytes to located trees: a file is opened, decoded and looked over, and every part of it has its place.

Comes in: a YAML or JSON file.
To read: `endings`, `source` (opened and decoded), `lookalikes` and `identity` (what may not stand there), `tree` with
    `located_yaml` and `located_json`, `report` (where problems are collected).
Goes out: a tree of which nothing is interpreted, and problems at their places.
"""
