#!/bin/bash
# build.sh OUT.qcow2 | --packages: makes the small Linux guest of the first cloud from packages of the distribution.
#
#   partition 1  FAT16  syslinux, kernel, initramfs     written with mtools
#   partition 2  ext4   busybox, dropbear, rootfs/      written with mkfs.ext4 -d
#
# Nothing is mounted and no loop device is used, so it needs no root. The kernel package is downloaded, not installed.
# GUEST_USER's password is for the consoles; ssh takes keys, and passwords only once the owner has set one.
set -euo pipefail
export PATH="$PATH:/usr/sbin:/sbin" LC_ALL=C

HERE=$(dirname "$(readlink -f "$0")")
GUEST_USER=haneul
GUEST_PASSWORD=haneul
PACKAGES=(busybox-static dropbear-bin syslinux syslinux-common mtools dosfstools e2fsprogs fdisk qemu-utils cpio kmod binutils zstd)

# What the disk needs goes into the initramfs; the rest is loaded from the root file system.
BOOT_MODULES=(virtio_pci virtio_blk virtio_scsi sd_mod ata_piix ahci)
GUEST_MODULES=(virtio_net virtio_rng virtio_balloon virtio_console sr_mod isofs button evdev e1000 vfat nls_ascii nls_cp437 nls_iso8859-1)

fail() {
  echo "guest image: $1" >&2
  [ $# -lt 2 ] || echo "  cure: $2" >&2
  exit 1
}

check_tools() {
  local tool missing=()
  for tool in busybox dropbear dropbearkey syslinux mcopy mkfs.vfat mkfs.ext4 debugfs resize2fs sfdisk qemu-img cpio depmod modprobe strip; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  [ ${#missing[@]} -eq 0 ] || fail "these tools are missing: ${missing[*]}" "apt-get install --no-install-recommends ${PACKAGES[*]}"
  [ "$(dpkg --print-architecture)" = amd64 ] || fail "only amd64 can be built" "upload an image of your own with 'openstack image create'"
}

depends_on() { # PACKAGE PREFIX: the first dependency whose name starts so
  (apt-cache depends "$1" 2>/dev/null || true) | sed -n "0,/Depends: $2/s/.*Depends: \($2.*\)/\1/p"
}

# Debian ships the modules with the kernel, Ubuntu beside it.
download_kernel() { # -> $WORK/kernel
  local meta image modules package
  for meta in linux-image-cloud-amd64 linux-image-virtual linux-image-amd64; do
    image=$(depends_on "$meta" linux-image-)
    [ -z "$image" ] || break
  done
  [ -n "${image:-}" ] || fail "no kernel package is known" "apt-get update"
  modules=$(depends_on "$image" linux-modules-)
  rm -rf kernel
  for package in $image $modules; do
    compgen -G "${package}_*.deb" >/dev/null || apt-get -qq download "$package" >/dev/null 2>download.log ||
      fail "cannot download $package: $(tail -n 1 download.log)" "apt-get update, or check the machine's network and proxy"
    dpkg-deb -x "$(compgen -G "${package}_*.deb" | tail -n 1)" kernel
  done
  [ -d kernel/lib/modules ] || mv kernel/usr/lib kernel/lib
  VERSION=$(basename "$(compgen -G 'kernel/lib/modules/*' | head -n 1)")
  depmod -b kernel "$VERSION"
}

# The module files for the given names with all they depend on, in loading order. Built-in ones have no file.
module_files() {
  local name
  for name in "$@"; do
    modprobe -d "$PWD/kernel" -S "$VERSION" --show-depends "$name" 2>/dev/null | awk '$1 == "insmod" { print $2 }'
  done | awk '!seen[$0]++'
}

copy_modules() { # TARGET FILE...: numbered, because their order matters; unpacked, because busybox loads plain files only
  local target=$1 number=100 file name
  shift
  mkdir -p "$target"
  for file in "$@"; do
    name=$number-$(basename "$file")
    case $file in
    *.zst) zstd -qdc "$file" >"$target/${name%.zst}" ;;
    *.xz) xz -dc "$file" >"$target/${name%.xz}" ;;
    *) cp "$file" "$target/$name" ;;
    esac
    number=$((number + 1))
  done
  find "$target" -name '*.ko' -exec strip --strip-debug {} +
}

make_initramfs() {
  local files
  mapfile -t files < <(module_files "${BOOT_MODULES[@]}")
  rm -rf initramfs
  mkdir -p initramfs/{bin,dev,proc,sys,newroot,modules}
  cp "$(command -v busybox)" initramfs/bin/busybox
  ln -s busybox initramfs/bin/sh
  install -m 755 "$HERE/initramfs/init" initramfs/init
  copy_modules initramfs/modules "${files[@]}"
  (cd initramfs && find . | cpio -o -H newc --quiet -R 0:0 | gzip -9) >initramfs.gz
}

# A program with every shared library it needs, at the places where the loader looks for them.
copy_program() { # PROGRAM TARGET
  local program library
  program=$(readlink -f "$(command -v "$1")")
  install -D -m 755 "$program" "root/$2"
  ldd "$program" | awk '/=> \// { print $3 } /^\t\/lib/ { print $1 }' | while read -r library; do
    install -D -m 755 "$(readlink -f "$library")" "root$(dirname "${library/#\/usr/}")/$(basename "$library")"
  done
}

make_root() {
  local applet files
  rm -rf root
  mkdir -p root/{bin,sbin,usr/bin,usr/sbin,lib,lib64,dev,proc,sys,tmp,run,mnt,media,var/log,var/lib/guest,etc/dropbear,root,home/$GUEST_USER}
  cp -r "$HERE/rootfs/." root/
  cp "$(command -v busybox)" root/bin/busybox
  for applet in $(busybox --list); do
    case $applet in
    busybox | init | dpkg* | rpm*) ;;
    *) [ -e "root/bin/$applet" ] || [ -e "root/usr/sbin/$applet" ] || ln -s busybox "root/bin/$applet" ;;
    esac
  done
  ln -s ../bin/busybox root/sbin/init
  copy_program dropbear usr/sbin/dropbear
  copy_program dropbearkey usr/bin/dropbearkey
  copy_program resize2fs usr/sbin/resize2fs
  mapfile -t files < <(module_files "${GUEST_MODULES[@]}" | grep -vFxf <(module_files "${BOOT_MODULES[@]}"; echo -))
  copy_modules root/lib/modules/guest "${files[@]}"
  printf 'root:x:0:0:root:/root:/bin/sh\n%s:x:1000:1000::/home/%s:/bin/sh\n' $GUEST_USER $GUEST_USER >root/etc/passwd
  printf 'root:x:0:\n%s:x:1000:\n' $GUEST_USER >root/etc/group
  printf 'root:*:19000:0:99999:7:::\n%s:%s:19000:0:99999:7:::\n' $GUEST_USER "$(busybox mkpasswd -m sha512 $GUEST_PASSWORD)" >root/etc/shadow
  printf '\n  Haneul guest (Linux %s, busybox) on \\l\n  login: %s, password: %s (unless you set one)\n\n' \
    "$VERSION" $GUEST_USER $GUEST_PASSWORD >root/etc/issue
  chmod 755 root root/root
  chmod 1777 root/tmp
  chmod 600 root/etc/shadow
}

make_boot_partition() { # size follows what is in it
  local kernel=kernel/boot/vmlinuz-$VERSION
  BOOT_MB=$((($(stat -c %s "$kernel") + $(stat -c %s initramfs.gz)) / 1048576 + 3))
  truncate -s ${BOOT_MB}M boot.fat
  mkfs.vfat -F 16 -n HANEULBOOT boot.fat >/dev/null
  printf '%s\n' 'DEFAULT guest' 'PROMPT 0' 'TIMEOUT 0' 'SERIAL 0 115200' 'LABEL guest' ' KERNEL vmlinuz' ' INITRD initramfs.gz' \
    ' APPEND console=tty1 console=ttyS0,115200n8 panic=10 net.ifnames=0 mitigations=off no_timer_check consoleblank=0 quiet loglevel=4' >syslinux.cfg
  mcopy -i boot.fat "$kernel" ::vmlinuz
  mcopy -i boot.fat initramfs.gz ::initramfs.gz
  mcopy -i boot.fat syslinux.cfg ::syslinux.cfg
}

make_root_partition() {
  ROOT_MB=$(($(du -sm root | cut -f1) + 12))
  rm -f root.ext4
  truncate -s ${ROOT_MB}M root.ext4
  mkfs.ext4 -q -F -L haneul-root -m 0 -b 4096 -N 2048 -J size=4 \
    -E root_owner=0:0,resize=16777216,lazy_itable_init=0,lazy_journal_init=0 -d root root.ext4
  { # files belong to whoever builds; in the guest they belong to root and to the user
    [ "$(id -u)" = 0 ] || find root -mindepth 1 -printf '/%P\n' | sed 's/.*/sif "&" uid 0\nsif "&" gid 0/'
    printf 'sif /home/%s uid 1000\nsif /home/%s gid 1000\n' $GUEST_USER $GUEST_USER
  } | debugfs -w -f - root.ext4 >/dev/null 2>&1
}

make_disk() {
  local size=$((1 + BOOT_MB + ROOT_MB + 1)) mbr
  rm -f disk.raw
  truncate -s ${size}M disk.raw
  printf 'label: dos\nstart=2048,size=%s,type=6,bootable\nstart=%s,type=83\n' $((BOOT_MB * 2048)) $((2048 + BOOT_MB * 2048)) | sfdisk -q disk.raw
  dd if=boot.fat of=disk.raw bs=1M seek=1 conv=notrunc status=none
  dd if=root.ext4 of=disk.raw bs=1M seek=$((1 + BOOT_MB)) conv=notrunc,sparse status=none
  syslinux --install --offset 1048576 disk.raw
  mbr=$(compgen -G '/usr/lib/[sS][yY][sS][lL][iI][nN][uU][xX]/mbr/mbr.bin' | head -n 1)
  [ -n "$mbr" ] || fail "syslinux has no mbr.bin" "apt-get install syslinux-common"
  dd if="$mbr" of=disk.raw bs=440 count=1 conv=notrunc status=none
  qemu-img convert -c -f raw -O qcow2 disk.raw "$OUT.part"
  mv "$OUT.part" "$OUT"
}

[ $# = 1 ] || fail "usage: build.sh OUT.qcow2 | --packages"
if [ "$1" = --packages ]; then
  printf '%s\n' "${PACKAGES[@]}"
  exit
fi
OUT=$(readlink -m "$1")
WORK=${GUEST_IMAGE_WORK:-$(dirname "$OUT")/guest-image.work}
check_tools
mkdir -p "$WORK" "$(dirname "$OUT")"
cd "$WORK"
download_kernel
make_initramfs
make_root
make_boot_partition
make_root_partition
make_disk
rm -rf disk.raw boot.fat root.ext4 kernel initramfs root
echo "$OUT: $(($(stat -c %s "$OUT") / 1048576)) MB, Linux $VERSION, console login $GUEST_USER/$GUEST_PASSWORD"
