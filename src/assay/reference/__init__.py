"""Tables that the bench looks things up in: dated, with the source of every row. No look-up has a default day."""
