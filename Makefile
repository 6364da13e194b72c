# The project's commands. Each is a small script in scripts/, which can be run alone as well.
.DEFAULT_GOAL := help
.PHONY: help setup run watch test audit live release fmt screenshots clean

help: ## List these commands
	@scripts/help.sh

setup: ## Install what building and testing need and this machine lacks (the other commands do it by themselves)
	@scripts/setup.sh end2end
	@scripts/browser.sh

run: ## Build what changed and start the site on http://127.0.0.1:3000, with the emulator as its chat cloud
	@scripts/run.sh

watch: ## The same with live reload: a changed component, style or server file shows in the browser
	@scripts/watch.sh

test: ## Check everything: format, lints, docs, boundaries, native tests, the official SDK and real browsers
	@scripts/test.sh

audit: ## Check the dependencies: licences, sources, duplicates, known vulnerabilities (installs cargo-deny once)
	@scripts/audit.sh

live: ## Try the emulator's list on a real CometChat app: COMETCHAT_APP_ID, COMETCHAT_REGION, COMETCHAT_REST_API_KEY
	@scripts/live.sh

release: ## Build dist/: the server without the emulator, and the compressed site; fails above its size budget
	@scripts/release.sh

fmt: ## Format the Rust code
	@cargo fmt

screenshots: ## Take the README's pictures from the running product
	@scripts/screenshots.sh

clean: ## Remove what was built (dist/, target/); keeps data/, .tools/ and node_modules/
	@rm -rf dist target
