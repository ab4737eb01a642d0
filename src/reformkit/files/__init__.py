"""Cases from files of any size, and tables of them out again."""
