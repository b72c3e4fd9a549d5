"""Files of every format, made by scripts, so that each expected text, heading, table and page is known."""
