"""A decision as rows and columns: what a cell says of a fact, how rules lie in rows, how a cell's change reaches the YAML.

Comes in: a rulebook; or the words of a cell.
To read: `signs` (the words of the grammar), `scanning` (a cell taken apart), `cell_reading` (to the tree that YAML
    would give), `cell_saying` (a test in those words); `rule_rows`, then `plan`, `decision_plan`, `matrix_plan`, `plans`
    (whole tables);
    `yaml_words` and `splice` (a change of one span of YAML).
Goes out: tables of texts for `workbook/`; conditions; a YAML text in which nothing but the changed spans is new.
"""
