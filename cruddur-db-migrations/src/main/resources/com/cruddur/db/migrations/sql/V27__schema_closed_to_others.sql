SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

-- PostgreSQL 14 lets everybody create objects in public. Where the user does not own the schema this is a warning.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
