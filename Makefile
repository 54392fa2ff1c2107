# Everything that a fresh Debian or Ubuntu machine with a Swift toolchain needs. Standard output belongs
# to the program: what builds say goes to standard error.

PACKAGES = g++ pkg-config libxml2-dev libsimdjson-dev libcld2-dev libuchardet-dev \
  librocksdb-dev libzstd-dev zlib1g-dev libisal-dev libbz2-dev liblzma-dev libbrotli-dev libarchive-dev \
  libutf8proc-dev python3
PREFIX ?= /usr/local
CORPUS ?= pages.ndjson
# On Linux the Swift runtime becomes part of the program: 5 % less processor time, and it runs where no
# toolchain is. The linker is the toolchain's own: others warn of functions in the runtime that nobody calls.
BUILD = swift build -c release \
  $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib -Xswiftc -use-ld=lld)
SUDO = $(shell [ "$$(id -u)" -eq 0 ] || echo sudo)

.PHONY: run build test sanitize fuzz bench lint install setup clean

## Runs pipeline.json over Fixtures/, records to standard output.
run: setup
	@$(BUILD) --product winnow >&2
	@.build/release/winnow run pipeline.json

## Builds winnow and winnow-bench, optimised, in .build/release/.
build: setup
	@$(BUILD) >&2

## Runs all tests. Some of them follow the documents, which use more programs.
test: PACKAGES += jq zstd wget parallel
test: setup
	@swift build --build-tests
	@swift test --skip-build
	@.build/debug/winnow test pipeline.json

# The C and C++ faces stop where C leaves open what happens; Swift does so by itself.
SANITIZE = swift build -c release --product winnow-fuzz -Xcc -fsanitize=undefined \
  -Xcc -fsanitize-trap=undefined
SECONDS ?= 60

## Looks for inputs that break a promise, with the address sanitizer: make sanitize SECONDS=600
sanitize: setup
	@$(SANITIZE) --sanitize address --scratch-path .build/address
	@ASAN_OPTIONS=detect_leaks=0 .build/address/release/winnow-fuzz --seconds $(SECONDS)

## The same without a sanitizer, and many times as fast: make fuzz SECONDS=600
fuzz: setup
	@$(BUILD) --product winnow-fuzz >&2
	@.build/release/winnow-fuzz --seconds $(SECONDS)

## Measures over a corpus of your own: make bench CORPUS=pages.ndjson
bench: setup
	@$(BUILD) --product winnow-bench >&2
	@.build/release/winnow-bench $(CORPUS)

## Checks formatting.
lint:
	@swift format lint --strict --recursive Package.swift Sources Tests

# Where each shell looks for completions. What a program says of itself is written by that program.
PROGRAM = .build/release/winnow
SHARE = $(DESTDIR)$(PREFIX)/share
COMPLETIONS = bash:bash-completion/completions/winnow zsh:zsh/site-functions/_winnow \
  fish:fish/vendor_completions.d/winnow.fish

## Installs the program, its manual page and completions: make install PREFIX=$$HOME/.local
install: setup
	@$(BUILD) --product winnow >&2
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1
	install $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/winnow
	$(PROGRAM) manual --man > $(SHARE)/man/man1/winnow.1
	@set -e; for one in $(COMPLETIONS); do \
	  file=$(SHARE)/$${one#*:}; mkdir -p "$${file%/*}"; \
	  $(PROGRAM) --generate-completion-script $${one%%:*} > "$$file"; \
	  chmod 644 "$$file"; echo "$$file"; \
	done
	@chmod 644 $(SHARE)/man/man1/winnow.1

## Installs the system libraries that are missing, where there is apt.
setup:
	@if command -v apt-get >/dev/null && ! dpkg -s $(PACKAGES) >/dev/null 2>&1; then \
	  { $(SUDO) apt-get update -q && $(SUDO) env DEBIAN_FRONTEND=noninteractive \
	    apt-get install -q -y --no-install-recommends $(PACKAGES); } >&2; \
	fi

clean:
	rm -rf .build
