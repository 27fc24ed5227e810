"""Documents, their revisions, what checks found in them and what reviewers said."""
