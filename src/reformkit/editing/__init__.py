"""Help for whoever writes the YAML: the editor's schema, the format of the house, drafts.

Comes in: a YAML text, and the names that its rulebook knows (`tables`).
To read: `grammar` (what may stand where), `spelling` and `words` (words in either language), `schema` with
    `schema_parts`, `relations` and `key_notes`; `spans` and `layout`, then `formatting`; `drafting` and `fixture_text` for new text; `vscode` with
    `jsonc`.
Goes out: text to be written, or a JSON Schema.
"""
