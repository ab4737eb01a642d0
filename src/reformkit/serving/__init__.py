"""The desk's home on this machine: a socket on the loopback, a guard before the app, a process beside it for long proofs.

Comes in: a desk, and requests of this machine's browser.
To read: `guard` (which requests are let in), `side_process` (work that another process does), `loopback` (all of it served
    until it is stopped).
Goes out: answers to whoever was let in; nothing stays running once the desk is ended.
"""
