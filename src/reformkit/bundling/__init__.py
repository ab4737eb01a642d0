"""One HTML file with the engine, a rulebook and the desk in it, which works from a stick without a network (`docs/onefile.md`).

Comes in: a `Book` with the files that it was read from, and a folder of assets: Python for browsers, by name and hash.
To read: `assets` (which, and where they are looked for) with `bringing` (from npm and PyPI), `packing` (what goes into the
    file), `compiling` (Python's bytecode, made by Node), `one_file` (the page); then what runs inside it: `clerk` (assess,
    ask, a year), `letters_inside` (letters drafted), `desk_inside` (the desk without a server), `inside_words` (what its page says), `static/` (its script).
Goes out: one file of some 16 MB.
"""
