-- Runs after every migration run, and by Migrations.roles(). Where none of the roles exists there is nothing to do.
DO $$
DECLARE
  tables CONSTANT text[] := '{users,activities,environment,flyway_schema_history}';
  functions CONSTANT text[] := '{activities_count_added_reply,activities_count_moved_reply,activities_count_deleted_replies,activities_refuse_replies_count}';
  is_16 CONSTANT boolean := pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 160000;
  roles text[];
  role_name text;
  table_name text;
  function_name regprocedure;
BEGIN
  PERFORM pg_catalog.set_config('search_path', 'pg_catalog', true), pg_catalog.set_config('lock_timeout', '100ms', true);

  SELECT array_agg(rolname) INTO roles FROM pg_roles WHERE rolname IN ('cruddur_owner', 'cruddur_app', 'cruddur_readonly');
  IF roles IS NULL THEN
    RETURN;
  END IF;

  IF EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public' AND pg_has_role(nspowner, 'USAGE')) THEN
    FOREACH role_name IN ARRAY roles LOOP
      EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role_name);
      EXECUTE format(CASE role_name WHEN 'cruddur_owner' THEN 'GRANT CREATE ON SCHEMA public TO %I'
        ELSE 'REVOKE CREATE ON SCHEMA public FROM %I' END, role_name);
    END LOOP;
  END IF;

  -- What everybody may, the roles may: temporary tables, and large objects. Only the owner of the database can take back
  -- the one, only a superuser the other.
  IF EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND pg_has_role(datdba, 'USAGE')) THEN
    FOR role_name IN SELECT 'public' UNION SELECT unnest(roles) EXCEPT SELECT 'cruddur_owner' LOOP
      IF has_database_privilege(role_name, current_database(), 'TEMPORARY, CREATE') THEN
        EXECUTE format('REVOKE TEMPORARY, CREATE ON DATABASE %I FROM %s', current_database(),
          CASE role_name WHEN 'public' THEN 'PUBLIC' ELSE quote_ident(role_name) END);
      END IF;
    END LOOP;
    IF 'cruddur_owner' = ANY (roles) AND NOT has_database_privilege('cruddur_owner', current_database(), 'TEMPORARY') THEN
      EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO cruddur_owner', current_database());
    END IF;
  END IF;
  FOR function_name IN
    SELECT oid FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND proname IN ('lo_creat', 'lo_create', 'lo_from_bytea')
      AND pg_has_role(proowner, 'USAGE') AND has_function_privilege('public', oid, 'EXECUTE')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', function_name);
  END LOOP;

  IF 'cruddur_owner' = ANY (roles) AND pg_has_role('cruddur_owner', 'USAGE')
      AND pg_has_role('cruddur_owner', CASE WHEN is_16 THEN 'SET' ELSE 'MEMBER' END)
      AND has_schema_privilege('cruddur_owner', 'public', 'CREATE') THEN
    -- Whoever worked as the owner goes on. Nothing is taken from those who cannot be made members.
    IF pg_has_role('cruddur_owner', 'MEMBER WITH ADMIN OPTION')
        OR NOT is_16 AND EXISTS (SELECT FROM pg_roles WHERE rolname = current_user AND rolcreaterole) THEN
      FOR role_name IN
        SELECT DISTINCT rolname FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname = ANY (tables)
          AND NOT pg_has_role(relowner, 'cruddur_owner', 'MEMBER') AND pg_has_role(relowner, 'USAGE')
      LOOP
        EXECUTE format('GRANT cruddur_owner TO %I', role_name);
      END LOOP;
    END IF;
    FOR table_name IN
      SELECT relname FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname = ANY (tables)
        AND relowner <> 'cruddur_owner'::regrole AND pg_has_role(relowner, 'cruddur_owner', 'MEMBER')
        AND pg_has_role(relowner, 'USAGE')
    LOOP
      EXECUTE format('ALTER TABLE public.%I OWNER TO cruddur_owner', table_name);
    END LOOP;
    FOR function_name IN
      SELECT oid FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND pronargs = 0 AND proname = ANY (functions)
        AND proowner <> 'cruddur_owner'::regrole AND pg_has_role(proowner, 'cruddur_owner', 'MEMBER')
        AND pg_has_role(proowner, 'USAGE')
    LOOP
      EXECUTE format('ALTER FUNCTION %s OWNER TO cruddur_owner', function_name);
    END LOOP;
  END IF;

  REVOKE ALL ON public.users, public.activities, public.environment, public.flyway_schema_history FROM PUBLIC;
  IF 'cruddur_app' = ANY (roles) THEN
    REVOKE ALL ON public.users, public.activities, public.environment, public.flyway_schema_history FROM cruddur_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON public.users, public.activities TO cruddur_app;
    GRANT SELECT ON public.environment, public.flyway_schema_history TO cruddur_app;
  END IF;
  IF 'cruddur_readonly' = ANY (roles) THEN
    REVOKE ALL ON public.users, public.activities, public.environment, public.flyway_schema_history FROM cruddur_readonly;
    GRANT SELECT ON public.users, public.activities, public.environment, public.flyway_schema_history TO cruddur_readonly;
  END IF;
END $$;
