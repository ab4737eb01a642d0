"""What reformkit must reach (docs/benchmarks.md): ratios beside peers, in one run on one machine."""
