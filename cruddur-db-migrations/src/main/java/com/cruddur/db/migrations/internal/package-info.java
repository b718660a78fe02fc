/** What Flyway has to find by its name. No API. */
@NullMarked
package com.cruddur.db.migrations.internal;

import org.jspecify.annotations.NullMarked;
