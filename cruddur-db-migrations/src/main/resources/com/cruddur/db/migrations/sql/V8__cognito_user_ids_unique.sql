-- MOCK is the placeholder of users without a login. A look-up that repeats this condition uses the index.
SET lock_timeout = '60s';
SET search_path = pg_catalog;

-- An interrupted run may have left it half-built.
DROP INDEX CONCURRENTLY IF EXISTS public.users_cognito_user_id_key;
CREATE UNIQUE INDEX CONCURRENTLY users_cognito_user_id_key ON public.users (cognito_user_id) WHERE cognito_user_id <> 'MOCK';
