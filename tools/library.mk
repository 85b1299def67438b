# Builds the library for components in C: hand-written C, and the C of the library in TypeScript. The Makefile calls it with
#   GENERATED  folder that `harmonyc build` wrote (holds c/sources.txt)
#   OBJECTS    folder for the object files
#   LIBRARY    the archive to make
#   SOURCES    hand-written C files
include arch/riscv/flags.mk

MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SUFFIXES:

CC := riscv64-unknown-elf-gcc
AR := riscv64-unknown-elf-ar
OBJCOPY := riscv64-unknown-elf-objcopy
FLAGS := $(USER_FLAGS) -O2 -ffile-prefix-map=$(CURDIR)=.
INCLUDES := -I user/lib/generated -I user/c -I compiler/runtime -I arch/riscv -I $(GENERATED)/c

C_FILES := $(shell cat $(GENERATED)/c/sources.txt)
GENERATED_OBJECTS := $(patsubst %.c,$(OBJECTS)/%.o,$(C_FILES))
SOURCE_OBJECTS := $(patsubst %.c,$(OBJECTS)/%.o,$(SOURCES))
RULES := tools/library.mk arch/riscv/flags.mk
# What a component may call. Everything else gets names that it cannot meet: a function of its own may be called alike.
PUBLIC := 'harmony*' componentMain serverCall serverPools sbrk _exit getpid kill stdin stdout stderr

.PHONY: library
library: $(LIBRARY)

$(GENERATED_OBJECTS): $(OBJECTS)/%.o: $(GENERATED)/%.c $(RULES)
	@mkdir -p $(@D)
	@$(CC) $(FLAGS) $(C_FLAGS) $(INCLUDES) -MMD -MP -c $< -o $@

$(SOURCE_OBJECTS): $(OBJECTS)/%.o: %.c $(RULES)
	@mkdir -p $(@D)
	@$(CC) $(FLAGS) $(HOSTED_FLAGS) $(C_FLAGS) -std=c11 $(INCLUDES) -MMD -MP -c $< -o $@

-include $(GENERATED_OBJECTS:.o=.d) $(SOURCE_OBJECTS:.o=.d)

$(LIBRARY): $(GENERATED_OBJECTS) $(SOURCE_OBJECTS) $(RULES)
	@printf '  %-9s %s\n' library $@
	@$(CC) $(FLAGS) -nostdlib -r -Wl,--build-id=none $(GENERATED_OBJECTS) $(SOURCE_OBJECTS) -o $(OBJECTS)/library.o
	@$(OBJCOPY) --wildcard $(patsubst %,--keep-global-symbol=%,$(PUBLIC)) $(OBJECTS)/library.o
	@rm -f $@
	@$(AR) rcsD $@ $(OBJECTS)/library.o
