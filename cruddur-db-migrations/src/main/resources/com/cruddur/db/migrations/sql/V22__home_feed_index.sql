-- The home feed leaves replies out, and pages by this key.
SET lock_timeout = '60s';
SET search_path = pg_catalog;

-- An interrupted run may have left it half-built.
DROP INDEX CONCURRENTLY IF EXISTS public.activities_home_feed_idx;
CREATE INDEX CONCURRENTLY activities_home_feed_idx ON public.activities (created_at DESC, uuid DESC)
  WHERE reply_to_activity_uuid IS NULL;
