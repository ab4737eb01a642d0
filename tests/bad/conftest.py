"""Bad fixture files are read by tests, not run as tests."""

collect_ignore_glob = ["*.cases.yaml"]
