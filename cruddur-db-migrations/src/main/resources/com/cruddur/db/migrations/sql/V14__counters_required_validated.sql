SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

ALTER TABLE public.activities
  VALIDATE CONSTRAINT activities_counters_required,
  VALIDATE CONSTRAINT activities_counters_not_negative;
