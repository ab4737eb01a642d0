"""From causes to measures: which to suggest, why, and why not the others.

Comes in: the facts of a case with its causes, found and suspected, and the measure library.
To read: `mains` (the main measure of a cause), `plan` (which measures, in which order, which they beat), `citing`
    (the clauses that may be cited), `ground`, `suggestion` and `phrasing` (texts
    for each cause and matter, worded once), `repeated` (what is kept), `recommend` (one measure for one case), `ordering`
    (an order that a caller brings), `advice` (the whole); `graph` stands beside, for pictures.
Goes out: `Recommendation`s and the reasons against the rest.
"""
