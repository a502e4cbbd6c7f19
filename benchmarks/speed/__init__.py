"""Speed, as ratios to floors measured in the same run on the same bytes."""
