"""What things are: frozen models shared by every room above.

Comes in: nothing; these are the nouns.
To read: `node` and `period`; `vocabulary`, `condition`, `rulebook`; `library` and `cited`; `case`, `decision`,
    `telling`, `receipt`, `difference`.
Goes out: pydantic models; equality leaves places out.
"""
