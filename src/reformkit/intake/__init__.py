"""Cases from text: YAML, JSON, CSV to checked cases."""
