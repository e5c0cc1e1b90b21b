# shellcheck shell=bash
# What ./haneul and the scripts that start back ends share: words on the screen, processes known by their pid file.
export PATH="$PATH:/usr/sbin:/sbin" LC_ALL="${LC_ALL:-C.UTF-8}"

say() { printf '%s\n' "$*"; }

# Every failure names its cure.
fail() { # WHAT [CURE]
  printf 'haneul: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf '  cure: %s\n' "$2" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

service_manager() { [ -d /run/systemd/system ]; }

# The packages among the given ones that dpkg does not know as installed.
missing_packages() {
  [ $# -gt 0 ] || return 0
  comm -23 <(printf '%s\n' "$@" | sort -u) \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' | sort -u)
}

# A pid file can outlive its process and the number can be given to another one after a reboot,
# so the process must also name a path of ours in its command line or environment.
alive() { # PIDFILE PATH
  local pid
  [ -s "$1" ] || return 1
  read -r pid <"$1" || [ -n "$pid" ] || return 1
  [ -r "/proc/$pid/environ" ] && cat "/proc/$pid/cmdline" "/proc/$pid/environ" 2>/dev/null | grep -qaF -- "$2"
}

stop() { # PIDFILE PATH [SECONDS]: asks to end, then insists
  local pid tries=$((${3:-10} * 20))
  if alive "$1" "$2"; then
    read -r pid <"$1" || true
    kill "$pid" 2>/dev/null || true
    while alive "$1" "$2" && [ $tries -gt 0 ]; do
      sleep 0.05
      tries=$((tries - 1))
    done
    ! alive "$1" "$2" || kill -9 "$pid" 2>/dev/null || true
  fi
  rm -f "$1"
}

await() { # SECONDS COMMAND...
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.1
  done
}

# Names of UNIX sockets end at 107 bytes, and the longest of ours has about 40 of its own.
check_socket_path() { # FOLDER
  [ ${#1} -le 66 ] || fail "the path $1 is too long for the sockets in it" "choose a shorter HANEUL_HOME (now ${#1} characters, at most 66)"
}
