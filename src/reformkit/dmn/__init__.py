"""Decision tables of other tools, as DMN: read into a rulebook, and written from one.

Comes in: the bytes of a .dmn file; or a decision in force on a day.
To read: `xml` (a located tree, and nothing from outside), `feel` (one cell of a table, there and back), `model` (a model as
    it was read), `tables` (from the tree to the model), `rulebook` (from the model to the YAML of a rulebook), `export`.
Goes out: the texts of a rulebook with, for each of their lines, the line of the model; or XML.

What is read is decision tables over named inputs. Whatever else a model holds is a problem at its line, for to leave it out
would decide otherwise. DMN's null is a value that no test matches, and here a fact that is not known may be any value: the
two agree on complete cases only.
"""
