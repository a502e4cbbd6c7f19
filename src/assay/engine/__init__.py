"""The order of work: plan, run in supervised workers, cache, join, judge, report. The only stage that knows all others."""
