SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

ALTER TABLE public.activities
  ADD CONSTRAINT activities_counters_required
  CHECK (replies_count IS NOT NULL AND reposts_count IS NOT NULL AND likes_count IS NOT NULL) NOT VALID,
  ADD CONSTRAINT activities_counters_not_negative
  CHECK (replies_count >= 0 AND reposts_count >= 0 AND likes_count >= 0) NOT VALID;
