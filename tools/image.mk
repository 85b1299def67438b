# Builds one image from generated C, assembly and a linker script: the kernel or a component, release or debug.
# The Makefile calls it with
#   GENERATED  folder that `harmonyc build` wrote (holds c/sources.txt)
#   OBJECTS    folder for the object files
#   IMAGE      the ELF file to make; with RAW set, also that raw binary
#   ASSEMBLY   assembly files
#   SCRIPT     linker script
#   FLAGS      compiler flags of this image (arch/riscv/flags.mk says which and why)
include arch/riscv/flags.mk

MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SUFFIXES:

CC := riscv64-unknown-elf-gcc
OBJCOPY := riscv64-unknown-elf-objcopy
# Object files name no folder of this machine, so the same sources give the same bytes anywhere.
COMPILE := $(CC) $(FLAGS) -ffile-prefix-map=$(CURDIR)=. -I compiler/runtime -I arch/riscv -I $(GENERATED) -I $(GENERATED)/c

C_FILES := $(shell cat $(GENERATED)/c/sources.txt)
C_OBJECTS := $(patsubst %.c,$(OBJECTS)/%.o,$(C_FILES))
ASSEMBLY_OBJECTS := $(patsubst %.S,$(OBJECTS)/%.o,$(ASSEMBLY))
ALL_OBJECTS := $(ASSEMBLY_OBJECTS) $(C_OBJECTS)
RULES := tools/image.mk arch/riscv/flags.mk

.PHONY: image
image: $(IMAGE) $(RAW)

# compile_commands.json is put together from one line for each object.
define describe
@printf '{"directory": "%s", "file": "%s", "output": "%s", "command": "%s"}\n' '$(CURDIR)' '$<' '$@' '$(COMPILE) -c $< -o $@' >$@.json
endef

$(C_OBJECTS): $(OBJECTS)/%.o: $(GENERATED)/%.c $(RULES)
	@mkdir -p $(@D)
	@$(COMPILE) $(C_FLAGS) $(if $(filter $(SMALL_SOURCES:%=c/kernel-src/%),$*),$(if $(filter -O2,$(FLAGS)),$(SMALL_FLAGS))) -MMD -MP -c $< -o $@
	$(describe)

$(ASSEMBLY_OBJECTS): $(OBJECTS)/%.o: %.S $(RULES)
	@mkdir -p $(@D)
	@$(COMPILE) -Wa,--debug-prefix-map=$(CURDIR)=. -MMD -MP -c $< -o $@
	$(describe)

# The layout headers are generated: a stale dependency file must not ask for one that is gone.
-include $(ALL_OBJECTS:.o=.d)

$(IMAGE): $(ALL_OBJECTS) $(GENERATED)/c/sources.txt $(SCRIPT)
	@printf '  %-9s %s\n' link $@
	@$(CC) $(FLAGS) $(LINK_FLAGS) -ffile-prefix-map=$(CURDIR)=. -T $(SCRIPT) $(ALL_OBJECTS) -o $@

ifneq ($(RAW),)
$(RAW): $(IMAGE)
	@$(OBJCOPY) -O binary $< $@
endif
