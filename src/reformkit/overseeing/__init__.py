"""The whole of a ledger looked at (管理闭环): the month's dispatch, and what is counted.

Comes in: items as they stand and the office that carries them out; the lines of the ledger; tables of indicators.
To read: `dispatch_row` (a line, and the sections), `overview` (which lines an item gives), `dispatch` (the sheet as people
    hold it), `dispatch_sheet` (on paper and in files); `counting` (everything that counts, in one pass over the lines),
    `figures` (the rulebook's figures over it, told apart by what items are, and held to published numbers); `stated` (the
    office's own table of indicators, opened by `stated_table`), `comparison` (both side by side), `comparison_sheet` (on
    paper and in files); `monthly` and `monthly_sheet` (month by month), `chart_page` (a chart as one page of HTML); `yearly`
    (what became of items in a year), `year_of_ledger` (the same in parts that `pages/` makes a paper of); `traces` (what
    tells who it was), `casebook_words`, `casebook_case` (one case), `casebook`, `casebook_room` (how large its type may be),
    `casebook_sheet`.
Goes out: what is due, late, stuck or out of the ordinary, with the ledger's anchor at its end; figures; comparisons; months;
    the casebook.
"""
