"""Pages that need nothing else: one style sheet, the frame of a page, and the same as a part of a notebook.

Comes in: lines of HTML whose words are escaped.
To read: `style` (every look that a page has), `frame` (the page, the fragment, and how words are escaped).
Goes out: a page without script, font or picture from elsewhere; a fragment that changes nothing around it.
"""
