#!/usr/bin/env bash
# Says at once that the server's address is taken, rather than after the minutes that the first build takes.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

# As the server reads it: the environment, then `.env`, then the default.
configured=$([ ! -e .env ] || sed -n 's/^LISTEN_ADDR=["'\'']\{0,1\}\([^"'\'' ]*\).*/\1/p' .env | tail -n 1)
address=${LISTEN_ADDR:-${configured:-127.0.0.1:3000}}
node - "$address" <<'SCRIPT' || exit 1
const address = process.argv[2];
const at = address.lastIndexOf(':');
const host = address.slice(0, at).replace(/^\[|\]$/g, '');
const server = require('node:net').createServer();
server.once('error', ({ code, message }) => {
  const why = code === 'EADDRINUSE'
    ? `${address} is taken by another program: stop it, or choose another address, for example LISTEN_ADDR=127.0.0.1:3100`
    : `cannot listen on ${address} (LISTEN_ADDR): ${message}`;
  console.error(`error: ${why}`);
  process.exit(1);
});
server.listen(Number(address.slice(at + 1)), host, () => server.close());
SCRIPT
