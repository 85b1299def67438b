# What the images are compiled and linked with, each flag with its reason.
# Used by the Makefile and tools/image.mk; the RISC-V gcc is 12 or later.

# ---- every image

# Integers, multiply, atomics, compressed: no floating point, so that gcc can never touch a thread's floating-point
# registers. Zicsr and Zifencei: control registers and fence.i.
MACHINE_FLAGS := -march=rv64imac_zicsr_zifencei -mabi=lp64
# Code and data within 2 GiB of each other, at any address: the kernel is linked in the upper half.
MACHINE_FLAGS += -mcmodel=medany
# gp and tp belong to the running component: no gp-relative data. The linker makes a near call or jump one instruction
# instead of two; it reaches nothing through gp, because the scripts define no __global_pointer$.
MACHINE_FLAGS += -mrelax -msmall-data-limit=0
# The U74 traps into the firmware at a misaligned access.
MACHINE_FLAGS += -mstrict-align
# No library, no start files, no position-independent code.
MACHINE_FLAGS += -ffreestanding -fno-pic -fno-common
# Generated C retypes memory (a frame becomes an object), and address 0 is a number like any other.
MACHINE_FLAGS += -fno-strict-aliasing -fno-delete-null-pointer-checks
# A loop that fills memory stays a loop: there is no memset to call.
MACHINE_FLAGS += -fno-tree-loop-distribute-patterns
# Nobody unwinds; the sections would only be loaded.
MACHINE_FLAGS += -fno-asynchronous-unwind-tables -fno-unwind-tables
# One section for each function, so that the linker can leave out what nothing uses.
MACHINE_FLAGS += -ffunction-sections -fdata-sections
# gdb 13 and older tools read version 4; -g changes no instruction.
MACHINE_FLAGS += -gdwarf-4

KERNEL_FLAGS := $(MACHINE_FLAGS)
USER_FLAGS := $(MACHINE_FLAGS)

# ---- generated C only

# gnu11: statement for statement what harmonyc emits. A warning is a mistake of the compiler.
C_FLAGS := -std=gnu11 -Wall -Wextra -Wconversion -Werror

# ---- components in C

# With a C library: its functions mean what the standard says, and gcc may count on that. Headers and library are those of
# picolibc. No floating-point registers either: double and float are computed by libgcc, because that works in every
# component, whether it has used them before or not, and nobody saves them at a call.
HOSTED_FLAGS := -fhosted --specs=picolibc.specs
# gcc chooses among the built forms of the library by the exact text of -march: rv64imac/lp64 is the one without floating
# point. The letters that MACHINE_FLAGS adds to it only allow instructions that no library uses.
HOSTED_LINK_FLAGS := $(HOSTED_FLAGS) -march=rv64imac
HOSTED_LIBRARIES := -Wl,--start-group -lc -lgcc -Wl,--end-group

# ---- the two builds

# All modules are optimised as one program: small functions of one file are inlined in another. One partition, so that
# the result does not depend on how the work was divided.
RELEASE_FLAGS := -O2 -flto -flto-partition=one
# Small functions on the paths of system calls become part of their callers, which then save no registers for the call.
RELEASE_FLAGS += --param=max-inline-insns-auto=30
# Sibling calls stay jumps, because paths that do not return rely on them; -Og would break that.
DEBUG_FLAGS := -O1 -foptimize-sibling-calls -fno-inline

# What runs once, at boot, or only to report, is to be small. It keeps its level in the program that the linker optimises.
SMALL_SOURCES := boot/% machine/board% machine/device-tree%
SMALL_FLAGS := -Os

# ---- linking (kernel: arch/riscv/kernel.ld, which also says where the image is loaded)

LINK_FLAGS := -nostdlib -nostartfiles -static
# Near calls and jumps become one instruction.
LINK_FLAGS += -Wl,--relax
# What nothing uses is left out; same inputs, same bytes.
LINK_FLAGS += -Wl,--gc-sections,--build-id=none
# Pages of 4 KiB; a section that the script does not place is an error.
LINK_FLAGS += -Wl,-z,max-page-size=4096,--orphan-handling=error
