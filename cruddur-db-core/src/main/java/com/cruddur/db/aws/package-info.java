/**
 * Credentials from AWS, for whoever has the AWS SDK's module {@code http-auth-aws} on the class
 * path; nothing else of this library needs it.
 *
 * <p>Start with {@link com.cruddur.db.aws.SecretsManagerCredentials} for a password that rotates,
 * and with {@link com.cruddur.db.aws.RdsIamCredentials} for none at all.
 */
@NullMarked
package com.cruddur.db.aws;

import org.jspecify.annotations.NullMarked;
