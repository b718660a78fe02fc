# Runs a server as long as its owners, JVMs, hold the other end of a pipe.
# Arguments: the directory to remove at the end ('' for none), the named pipe of a server that JVMs share
# ('' for standard input, the pipe of a single owner), the seconds in which another one may come,
# the signal that stops the server, the command of the server.
remove=$1 pipe=$2 pause=$3 stop=$4
shift 4
ended=${pipe:+$remove/ended}
# Ctrl-C and a container's SIGTERM reach every process of the group; the clean-up has to come after.
trap '' HUP INT QUIT TERM
if [ -n "$pipe" ]; then
  # For a moment opened for writing too: its owner may be gone already, and reading would wait for one.
  exec 4<>"$pipe" 3<"$pipe" 4<&- </dev/null
else
  exec 3<&0 </dev/null
fi
"$@" 3<&- &
server=$!
# A line is an arrival, the end of file means that all have gone.
until_all_have_gone() {
  while read -r _ <&3; do :; done
}
# The end of file comes however an owner went, SIGKILL included. A process of its own waits for it,
# so that the server is stopped even if somebody kills this one.
{
  if [ -n "$pipe" ]; then
    trap '' USR1
    until_all_have_gone
    while sleep "$pause" 3<&- && read -r _ <&3; do until_all_have_gone; done
    # From here on nobody finds it. Who came in between is served to the end.
    mv "$pipe" "$pipe.closed"
    until_all_have_gone
  else
    read -r _ <&3
  fi
  nap=
  trap 'kill -s KILL "$nap" 2>/dev/null; exit 0' USR1
  # Once is not enough: until the server has come to set its handlers, it ignores what we ignore.
  while [ ! -e "$ended" ] && kill -s "$stop" "$server" 2>/dev/null; do
    sleep 1 3<&- &
    nap=$!
    wait "$nap"
  done
  # Somebody may have killed the one that was to remove it.
  [ -z "$remove" ] || kill -0 $$ 2>/dev/null || rm -rf -- "$remove"
  exit 0
} &
watcher=$!
exec 3<&-
[ -z "$pipe" ] || echo "$watcher" > "$remove/watcher.pid"
wait "$server"
status=$?
# Its number may soon be another's: the watcher of a server that crashed must not stop that one.
[ -z "$pipe" ] || : > "$ended"
# This ends the watcher of a single owner who is still there, with a status of failure: a server that
# ended first leaves its log to the owner.
kill -s USR1 "$watcher" 2>/dev/null
if wait "$watcher" 2>/dev/null && [ -n "$remove" ]; then
  rm -rf -- "$remove"
fi
exit "$status"
