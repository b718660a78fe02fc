/** The operations command line. */
@NullMarked
package com.cruddur.db.cli;

import org.jspecify.annotations.NullMarked;
