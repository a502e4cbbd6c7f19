"""The closed list of fact tables. One record type each; the Arrow schema and the reference page are derived from it."""

from assay.vocabulary.fact import Column, Fact, Located, TableColumn, columns, fact_id, table_of
from assay.vocabulary.tables import TABLES

__all__ = ["TABLES", "Column", "Fact", "Located", "TableColumn", "columns", "fact_id", "table_of"]
