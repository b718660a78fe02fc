package com.cruddur.db.migrations;

/**
 * A migration that was not applied yet.
 *
 * @param name such as {@code V4 users_email_and_bio}
 * @param transactional whether it runs in one transaction; otherwise statement by statement, as
 *     {@code CREATE INDEX CONCURRENTLY} demands
 * @param sql its text
 * @since 0.1.0
 */
public record PendingMigration(String name, boolean transactional, String sql) {}
