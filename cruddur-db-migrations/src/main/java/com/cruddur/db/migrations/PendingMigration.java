package com.cruddur.db.migrations;

/**
 * A migration that was not applied yet.
 *
 * @param name such as {@code V4 users_email_and_bio}
 * @param transactional whether it runs in one transaction; otherwise statement by statement, as
 *     {@code CREATE INDEX CONCURRENTLY} demands
 * @param sql its text
 * @param history the statement that writes it down in the history, for whoever runs it by hand: in
 *     its transaction, or behind it. It fails where the migration before was not written down
 * @since 0.1.0
 */
public record PendingMigration(String name, boolean transactional, String sql, String history) {}
