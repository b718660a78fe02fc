SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

-- The name that tells a production database from a developer's. Without a row the database has no name.
CREATE TABLE public.environment (
  only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT environment_only_row CHECK (only_row),
  name text NOT NULL CONSTRAINT environment_name_form CHECK (name ~ '^[a-z][a-z0-9_-]{0,31}$'),
  named_at timestamptz NOT NULL DEFAULT current_timestamp
);
