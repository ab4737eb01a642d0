"""Pictures of the knowledge: what leads to what, in columns, as Mermaid text, SVG or PNG."""
