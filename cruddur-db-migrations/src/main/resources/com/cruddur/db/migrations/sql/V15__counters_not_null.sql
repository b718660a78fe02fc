SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

-- safe: the table is not read, because the valid constraint activities_counters_required says the same
ALTER TABLE public.activities
  ALTER COLUMN replies_count SET NOT NULL,
  ALTER COLUMN reposts_count SET NOT NULL,
  ALTER COLUMN likes_count SET NOT NULL;
-- safe: the columns say the same now
ALTER TABLE public.activities DROP CONSTRAINT activities_counters_required;
