-- The replies of an activity in order of time; and the foreign key that follows.
SET lock_timeout = '60s';
SET search_path = pg_catalog;

-- An interrupted run may have left it half-built.
DROP INDEX CONCURRENTLY IF EXISTS public.activities_replies_idx;
CREATE INDEX CONCURRENTLY activities_replies_idx ON public.activities (reply_to_activity_uuid, created_at, uuid)
  WHERE reply_to_activity_uuid IS NOT NULL;
