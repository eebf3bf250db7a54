-- Judging a person from the store asks for the person's flags; the table is sorted by flag_id.
ALTER TABLE flags ADD INDEX IF NOT EXISTS subject_known subject TYPE bloom_filter(0.01) GRANULARITY 4;
