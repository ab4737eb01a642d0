"""Letters: what fills them, their templates checked and filled, their sheets, their preview.

Comes in: an item with its suggestions, and a .docx that an office edits.
To read: `about`, `from_item` and `from_assessment` (what a letter is about), `saying` (what its placeholders say), `draft` (the letter
    that is drafted); `package`, `paragraphs`, `tags`, `expressions` and `template` (a template checked before it is
    used), `moulding` and `filling`, `faults` and `leftovers` (what may not go out); `sheets`, `forms` and `starters` (the templates to begin
    with), `booklet` (pages each on a sheet of its own), `preview`.
Goes out: a .docx under its number, or every reason why there is none.
"""
