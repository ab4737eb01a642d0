"""Pictures of the knowledge: what leads to what, in columns, as Mermaid text, SVG or PNG.

Comes in: the library as a graph, or the decisions of a rulebook.
To read: `diagram` (boxes and links), `knowledge` and `decisions` (what is drawn), `mermaid` and `picture` (how); `panels` and
    `comparison` (shares beside numbers), `monthly` (lines over months).
Goes out: Mermaid text, SVG or PNG.
"""
