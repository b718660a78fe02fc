-- Runs after every migration run, and by Migrations.roles(). Where a role does not exist there is nothing to do.
DO $$
DECLARE
  tables CONSTANT text[] := '{users,activities,environment,flyway_schema_history}';
  role_name text;
  table_name text;
  function_name regprocedure;
BEGIN
  PERFORM pg_catalog.set_config('search_path', 'pg_catalog', true), pg_catalog.set_config('lock_timeout', '100ms', true);

  IF EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public' AND pg_has_role(nspowner, 'USAGE')) THEN
    FOR role_name IN SELECT rolname FROM pg_roles WHERE rolname IN ('cruddur_owner', 'cruddur_app', 'cruddur_readonly') LOOP
      EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role_name);
      IF role_name = 'cruddur_owner' THEN
        GRANT CREATE ON SCHEMA public TO cruddur_owner;
      END IF;
    END LOOP;
  END IF;

  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'cruddur_owner') AND pg_has_role('cruddur_owner', 'MEMBER') THEN
    -- Whoever worked as the owner goes on; a superuser does anyway.
    IF pg_has_role('cruddur_owner', 'MEMBER WITH ADMIN OPTION') THEN
      FOR role_name IN
        SELECT DISTINCT rolname FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname = ANY (tables)
          AND NOT rolsuper AND NOT pg_has_role(relowner, 'cruddur_owner', 'MEMBER') AND pg_has_role(relowner, 'MEMBER')
      LOOP
        EXECUTE format('GRANT cruddur_owner TO %I', role_name);
      END LOOP;
    END IF;
    FOR table_name IN
      SELECT relname FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname = ANY (tables)
        AND relowner <> 'cruddur_owner'::regrole AND pg_has_role(relowner, 'MEMBER')
    LOOP
      EXECUTE format('ALTER TABLE public.%I OWNER TO cruddur_owner', table_name);
    END LOOP;
    FOR function_name IN
      SELECT oid FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'activities\_%'
        AND proowner <> 'cruddur_owner'::regrole AND pg_has_role(proowner, 'MEMBER')
    LOOP
      EXECUTE format('ALTER FUNCTION %s OWNER TO cruddur_owner', function_name);
    END LOOP;
  END IF;

  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'cruddur_app') THEN
    REVOKE ALL ON public.users, public.activities, public.environment, public.flyway_schema_history FROM PUBLIC, cruddur_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON public.users, public.activities TO cruddur_app;
    GRANT SELECT ON public.environment, public.flyway_schema_history TO cruddur_app;
  END IF;

  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'cruddur_readonly') THEN
    REVOKE ALL ON public.users, public.activities, public.environment, public.flyway_schema_history FROM cruddur_readonly;
    GRANT SELECT ON public.users, public.activities, public.environment, public.flyway_schema_history TO cruddur_readonly;
  END IF;
END $$;
