#!/bin/sh
# Install Debian packages, or say what to install: install_debian.sh PACKAGE…
set -eu
as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
if ! command -v apt-get >/dev/null || { [ -n "$as_root" ] && ! command -v sudo >/dev/null; }; then
  echo "These packages are needed and cannot be installed here: $*" >&2
  echo "hint: install them with your system's package manager, then run the command again" >&2
  exit 2
fi
echo "Installing Debian packages: $*"
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
