# 锡视自查. Needs rustup, Node.js (18.19 or later) and npm; fetches the rest,
# pinned, and keeps it in this folder: target/, node_modules/, .tools/.

export CARGO_TARGET_DIR := $(CURDIR)/target
export npm_config_cache := $(CURDIR)/.tools/npm

TOOLCHAIN := $(shell sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
WASM := wasm32-unknown-unknown

.DEFAULT_GOAL := help
.PHONY: help run dist quick locales cli test test-native test-browser bench lint deny setup toolchain clean

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: dist ## Build what changed, then serve it on a free local port
	@node xtask/serve.mjs dist/site dist/xishi.html

dist: toolchain node_modules/.build ## Build dist/xishi.html (one file) and dist/site/ (to host)
	@cargo xtask dist

quick: toolchain node_modules/.build ## As dist, but large and built in seconds: for working on the page
	@cargo xtask quick

locales: toolchain node_modules/.test ## Bring the catalogues in locales/ up to date with the sentences
	@cargo xtask locales

cli: toolchain ## Build the command line into dist/xishi
	cargo build --profile cli --bin xishi
	@mkdir -p dist && cp target/cli/xishi dist/xishi

test: setup test-native test-browser ## Install what the tests need, and run every test

test-native: toolchain ## Run the tests that need no browser
	cargo test --workspace

test-browser: setup dist node_modules/.test ## Run the tests in real browsers
	@node tests/browser/engines.mjs
	node --test --test-concurrency=1 tests/browser/*.test.mjs

setup:
	@tests/browser/setup.sh

bench: setup dist benches/browser/node_modules ## Measure the engine, and the page beside its peers
	cargo bench
	node benches/browser/bench.mjs

lint: toolchain ## Check format and run clippy, natively and for the page
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo clippy --lib --bin xishi-kit --target $(WASM) -- -D warnings

deny: toolchain .tools/bin/cargo-deny ## Check licences, banned crates and sources of what is used
	.tools/bin/cargo-deny check licenses bans sources

clean: ## Remove everything that was built or fetched
	rm -rf target dist node_modules benches/browser/node_modules .tools

# rustup may be told not to install toolchains by itself, so it is asked to.
toolchain:
	@rustup target list --toolchain $(TOOLCHAIN) --installed 2>/dev/null | grep -qx $(WASM) \
	  || rustup toolchain install $(TOOLCHAIN) --profile minimal \
	       --component clippy,rustfmt --target $(WASM)

# Built outside target/, and only the program is kept.
.tools/bin/cargo-deny:
	env -u CARGO_TARGET_DIR cargo install cargo-deny --version 0.20.2 --locked --quiet --root .tools

# `dependencies` build, `devDependencies` test: a build fetches only its own.
node_modules/.build: package-lock.json
	npm ci --omit=dev
	@touch $@

benches/browser/node_modules: benches/browser/package-lock.json node_modules/.test
	npm ci --prefix benches/browser
	@touch $@

node_modules/.test: package-lock.json
	npm ci
	@touch node_modules/.build $@
