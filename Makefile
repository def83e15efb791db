# Makefile — builds the program and runs its tests. `make help` lists what it can do.
# Sources are found by name: src/<room>/<file>.c belongs to the program, tests/unit/<room>/<noun>_test.c is a test program of its own.
# A mode is a compiler with its options; its objects lie in build/<mode>/. `make MPI=1` is the mode mpi: a program whose runs mpirun can
# share out, in build/mpi/. GNU make 3.81 is enough. V=1 prints whole commands.

MODE   ?= $(if $(filter 1,$(MPI)),mpi,release)
PREFIX ?= /usr/local
WERROR ?= -Werror
PKG_CONFIG ?= pkg-config
FUZZ_SECONDS ?= 60

FLAGS.release = -O2 -g
FLAGS.dev     = -Og -g -DDEMARCHE_TINY -DARENA_BLOCK=512
FLAGS.asan    = -O1 -g -DDEMARCHE_TINY -DARENA_BLOCK=512 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS.clang   = -O2 -g
FLAGS.o0      = -O0 -g
FLAGS.o3      = -O3 -g
FLAGS.tsan    = -O1 -g -fsanitize=thread
FLAGS.mpi     = -O2 -g -DDEMARCHE_MPI
# The same with the other compiler, for `make same`.
FLAGS.clang-o0   = $(FLAGS.o0)
FLAGS.clang-o3   = $(FLAGS.o3)
FLAGS.clang-asan = $(FLAGS.asan)
FLAGS.clang-tsan = $(FLAGS.tsan)
FLAGS.fuzz    = -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
COMPILER      = $(if $(filter clang clang-% fuzz,$(MODE)),clang,$(CC))

# $(call run,short words,command): says the short words, or with V=1 the command.
run = $(if $(V),$(2),@echo '$(1)' && $(2))
JOBS = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2))

ifndef FLAGS.$(MODE)
$(error there is no mode '$(MODE)'; choose release, dev, asan, tsan, clang, clang-asan, clang-tsan, clang-o0, clang-o3, o0, o3, mpi or fuzz)
endif

B = build/$(MODE)
ifeq ($(MODE),release)
PROGRAM = demarche
else
PROGRAM = $(B)/demarche
endif

# The same bits with every compiler: no contraction to fused multiply-add, never -ffast-math, not even for one file.
CFLAGS_ALL = -std=c11 $(FLAGS.$(MODE)) -Wall -Wextra -Wshadow -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wswitch \
             $(WERROR) -ffp-contract=off -fno-math-errno -pthread $(CFLAGS)
# ncurses asks for an older _XOPEN_SOURCE; ours comes after it and wins.
MACROS = -D_POSIX_C_SOURCE=200809L -U_XOPEN_SOURCE -D_XOPEN_SOURCE=700
ifeq ($(shell uname -s),Darwin)
MACROS += -D_DARWIN_C_SOURCE
BREW := $(shell brew --prefix 2>/dev/null)
export PKG_CONFIG_PATH := $(BREW)/opt/ncurses/lib/pkgconfig:$(BREW)/opt/openssl@3/lib/pkgconfig:$(BREW)/opt/sqlite/lib/pkgconfig:$(PKG_CONFIG_PATH)
endif

MPI_LIBRARY = ompi-c
LIBRARIES   = jansson libcrypto yaml-0.1 ncursesw sqlite3 $(if $(filter mpi,$(MODE)),$(MPI_LIBRARY))
has        = $(shell $(PKG_CONFIG) --exists '$(1)' 2>/dev/null && echo yes)
missing   := $(strip $(foreach l,$(LIBRARIES),$(if $(call has,$l),,$l)))
flags      = $(shell $(PKG_CONFIG) --cflags $(1) 2>/dev/null)
LIBS      := $(shell $(PKG_CONFIG) --libs $(LIBRARIES) 2>/dev/null) -lm -pthread
ROOM_FLAGS =

SOURCES := $(sort $(wildcard src/*/*.c))
# ROOM=base: only that room and those it may include, so that one room can be worked on while another does not compile.
ifdef ROOM
ROOMS   := $(ROOM) $(shell sed -n 's/^$(ROOM)://p' src/ROOMS)
ROOMS   := $(sort $(ROOMS) $(foreach r,$(ROOMS),$(shell sed -n 's/^$(r)://p' src/ROOMS)))
SOURCES := $(filter $(foreach r,$(ROOMS),src/$(r)/%.c),$(SOURCES))
UNITS   := $(sort $(wildcard tests/unit/$(ROOM)/*_test.c))
ARCHIVE  = $(B)/demarche-$(ROOM).a
else
UNITS   := $(sort $(wildcard tests/unit/*/*_test.c))
ARCHIVE  = $(B)/demarche.a
BY_HAND := $(patsubst tests/bench/%.c,$(B)/bench/%.o,$(sort $(wildcard tests/bench/*.c)))
endif
OBJECTS := $(patsubst src/%.c,$(B)/%.o,$(filter-out src/cli/main.c,$(SOURCES))) $(BY_HAND)
UNIT_PROGRAMS   := $(patsubst tests/unit/%.c,$(B)/unit/%,$(UNITS))
SCREEN_PROGRAMS := $(patsubst tests/screens/%.c,$(B)/screens/%,$(sort $(wildcard tests/screens/*_test.c)))
FUZZ_PROGRAMS   := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(sort $(wildcard tests/fuzz/*_fuzz.c)))
HAVE_MAIN := $(wildcard src/cli/main.c)

all: $(if $(HAVE_MAIN),$(PROGRAM),$(ARCHIVE))  ## build ./demarche

play:  ## install what is missing, build, and sit down at the table
	@.ci/needs build
	@$(MAKE) --no-print-directory $(JOBS) all
	@echo ./demarche play restraint-2017
	@./demarche play restraint-2017

test:  ## check, recorded games and screens; under five minutes
	@.ci/needs test
	@$(MAKE) --no-print-directory check replay screens

check: house unit golden  ## unit tests, golden cases, the house's rules; before every commit
	@sh tests/exported.sh
	@sh tests/prototype.sh

full:  ## test, then sanitizers, clang, every optimisation, fuzz seeds
ifndef AFTER_TEST
	@$(MAKE) --no-print-directory test
endif
	@.ci/needs test
	@$(MAKE) --no-print-directory unit-in MODE=asan
	@$(MAKE) --no-print-directory unit-in MODE=clang
	@$(MAKE) --no-print-directory unit-in MODE=o0
	@$(MAKE) --no-print-directory unit-in MODE=o3
	@$(MAKE) --no-print-directory long
	@$(MAKE) --no-print-directory same
	@$(MAKE) --no-print-directory fuzz-seeds MODE=fuzz

long:  ## game files: every bit flipped, every fault, 1,000 kills
	@$(MAKE) --no-print-directory $(patsubst $(B)/%,build/dev/%,$(filter $(B)/unit/store/%,$(UNIT_PROGRAMS))) MODE=dev
	@DEMARCHE_LONG=1 sh tests/programs.sh long $(patsubst $(B)/%,build/dev/%,$(filter $(B)/unit/store/%,$(UNIT_PROGRAMS)))

unit:  ## unit tests alone; ROOM=base for one room's
	@$(MAKE) --no-print-directory unit-in MODE=dev

golden: $(if $(HAVE_MAIN),$(PROGRAM))  ## golden cases alone; CASE=path for some
	@sh tests/golden.sh check $(CASE)

accept: $(if $(HAVE_MAIN),$(PROGRAM))  ## rewrite the golden cases; read the diff before you commit
	@sh tests/golden.sh accept $(CASE)

replay: $(if $(HAVE_MAIN),$(PROGRAM))  ## recorded games still give their hashes
	@sh tests/replay.sh

screens: $(if $(HAVE_MAIN),$(PROGRAM))  ## the screens in a terminal of our own
	@$(MAKE) --no-print-directory screens-in MODE=dev

house: $(ARCHIVE)  ## which room includes which, headers alone, a pure engine, tidy files
	@sh tests/house.sh $(B)

SAME = o0 o3 asan tsan clang clang-o0 clang-o3 clang-asan clang-tsan

same:  ## every build gives the same numbers; with MPI too where mpirun is
	@for mode in release $(SAME); do $(MAKE) --no-print-directory all MODE=$$mode || exit 1; done
	@if command -v mpirun >/dev/null 2>&1 && $(PKG_CONFIG) --exists $(MPI_LIBRARY); then $(MAKE) --no-print-directory all MPI=1; \
	    else echo "same: no MPI here, so no ranks; '.ci/needs mpi' installs it"; rm -f build/mpi/demarche; fi
	@sh tests/same.sh ./demarche $(SAME:%=build/%/demarche)

bench: all  ## how fast it is, beside a model written by hand
	@./demarche bench

fuzz:  ## every door for bytes under a fuzzer, FUZZ_SECONDS each
	@.ci/needs test
	@$(MAKE) --no-print-directory fuzz-run MODE=fuzz

install: all  ## program to PREFIX/bin, scenarios to PREFIX/share/demarche (DESTDIR for packagers)
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/demarche/scenarios"
	install -m 755 demarche "$(DESTDIR)$(PREFIX)/bin/demarche"
	cp -R scenarios/. "$(DESTDIR)$(PREFIX)/share/demarche/scenarios"

clean:  ## remove what was built
	rm -rf build demarche

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

# ---- how things are made ----

ifneq ($(missing),)
libraries:
	@echo "demarche is built with libraries that are not here: $(missing). $(if $(filter mpi,$(MODE)),'.ci/needs mpi' installs them,'make play' and 'make test' install them)." >&2; exit 1
else
libraries:
endif

$(B)/lang/%.o:   ROOM_FLAGS = $(call flags,yaml-0.1)
$(B)/tui/%.o:    ROOM_FLAGS = $(call flags,ncursesw)
$(B)/base/%.o:   ROOM_FLAGS = $(call flags,jansson libcrypto)
ifeq ($(MODE),mpi)
$(B)/lab/%.o:    ROOM_FLAGS = $(call flags,$(MPI_LIBRARY))
endif
$(B)/store/%.o:  ROOM_FLAGS = $(call flags,sqlite3)
$(B)/unit/%.o:   ROOM_FLAGS = $(call flags,cmocka) -Itests/unit
$(B)/screens/%.o: ROOM_FLAGS = $(call flags,cmocka vterm) -Itests/unit

# A file named *_avx2.c or *_avx512.c may use that instruction set (the program asks the processor first); never fused multiply-add.
ifneq ($(filter x86_64 amd64,$(shell uname -m)),)
$(B)/%_avx2.o:   ISA_FLAGS = -mavx2
$(B)/%_avx512.o: ISA_FLAGS = -mavx512f -mavx512dq -mavx512vl
endif

$(B)/%.o: src/%.c Makefile | libraries
	@mkdir -p $(@D)
	$(call run,$(COMPILER) $<,$(COMPILER) $(CFLAGS_ALL) $(ISA_FLAGS) $(ROOM_FLAGS) $(MACROS) -Isrc -MMD -MP -c $< -o $@)

$(B)/unit/%.o: tests/unit/%.c Makefile | libraries
	@mkdir -p $(@D)
	$(call run,$(COMPILER) $<,$(COMPILER) $(CFLAGS_ALL) $(ROOM_FLAGS) $(MACROS) -Isrc -MMD -MP -c $< -o $@)
$(B)/screens/%.o: tests/screens/%.c Makefile | libraries
	@mkdir -p $(@D)
	$(call run,$(COMPILER) $<,$(COMPILER) $(CFLAGS_ALL) $(ROOM_FLAGS) $(MACROS) -Isrc -MMD -MP -c $< -o $@)
# Models written by hand, to be held against: optimised in every mode, so that a ratio means the same.
$(B)/bench/%.o: tests/bench/%.c Makefile | libraries
	@mkdir -p $(@D)
	$(call run,$(COMPILER) $<,$(COMPILER) $(CFLAGS_ALL) -O2 $(MACROS) -Isrc -MMD -MP -c $< -o $@)
$(B)/fuzz/%.o: tests/fuzz/%.c Makefile | libraries
	@mkdir -p $(@D)
	$(call run,$(COMPILER) $<,$(COMPILER) $(CFLAGS_ALL) $(MACROS) -Isrc -MMD -MP -c $< -o $@)

$(ARCHIVE): $(OBJECTS)
	@rm -f $@.new && ar rcs $@.new $(OBJECTS) && mv $@.new $@

$(PROGRAM): $(B)/cli/main.o $(ARCHIVE)
	$(call run,$(COMPILER) -o $@,$(COMPILER) $(CFLAGS_ALL) $(LDFLAGS) $^ $(LIBS) -o $@.new && mv $@.new $@)

$(B)/unit/%_test: $(B)/unit/%_test.o $(ARCHIVE)
	$(call run,$(COMPILER) -o $@,$(COMPILER) $(CFLAGS_ALL) $(LDFLAGS) $^ $(LIBS) $(shell $(PKG_CONFIG) --libs cmocka) -o $@)

$(B)/screens/%_test: $(B)/screens/%_test.o $(ARCHIVE)
	$(call run,$(COMPILER) -o $@,$(COMPILER) $(CFLAGS_ALL) $(LDFLAGS) $^ $(LIBS) $(shell $(PKG_CONFIG) --libs cmocka vterm) -o $@)

$(B)/fuzz/%_fuzz: $(B)/fuzz/%_fuzz.o $(ARCHIVE)
	$(call run,$(COMPILER) -o $@,$(COMPILER) $(CFLAGS_ALL) -fsanitize=fuzzer $(LDFLAGS) $^ $(LIBS) -o $@)

unit-in: $(UNIT_PROGRAMS)
	@sh tests/programs.sh $(MODE) $(UNIT_PROGRAMS)

screens-in: $(SCREEN_PROGRAMS)
	@sh tests/programs.sh $(MODE) $(SCREEN_PROGRAMS)

fuzz-seeds: $(FUZZ_PROGRAMS)
	@sh tests/fuzz.sh seeds $(FUZZ_PROGRAMS)

fuzz-run: $(FUZZ_PROGRAMS)
	@sh tests/fuzz.sh $(FUZZ_SECONDS) $(FUZZ_PROGRAMS)

-include $(wildcard $(B)/*/*.d $(B)/unit/*/*.d)

.PHONY: all play test check full long unit golden accept replay screens house same bench fuzz install clean help libraries
.PHONY: unit-in screens-in fuzz-seeds fuzz-run
.SECONDARY:
