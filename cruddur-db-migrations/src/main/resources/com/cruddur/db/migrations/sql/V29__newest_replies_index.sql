-- The home feed with replies merges them with the posts by this key.
SET lock_timeout = '60s';
SET search_path = pg_catalog;

-- An interrupted run may have left it half-built.
DROP INDEX CONCURRENTLY IF EXISTS public.activities_newest_replies_idx;
CREATE INDEX CONCURRENTLY activities_newest_replies_idx ON public.activities (created_at DESC, uuid DESC)
  WHERE reply_to_activity_uuid IS NOT NULL;
