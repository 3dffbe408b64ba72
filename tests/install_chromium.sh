#!/bin/sh
# The browser tests drive Debian's Chromium, best without its own windows (chromium-headless-shell).
# Install it where apt-get may; say so where it may not.
set -u
command -v chromium-headless-shell >/dev/null 2>&1 && exit 0
command -v chromium >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing Chromium for the browser tests…"
  apt-get update -qq >/dev/null 2>&1
  for browser in chromium-headless-shell chromium; do
    apt-get install -y -qq --no-install-recommends "$browser" >/dev/null 2>&1 && exit 0
  done
fi
echo "Chromium is absent and cannot be installed here: the browser tests will say that they skip." >&2
echo "On Debian, as root: apt-get install --no-install-recommends chromium" >&2
exit 0
