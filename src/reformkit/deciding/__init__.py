"""From facts to decisions: the meaning, and the compiled form that says the same faster.

Comes in: a rulebook and the facts of one case, checked.
To read: `meaning` (the reference); `cells`, `boxes`, `masks`, `table` (the compiled form); `unknown` and `walk`
    (what is unknown, exactly); `in_force`, `derived`, `stands` and `chain` (decisions in order); `window`,
    `prepared_signal`, `signals`, `counter` and `live_signals`; `afterwards`,
    `tracing`, `flips`, `cover` for what is asked afterwards.
Goes out: `Decision`s; nothing here knows words, files or frames.
"""
