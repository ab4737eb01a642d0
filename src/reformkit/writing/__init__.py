"""Letters: what fills them, their templates checked and filled, their sheets, their preview."""
