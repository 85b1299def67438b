# The ways in. `make help` lists them; everything they need is made, or installed, on the way.
SHELL := /bin/sh
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:

# Without Node nothing but these goals can do anything: one line says what was found and how to get it.
ifneq ($(filter-out help clean doctor,$(or $(MAKECMDGOALS),help)),)
  NODE_PROBLEM := $(shell tools/need-node 2>&1)
  ifneq ($(NODE_PROBLEM),)
    $(error $(NODE_PROBLEM))
  endif
endif

say = printf '  %-9s %s\n'
JOBS := $(shell nproc 2>/dev/null || echo 1)
# A parent make that runs jobs in parallel shares its own; otherwise one job for each processor.
PARALLEL = $(if $(findstring j,$(firstword -$(MAKEFLAGS))),,-j$(JOBS))
TSC := node node_modules/typescript/bin/tsc
TSC_NATIVE := node node_modules/typescript-native/bin/tsc
PRETTIER := node node_modules/prettier/bin/prettier.cjs
TOOL := node --enable-source-maps out/node/tools

compiler_SOURCES := $(sort $(shell find compiler -name '*.ts'))
node_SOURCES := $(sort $(shell find compiler test tools -name '*.ts'))
kernel_SOURCES := $(sort $(shell find kernel-src -name '*.ts'))
user_SOURCES := $(sort $(shell find user kernel-src/abi -name '*.ts'))
GENERATORS := $(basename $(notdir $(wildcard tools/generate-*.ts)))
components := $(sort $(patsubst test/system/components/%/,%,$(wildcard test/system/components/*/)))
c_components := $(sort $(patsubst test/system/components-c/%/,%,$(wildcard test/system/components-c/*/)))
programs := $(sort $(patsubst test/system/programs/%/main.ts,%,$(wildcard test/system/programs/*/main.ts)))
user_components := $(sort $(patsubst user/%/main.ts,%,$(wildcard user/*/main.ts)))
components_SOURCES := $(sort $(shell find test/system/components test/system/programs user kernel-src/abi -name '*.ts' 2>/dev/null))
# Growth is booted by itself: it takes longer, and more memory.
benches := $(filter-out growth,$(patsubst bench/%/main.ts,%,$(sort $(wildcard bench/*/main.ts))))
bench_SOURCES := $(sort $(shell find bench user/lib kernel-src/abi -name '*.ts'))

# ---------------------------------------------------------------- for people

.PHONY: help run system test test-compiler test-kernel test-system test-house test-the-tests long hostile bench bounds debug check format docs book size doctor clean
.PHONY: compiler images commands ready FORCE

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)$$/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-22s %s\n", $$1, $$2 }'

run: kernel boot-archive ## build everything and boot it in QEMU
	@./qemu.sh

system: kernel system-archive ## boot a small system that one can type into: driver, scheduler, pager, watchdog
	@./qemu.sh out/kernel/harmony.elf out/system.cpio

test: ready ## every test (compiler, kernel, system, house)
	@$(TOOL)/run-tests.js

test-compiler: out/stamps/node | packages ## tests of the compiler
	@$(TOOL)/run-tests.js compiler

test-kernel: ready ## the kernel as JavaScript on the host
	@$(TOOL)/run-tests.js kernel

test-system: ready ## the kernel in QEMU
	@$(TOOL)/run-tests.js system

test-house: ready ## tests of the tools and of the documents
	@$(TOOL)/run-tests.js house

bench: kernel bench-archives ## count the instructions of each operation, beside seL4's
	@$(TOOL)/bench.js

growth: kernel growth-archive ## count what an operation costs with more and more of everything, and draw it
	@$(TOOL)/growth.js

bounds: kernel ## prove the longest time in the kernel, for each way in, from the machine code
	@$(TOOL)/bounds.js

long: out/stamps/kernel ## 10^7 random operations of everything, recorded in bench/ (ten minutes on two processors)
	@node --enable-source-maps out/node/test/kernel/random/long.js

test-the-tests: out/stamps/node ## plant known bugs in a copy of the kernel: each must make the test fail that is meant to find it
	@$(TOOL)/test-the-tests.js

hostile: kernel component-hostile ## 10^6 system calls of a hostile component in QEMU (a minute; the tests make a tenth)
	@$(TOOL)/pack-archive.js out/test/hostile-long.cpio booter=out/test/components/hostile.elf long=README.md
	@./qemu.sh --timeout 1800 out/kernel/harmony.elf out/test/hostile-long.cpio

debug: debug-kernel debug-archive commands ## boot the debug build and attach gdb at a breakpoint in the kernel's TypeScript
	@tools/debug

check: out/stamps/node ## types, floors, limits, words, format, documents
	@$(say) types 'kernel-src, user'
	@$(TSC) -p kernel-src
	@$(TSC) -p user
	@$(TSC) -p test/system/components
	@$(TSC) -p test/system/programs
	@$(TSC) -p bench
	@$(say) floors 'kernel-src, user'
	@bin/harmonyc check kernel-src
	@for name in $(user_components); do bin/harmonyc check --no-typescript user/lib user/$$name || exit 1; done
	@$(say) house 'limits, words, documents'
	@$(TOOL)/check-house.js
	@$(say) generated 'is what the sources say'
	@for tool in $(GENERATORS); do $(TOOL)/$$tool.js --check || exit 1; done
	@$(say) format '.'
	@$(PRETTIER) --check --log-level warn .

format: node_modules/.package-lock.json ## format TypeScript, JSON and Markdown
	@$(PRETTIER) --write --log-level warn .

docs: out/stamps/node ## write what is generated: user stubs, reference pages in docs
	@for tool in $(GENERATORS); do $(TOOL)/$$tool.js || exit 1; done

book: images ## write what the book shows of the built system: C, machine code, a count of instructions
	@$(TOOL)/show-built.js

size: kernel boot-archive ## text, source lines and instructions to the first user instruction, beside seL4's
	@$(TOOL)/size.js

doctor: ## what this machine has of what the project needs
	@tools/doctor

clean: ## remove everything that was built (keeps node_modules)
	@rm -rf out

# ------------------------------------------------------------- prerequisites

.PHONY: packages
packages:
	@tools/install-packages

# A time stamp alone installs nothing anew: a copy of what was installed lies beside. And npm would empty a folder that a
# link leads to, which belongs to another copy of the project.
node_modules/.package-lock.json: package-lock.json
	@if [ -L node_modules ] || cmp -s $< node_modules/.installed.json; then touch $@; else tools/install-node-packages; fi

# ------------------------------------------------------------ building blocks

# The list of a program's sources: it changes when a file comes or goes, which no time stamp tells.
out/stamps/%.list: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $($*_SOURCES) | cmp -s - $@ || printf '%s\n' $($*_SOURCES) >$@

# Compiler, tests and tools as JavaScript. The folder is written anew, so that no deleted file lives on.
out/stamps/node: out/stamps/node.list $(node_SOURCES) tsconfig.json node_modules/.package-lock.json
	@$(say) tsc 'compiler, test, tools'
	@$(TSC_NATIVE) -p . --outDir out/node.new
	@rm -rf out/node && mv out/node.new out/node
	@touch $@

compiler: out/stamps/node

# The kernel as C and as JavaScript. A new compiler writes only files whose content changed.
out/stamps/kernel: out/stamps/kernel.list $(kernel_SOURCES) $(compiler_SOURCES) harmony.json | out/stamps/node
	@$(say) harmonyc kernel-src
	@bin/harmonyc build kernel-src --out out/kernel
	@touch $@

include arch/riscv/flags.mk
KERNEL_ASSEMBLY := $(sort $(wildcard arch/riscv/*.S))
# $(call image,GENERATED,OBJECTS,IMAGE,ASSEMBLY,SCRIPT,FLAGS[,RAW]): one image, by tools/image.mk.
image = +@$(MAKE) -s $(PARALLEL) -f tools/image.mk GENERATED='$(1)' OBJECTS='$(2)' IMAGE='$(3)' ASSEMBLY='$(4)' \
  SCRIPT='$(5)' FLAGS='$(6)' RAW='$(7)'
kernel_image = $(call image,out/kernel,$(1)/objects,$(1)/harmony.elf,$(KERNEL_ASSEMBLY),arch/riscv/kernel.ld,$(KERNEL_FLAGS) $(2),$(1)/Image)
# $(call user_image,GENERATED,BASE,FLAGS[,ASSEMBLY]): a component, with assembly of its own.
user_image = $(call image,$(1),$(2)/objects,$(2).elf,user/lib/start.S user/lib/entry.S $(4),user/lib/user.ld,$(USER_FLAGS) $(3))

# $(call components_of,GOAL,FOLDER,OUT,PROGRAM[,ASSEMBLY]): GOAL-NAME builds the component FOLDER/NAME as OUT/NAME.elf, with
# the assembly beside it. It is built anew when a source of PROGRAM changes.
define components_of
out/stamps/$(1)-%: out/stamps/$(4).list $$($(4)_SOURCES) $$(compiler_SOURCES) harmony.json | out/stamps/node
	@$$(say) harmonyc $(2)/$$*
	@bin/harmonyc build $(2)/$$* --out $(3)/$$*
	@touch $$@

$(1)-%: out/stamps/$(1)-% | packages
	$$(call user_image,$(3)/$$*,$(3)/$$*,$$(RELEASE_FLAGS),$$(wildcard $(2)/$$*/*.S) $(5))
endef
# What the tree has: components of a system, of the system tests (each the first one of an archive of its own), those that
# they make, and benches, which count instructions between two readings in assembly.
$(eval $(call components_of,user,user,out/user,user))
$(eval $(call components_of,component,test/system/components,out/test/components,components))
$(eval $(call components_of,program,test/system/programs,out/test/programs,components))
$(eval $(call components_of,bench,bench,out/bench,bench,bench/lib/measure.S))

.PHONY: kernel debug-kernel booter debug-booter components
kernel: out/stamps/kernel | packages
	$(call kernel_image,out/kernel,$(RELEASE_FLAGS))
	@$(TOOL)/check-jumps.js out/kernel/c out/kernel/harmony.elf

debug-kernel: out/stamps/kernel | packages
	$(call kernel_image,out/debug,$(DEBUG_FLAGS))
	@$(TOOL)/check-jumps.js out/kernel/c out/debug/harmony.elf

booter: user-booter

debug-booter: out/stamps/user-booter | packages
	$(call user_image,out/user/booter,out/debug/booter,$(DEBUG_FLAGS))

# The library for components in C: by hand, and compiled from the library in TypeScript.
c-library_SOURCES := $(sort $(shell find user/lib kernel-src/abi -name '*.ts'))
out/stamps/c-library: out/stamps/c-library.list $(c-library_SOURCES) $(compiler_SOURCES) harmony.json | out/stamps/node
	@$(say) harmonyc 'user/lib/heap.ts user/lib/server.ts'
	@bin/harmonyc build user/lib/heap.ts user/lib/server.ts --emit c,layout --out out/c-library
	@touch $@

.PHONY: c-library sdk c-components
c-library: out/stamps/c-library | packages
	+@$(MAKE) -s $(PARALLEL) -f tools/library.mk GENERATED=out/c-library OBJECTS=out/c-library/objects \
	  LIBRARY=out/c-library/libharmony.a SOURCES='$(sort $(wildcard user/c/*.c))'

sdk: kernel c-library ## write out/sdk: everything to build components outside of this tree, in C or TypeScript
	@$(TOOL)/make-sdk.js

# Components of the system tests in C.
c-components: $(c_components:%=c-component-%)
c-component-%: sdk
	+@$(MAKE) -s -f test/system/components-c/component.mk SDK=out/sdk NAME=$*

# Boot archives; the first member is the booter. An archive that would not change is not written.
.PHONY: boot-archive debug-archive system-archive component-archives bench-archives growth-archive
boot-archive: booter
	@$(TOOL)/pack-archive.js out/boot.cpio booter=out/user/booter.elf

# The members of the system, after its first one.
system_members := console scheduler pager sieve watchdog stray echo
system-archive: $(addprefix user-,system $(system_members))
	@$(TOOL)/pack-archive.js out/system.cpio booter=out/user/system.elf $(foreach name,$(system_members),$(name)=out/user/$(name).elf)

debug-archive: debug-booter
	@$(TOOL)/pack-archive.js out/debug/boot.cpio booter=out/debug/booter.elf

# Further members are listed in the file `members` beside the component.
component-archives: $(components:%=component-%) $(programs:%=program-%) $(user_components:%=user-%)
	@for name in $(components); do \
	  $(TOOL)/pack-archive.js out/test/components/$$name.cpio booter=out/test/components/$$name.elf \
	    $$(cat test/system/components/$$name/members 2>/dev/null) || exit 1; done

growth-archive: bench-growth
	@$(TOOL)/pack-archive.js out/growth.cpio booter=out/bench/growth.elf

bench-archives: $(benches:%=bench-%)
	@for name in $(benches); do \
	  $(TOOL)/pack-archive.js out/bench/$$name.cpio booter=out/bench/$$name.elf || exit 1; done

images: kernel debug-kernel boot-archive debug-archive system-archive component-archives bench-archives growth-archive commands ## build everything, the components of the tests too

commands: kernel debug-kernel booter debug-booter
	@{ echo '['; cat $$(find out/kernel/objects out/user out/debug -name '*.o.json' | sort) | sed '$$!s/$$/,/'; echo ']'; } >out/compile_commands.json.new
	@cmp -s out/compile_commands.json.new out/compile_commands.json || mv out/compile_commands.json.new out/compile_commands.json
	@rm -f out/compile_commands.json.new

ready: images c-components
