#!/bin/bash
# boot-test.sh IMAGE: boots the guest image under QEMU without any cloud and checks what a cloud relies on:
# config drive and metadata service, keys, password, both kinds of user data, grown disk, login prompts, power button.
# shellcheck disable=SC2317
# Needs qemu-system-x86 qemu-utils genisoimage openssh-client socat
set -euo pipefail
IMAGE=$(readlink -f "$1")
WORK=$(mktemp -d)
PORT=${PORT:-18290}
cd "$WORK"
FAILED=0

cleanup() {
  local file
  for file in ./*.pid; do
    [ ! -s "$file" ] || kill "$(cat "$file")" 2>/dev/null || true
  done
  rm -rf "$WORK"
}
trap cleanup EXIT

check() { # WORDS COMMAND...
  if "${@:2}" >output 2>&1; then
    echo "  ok    $1"
  else
    echo "  FAIL  $1"
    sed 's/^/        /' output
    FAILED=1
  fi
}

await() { # SECONDS COMMAND...
  local tries=$(($1 * 10))
  shift
  until "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || return 1
    sleep 0.1
  done
}

said() { grep -aq "$2" "$1.log"; }
gone() { ! kill -0 "$1" 2>/dev/null; }

metadata() { # ID HOST
  printf '{"uuid": "%s", "hostname": "%s.cloud.local", "name": "%s", "admin_pass": "s3\\"cr\\\\et", "public_keys": {"mine": "%s\\n"}, "project_id": "p"}' \
    "$1" "$2" "$2" "$(cat key.pub)"
}

boot() { # NAME QEMU-ARGUMENTS...
  local name=$1 start=$SECONDS
  shift
  qemu-img create -q -f qcow2 -b "$IMAGE" -F qcow2 "$name.qcow2" 1G
  qemu-system-x86_64 -accel tcg -cpu max -machine pc -m 128 -nodefaults -vga std -display none \
    -serial "file:$name.log" -monitor "unix:$name.monitor,server=on,wait=off" -daemonize -pidfile "$name.pid" \
    -drive "file=$name.qcow2,if=virtio" -device virtio-net-pci,netdev=net0 "$@"
  check "$name: login prompt on the serial console" await 90 said "$name" 'login:'
  echo "        after $((SECONDS - start)) s"
  check "$name: ready" await 60 said "$name" 'ready after'
  echo "        after $((SECONDS - start)) s: $(grep -a 'guest: source' "$name.log" | tr -d '\r')"
}

guest() { # USER COMMAND
  ssh -i key -p "$PORT" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o ConnectTimeout=20 -o BatchMode=yes \
    "$1@127.0.0.1" "$2"
}

ssh-keygen -q -t ed25519 -N '' -f key

echo 'metadata service and a script as user data'
mkdir www
metadata one web1 >www/meta_data.json
printf '#!/bin/sh\necho ran >> /root/ran\n' >www/user_data
cat >serve.sh <<EOS
#!/bin/bash
read -r _ path _
while read -r line && [ -n "\${line%%\$'\r'}" ]; do :; done
file=$WORK/www/\${path##*/}
[ -f "\$file" ] || { printf 'HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n'; exit; }
printf 'HTTP/1.0 200 OK\r\nContent-Length: %s\r\n\r\n' "\$(stat -c %s "\$file")"
cat "\$file"
EOS
chmod +x serve.sh
boot service -netdev "user,id=net0,net=169.254.0.0/16,hostfwd=tcp:127.0.0.1:$PORT-:22,guestfwd=tcp:169.254.169.254:80-cmd:$WORK/serve.sh"
check 'host name' test "$(guest haneul hostname)" = web1
check 'key of root' test "$(guest root id\ -un)" = root
check 'user data ran once' test "$(guest root 'cat /root/ran')" = ran
check 'root file system grew' test "$(guest root "df -m / | awk 'END { print \$2 }'")" -gt 900
check 'login prompt on the screen' await 10 guest root 'ps | grep -q "[g]etty 38400 tty1"'
printf 'screendump %s/screen.ppm\n' "$WORK" | socat - unix-connect:service.monitor >/dev/null
await 10 test -s screen.ppm
check 'the screen is not black' test "$(tail -c +16 screen.ppm | tr -d '\0' | wc -c)" -gt 1000
[ -z "${KEEP_SCREEN:-}" ] || cp screen.ppm "$KEEP_SCREEN"
pid=$(cat service.pid)
echo system_powerdown | socat - unix-connect:service.monitor >/dev/null
check 'the power button turns it off' await 30 gone "$pid"

echo 'config drive and #cloud-config'
mkdir -p drive/openstack/latest
metadata two cd1 >drive/openstack/latest/meta_data.json
cat >drive/openstack/latest/user_data <<EOS
#cloud-config
hostname: renamed
ssh_pwauth: true
users:
  - default
  - name: alice
    plain_text_passwd: "open sesame"
    lock_passwd: false
    ssh_authorized_keys:
      - $(cat key.pub)
packages: [vim]
runcmd:
  - echo one > /root/commands
  - [sh, -c, "echo two >> /root/commands"]
EOS
genisoimage -quiet -J -r -V config-2 -o drive.iso drive
boot drive -netdev "user,id=net0,hostfwd=tcp:127.0.0.1:$PORT-:22" -drive file=drive.iso,if=none,id=cd,media=cdrom,readonly=on -device ide-cd,drive=cd
check 'host name' test "$(guest haneul hostname)" = renamed
check 'another user with a key' test "$(guest alice id\ -un)" = alice
check 'commands ran' test "$(guest root 'cat /root/commands' | xargs)" = 'one two'
check 'what it does not know is said' said drive "'packages' is not known"
# $s and $h are the guest's
# shellcheck disable=SC2016
hash_of='f() { h=$(awk -F: -v u="$1" "\$1==u{print \$2}" /etc/shadow); s=$(echo "$h" | cut -d"\$" -f3); test "$h" = "$(mkpasswd -m sha512 -S "$s" "$2")"; };'
check "admin_pass is haneul's password" guest root "$hash_of f haneul 's3\"cr\\et'"
check "another user's password" guest root "$hash_of f alice 'open sesame'"

exit $FAILED
