# Commands of `make debug`: attaches to the kernel that waits in QEMU and stops at its first line of TypeScript.
# tools/debug names the port and the breakpoint.
set confirm off
set pagination off
set architecture riscv:rv64
set print pretty on
# An outcome is one 128-bit number: error low, value high.
define outcome
  printf "error %lu, value %lu\n", (unsigned long)$arg0, (unsigned long)($arg0 >> 64)
end
document outcome
Shows an outcome of the kernel: its error and its value.
end
