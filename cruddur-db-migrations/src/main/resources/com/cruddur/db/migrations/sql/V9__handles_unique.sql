-- @Bob and @bob are one person to everybody who reads them. Look-ups by handle use this index too.
SET lock_timeout = '60s';
SET search_path = pg_catalog;

-- An interrupted run may have left it half-built.
DROP INDEX CONCURRENTLY IF EXISTS public.users_handle_key;
CREATE UNIQUE INDEX CONCURRENTLY users_handle_key ON public.users (lower(handle));
