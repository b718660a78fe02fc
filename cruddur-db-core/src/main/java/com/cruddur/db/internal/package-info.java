/** What the packages of this module share. Not exported, no API. */
@NullMarked
package com.cruddur.db.internal;

import org.jspecify.annotations.NullMarked;
