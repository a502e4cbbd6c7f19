"""One file an output. Every reporter is a pure function of `assay.reports.results.CaseResults`."""
