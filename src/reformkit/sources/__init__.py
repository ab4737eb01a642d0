"""What is read and stands in no folder: texts by their path, archives, git revisions, package resources, streams of cases.

Comes in: what a caller names or hands over as a rulebook or as cases; nothing of it is trusted.
To read: `fault` (why a source cannot be used), `shelf` (files laid into a folder while they are read), then whence they come:
    `texts`, `archives`, `revisions`, `resources`; `opening` tells these apart; `dump` is a rulebook as JSON; `contents` is for cases.
Goes out: a folder with the rulebook, and what turns a place in it back into words of the source.
"""
