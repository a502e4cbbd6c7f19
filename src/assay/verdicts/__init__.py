"""The claimbook: public statements as data, and where each stands for each handset of a case."""
