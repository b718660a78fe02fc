# Runs a server as long as its owner, a JVM, holds the other end of our standard input.
# Arguments: the directory to remove at the end ('' for none), the signal that stops the server,
# the command of the server.
remove=$1 stop=$2
shift 2
# Ctrl-C and a container's SIGTERM reach every process of the group; the clean-up has to come after.
trap '' HUP INT QUIT TERM
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
# The end of file comes however the owner went, SIGKILL included. A process of its own waits for it,
# so that the server is stopped even if somebody kills this one.
{
  read -r _ <&3
  pause=
  trap 'kill -s KILL "$pause" 2>/dev/null; exit 0' USR1
  # Once is not enough: until the server has come to set its handlers, it ignores what we ignore.
  while kill -s "$stop" "$server" 2>/dev/null; do
    sleep 1 3<&- &
    pause=$!
    wait "$pause"
  done
  exit 0
} &
watcher=$!
exec 3<&-
wait "$server"
status=$?
# This ends a watcher whose owner is still there, with a status of failure: a server that ended first
# leaves its log to the owner.
kill -s USR1 "$watcher" 2>/dev/null
if wait "$watcher" 2>/dev/null && [ -n "$remove" ]; then
  rm -rf -- "$remove"
fi
exit "$status"
