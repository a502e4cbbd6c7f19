"""The order of work: plan, run in supervised workers, cache, join, judge, report; the stage that knows all others."""
