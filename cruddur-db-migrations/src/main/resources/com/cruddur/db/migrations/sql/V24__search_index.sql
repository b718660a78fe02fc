-- Full-text search leaves replies out. A query uses the index if it has the same expression, 'simple' as a literal, and the condition.
SET lock_timeout = '60s';
SET search_path = pg_catalog;

-- An interrupted run may have left it half-built.
DROP INDEX CONCURRENTLY IF EXISTS public.activities_search_idx;
CREATE INDEX CONCURRENTLY activities_search_idx ON public.activities USING gin (to_tsvector('simple', message))
  WHERE reply_to_activity_uuid IS NULL;
