SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

-- PostgreSQL 14 lets everybody create objects in public. Only the owner of the schema can close it: validate() tells where
-- that was not done.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'public' AND pg_has_role(nspowner, 'USAGE')) THEN
    -- safe: services create nothing here
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  END IF;
END $$;
