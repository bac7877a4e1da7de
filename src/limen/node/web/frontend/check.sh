#!/usr/bin/env bash
# Says in one sentence what is missing before npm says it in forty lines.
set -euo pipefail
ask="The pages need Node.js 18 or newer and npm. Install them: apt-get install nodejs npm"
command -v node >/dev/null && command -v npm >/dev/null || { echo "$ask" >&2; exit 1; }
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' || { echo "$ask (found $(node --version))" >&2; exit 1; }
