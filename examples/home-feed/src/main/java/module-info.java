/** A program of one class that reads the home feed. */
module com.example.feed {
  requires com.cruddur.db;
}
