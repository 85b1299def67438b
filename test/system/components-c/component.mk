# Builds a component of the system tests that is written in C, as somebody would with the SDK only. The Makefile calls it with
#   SDK   the folder of the SDK
#   NAME  the folder beside this file that holds the sources
include $(SDK)/harmony.mk

HERE := $(dir $(lastword $(filter %/component.mk,$(MAKEFILE_LIST))))$(NAME)
FOLDER := out/test/components/c-$(NAME)
SOURCES := $(sort $(wildcard $(HERE)/*.c))
OBJECTS := $(SOURCES:$(HERE)/%.c=$(FOLDER)/%.o)

$(FOLDER).cpio: $(FOLDER).elf
	@$(HARMONY_PACK) $@ booter=$<

$(FOLDER).elf: $(OBJECTS) $(SDK)/lib/libharmony.a $(SDK)/lib/user.ld $(SDK)/lib/start.S
	@printf '  %-9s %s\n' link $@
	@$(HARMONY_LINK_C) $(OBJECTS) $(HARMONY_LIBRARIES_C) -o $@

$(FOLDER)/%.o: $(HERE)/%.c $(SDK)/harmony.mk $(SDK)/flags.mk
	@mkdir -p $(@D)
	@$(HARMONY_COMPILE_C) -std=c11 -Wall -Wextra -Wconversion -Wpedantic -Werror -O2 -MMD -MP -c $< -o $@
-include $(OBJECTS:.o=.d)
