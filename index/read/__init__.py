"""From a file to a `Document`: one reader a format, chosen from one table."""
