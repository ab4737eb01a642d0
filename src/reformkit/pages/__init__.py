"""Papers on many cases at once, as people hold and file them: a year as text, page, paper, workbook.

Comes in: the parts of a year, as `reporting/` has them of cases and `overseeing/` of a ledger.
To read: `which_year` (the year that is meant), `year` (the paper as people hold it, and the endings that it is written
    with), `of_cases` and `of_ledger` (what it is made from), `year_text`, `year_page`, `year_rows` (words, HTML, the
    rows of a sheet), `year_pictures` (its charts).
Goes out: a `Year`; files, written whole or not at all.
"""
