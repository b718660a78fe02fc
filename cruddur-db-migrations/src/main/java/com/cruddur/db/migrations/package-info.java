/**
 * Makes the schema of a Cruddur database, and brings an existing one up to date.
 *
 * <p>Start with {@link com.cruddur.db.migrations.Migrations}; what a run did is told by {@link
 * com.cruddur.db.migrations.MigrationReport}. Data that stands in the way is repaired by {@link
 * com.cruddur.db.migrations.Fixes}.
 */
@NullMarked
package com.cruddur.db.migrations;

import org.jspecify.annotations.NullMarked;
