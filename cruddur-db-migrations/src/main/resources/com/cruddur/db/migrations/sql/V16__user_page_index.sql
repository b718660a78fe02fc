-- The activities of a user, newest first; and the foreign key that follows.
SET lock_timeout = '60s';
SET search_path = pg_catalog;

-- An interrupted run may have left it half-built.
DROP INDEX CONCURRENTLY IF EXISTS public.activities_user_page_idx;
CREATE INDEX CONCURRENTLY activities_user_page_idx ON public.activities (user_uuid, created_at DESC, uuid DESC);
