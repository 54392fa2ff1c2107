#!/bin/sh
# Kills runs with a state at random moments, 200 times or as often as the argument says in each variant,
# and compares what they leave with what a run leaves that is not killed.
set -e
cd "$(dirname "$0")/.."
swift build --build-tests
KILLS="${1:-200}" swift test --skip-build --filter KillTests
