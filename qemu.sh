#!/bin/sh
# Runs the kernel in QEMU. The only file that knows an emulator's command line.
set -u

usage() {
  cat <<'END'
Usage: qemu.sh [OPTION]... [KERNEL [ARCHIVE]] [-- QEMU-ARGUMENT...]

Boots KERNEL (default: out/kernel/harmony.elf) with the boot archive ARCHIVE
(default: out/boot.cpio; 'none' for none). The exit code of the machine becomes
the exit code of this command.

  --machine NAME   QEMU's machine (default: virt)
  --cpu NAME       QEMU's cpu (default: the machine's own; for example sifive-u54)
  --smp N          number of harts (default: 1)
  --memory SIZE    memory, for example 64M or 2G (default: 128M)
  --dtb FILE       this device tree instead of the machine's own
  --dumpdtb FILE   write the machine's device tree and end
  --gdb            wait for gdb on 127.0.0.1:1234 before the first instruction
  --gdb-port N     the same on another port
  --icount         one instruction is one nanosecond: the same run every time
  --timeout S      end with exit code 124 after S seconds
  --help           this text

Exit codes beside those of the machine: 2 wrong arguments, 124 timeout,
127 QEMU is missing.
END
}

fail() {
  printf 'qemu.sh: %s\n' "$1" >&2
  exit "${2:-2}"
}

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
machine=virt
cpu=
smp=1
memory=128M
dtb=
dumpdtb=
gdb=
icount=
timeout=
kernel=
archive=

while [ $# -gt 0 ]; do
  case $1 in
    --machine | --cpu | --smp | --memory | --dtb | --dumpdtb | --gdb-port | --timeout)
      [ $# -ge 2 ] || fail "$1 needs a value; see --help"
      case $1 in
        --machine) machine=$2 ;;
        --cpu) cpu=$2 ;;
        --smp) smp=$2 ;;
        --memory) memory=$2 ;;
        --dtb) dtb=$2 ;;
        --dumpdtb) dumpdtb=$2 ;;
        --gdb-port) gdb=$2 ;;
        --timeout) timeout=$2 ;;
      esac
      shift 2
      ;;
    --gdb) gdb=1234 && shift ;;
    --icount) icount=1 && shift ;;
    --help | -h) usage && exit 0 ;;
    --) shift && break ;;
    -*) fail "unknown option '$1'; see --help" ;;
    *)
      if [ -z "$kernel" ]; then
        kernel=$1
      elif [ -z "$archive" ]; then
        archive=$1
      else
        fail "one kernel and one archive are enough: '$1' is too much; see --help"
      fi
      shift
      ;;
  esac
done

case $timeout in *[!0-9]*) fail "--timeout takes whole seconds, not '$timeout'" ;; esac
case $gdb in *[!0-9]*) fail "--gdb-port takes a number, not '$gdb'" ;; esac
case $smp in '' | *[!0-9]*) fail "--smp takes a number, not '$smp'" ;; esac
kernel=${kernel:-$root/out/kernel/harmony.elf}
archive=${archive:-$root/out/boot.cpio}
command -v qemu-system-riscv64 >/dev/null ||
  fail "qemu-system-riscv64 is missing: on Debian it is in the package qemu-system-misc" 127
if [ -n "$dumpdtb" ]; then
  archive=none
else
  [ -f "$kernel" ] || fail "the kernel $kernel does not exist: run make kernel"
  [ "$archive" = none ] || [ -f "$archive" ] || fail "the boot archive $archive does not exist: run make images"
fi

# What was given after -- stays in "$@", behind everything else.
[ -z "$timeout" ] || set -- "$@" -no-reboot
[ -z "$gdb" ] || set -- -S -gdb tcp:127.0.0.1:$gdb "$@"
[ -z "$icount" ] || set -- -icount shift=0,sleep=off "$@"
[ -z "$dtb" ] || set -- -dtb "$dtb" "$@"
[ "$archive" = none ] || set -- -initrd "$archive" "$@"
[ -z "$cpu" ] || set -- -cpu "$cpu" "$@"
if [ -n "$dumpdtb" ]; then
  machine=$machine,dumpdtb=$dumpdtb
else
  set -- -kernel "$kernel" "$@"
fi
# Semihosting gives an exit code to machines without a test finisher. Only supervisor mode can use it: QEMU offers it to
# components only with userspace=on.
set -- -machine "$machine" -bios default -smp "$smp" -m "$memory" -nographic \
  -semihosting-config enable=on,target=native "$@"

if [ -t 0 ]; then
  [ -n "$dumpdtb" ] || printf 'To leave the emulator: Ctrl-A, then x.\n'
  [ -z "$gdb" ] || printf 'Waiting for gdb: gdb-multiarch -ex "target remote :%s" %s\n' "$gdb" "$kernel"
fi
[ -n "$timeout" ] || exec qemu-system-riscv64 "$@"

# A hung hart can keep QEMU from ending by itself: a second signal follows two seconds later.
# It runs apart from the terminal, of which it could not read.
[ ! -t 0 ] || exec </dev/null
# Once its input has ended, QEMU drops what its output does not take at once. A socket, which is what Node gives its
# children, is full after some hundred characters that nobody has read yet; a pipe, with cat behind it, after 65,536.
exec 4>&1
code=$({
  {
    timeout -k 2 "$timeout" qemu-system-riscv64 "$@" 3>&- 4>&-
    echo $? >&3
  } | cat >&4 3>&-
} 3>&1)
if [ "$code" -eq 124 ] || [ "$code" -eq 137 ]; then
  printf 'qemu.sh: the machine did not end within %s seconds\n' "$timeout" >&2
  exit 124
fi
exit "$code"
