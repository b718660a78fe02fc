SET LOCAL lock_timeout = '2s';
CREATE UNIQUE INDEX users_handle_key ON public.users (lower(handle));
-- MOCK is the placeholder of users without a login.
CREATE UNIQUE INDEX users_cognito_user_id_key ON public.users (cognito_user_id) WHERE cognito_user_id <> 'MOCK';
