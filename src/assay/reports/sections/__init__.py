"""One file a section of the report: results of a case in, plain records for a template out. No markup here."""
