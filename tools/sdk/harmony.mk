# What the Makefile of a component includes. It gives
#   HARMONY_COMPILE_C    compiles C; add -c, the source and -o
#   HARMONY_LINK_C       links a component in C; add the objects, HARMONY_LIBRARIES_C and -o
#   HARMONY_BUILD_TS     $(call HARMONY_BUILD_TS,MAIN,FOLDER,IMAGE): a component in TypeScript; what is between lies in FOLDER
#   HARMONY_PACK         packs a boot archive: its name, then NAME=FILE for each member; the first one is started by the kernel
#   HARMONY_RUN          boots an archive in QEMU; QEMU_OPTIONS are those of qemu.sh, such as --cpu sifive-u54
# Each flag of the compiler has its reason in flags.mk.
HARMONY_SDK := $(abspath $(dir $(lastword $(MAKEFILE_LIST))))
include $(HARMONY_SDK)/flags.mk

HARMONY_CC := riscv64-unknown-elf-gcc
HARMONY_PLACE := -T $(HARMONY_SDK)/lib/user.ld $(HARMONY_SDK)/lib/start.S $(HARMONY_SDK)/lib/entry.S

HARMONY_COMPILE_C := $(HARMONY_CC) $(USER_FLAGS) $(HOSTED_FLAGS) -I $(HARMONY_SDK)/include
HARMONY_LINK_C := $(HARMONY_CC) $(USER_FLAGS) $(LINK_FLAGS) $(HOSTED_LINK_FLAGS) $(HARMONY_PLACE)
HARMONY_LIBRARIES_C := $(HARMONY_SDK)/lib/libharmony.a $(HOSTED_LIBRARIES)

define HARMONY_BUILD_TS
$(HARMONY_SDK)/bin/harmonyc build $(1) --emit c,layout --out $(2)
$(HARMONY_CC) $(USER_FLAGS) $(RELEASE_FLAGS) $(C_FLAGS) -I $(HARMONY_SDK)/include -I $(2)/c \
  $(LINK_FLAGS) $(HARMONY_PLACE) `sed 's|^|$(2)/|' $(2)/c/sources.txt` -o $(3)
endef

HARMONY_PACK := node $(HARMONY_SDK)/tools/pack-archive.js
HARMONY_RUN := $(HARMONY_SDK)/qemu.sh $(QEMU_OPTIONS) $(HARMONY_SDK)/kernel/Image
