#!/bin/sh
# The browser tests drive Debian's Chromium. Install it where apt-get may; say so where it may not.
set -u
command -v chromium >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing Chromium for the browser tests…"
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 && exit 0
fi
echo "Chromium is absent and cannot be installed here: the browser tests will say that they skip." >&2
echo "On Debian, as root: apt-get install --no-install-recommends chromium" >&2
exit 0
