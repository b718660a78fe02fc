-- What has expired, oldest first, for its deletion in batches.
SET lock_timeout = '60s';
SET search_path = pg_catalog;

-- An interrupted run may have left it half-built.
DROP INDEX CONCURRENTLY IF EXISTS public.activities_expiry_idx;
CREATE INDEX CONCURRENTLY activities_expiry_idx ON public.activities (expires_at, uuid) WHERE expires_at IS NOT NULL;
