#!/usr/bin/env bash
# Says at once that the server's address is wrong or taken, rather than after the minutes that the first build takes.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

# As the server reads it: the environment, then `.env`, then the default.
configured=$([ ! -e .env ] || sed -n 's/^LISTEN_ADDR=["'\'']\{0,1\}\([^"'\'' ]*\).*/\1/p' .env | tail -n 1)
node - "${LISTEN_ADDR-${configured:-127.0.0.1:3000}}" <<'SCRIPT' || exit 1
const { createServer, isIPv4, isIPv6 } = require('node:net');
const address = process.argv[2];

function refuse(why) {
  console.error(`error: ${why}`);
  process.exit(1);
}

const [, v6, v4, digits] = /^(?:\[(.*)\]|([^:]*)):(\d{1,5})$/.exec(address) ?? [];
const port = Number(digits);
if (!(v6 === undefined ? isIPv4(v4 ?? '') : isIPv6(v6)) || port > 65535) {
  refuse(`LISTEN_ADDR: ${address} is not an IP address and a port, such as 127.0.0.1:3000`);
}
const server = createServer();
server.once('error', ({ code, message }) => refuse(code === 'EADDRINUSE'
  ? `${address} is taken by another program: stop it, or choose another address, for example LISTEN_ADDR=127.0.0.1:3100`
  : `cannot listen on ${address} (LISTEN_ADDR): ${message}`));
server.listen(port, v6 ?? v4, () => server.close());
SCRIPT
