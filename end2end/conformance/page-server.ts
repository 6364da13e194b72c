// Serves the test page and the SDK as npm delivered it, from an origin that is not the cloud's: CORS is under test too.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';

const SDK = '../../node_modules/@cometchat/chat-sdk-javascript/CometChat.js';
const FILES: Record<string, [path: string, type: string]> = {
  '/': ['page/index.html', 'text/html; charset=utf-8'],
  '/harness.js': ['page/harness.js', 'text/javascript'],
  '/media.js': ['page/media.js', 'text/javascript'],
  '/plain.js': ['page/plain.js', 'text/javascript'],
  '/around.js': ['page/around.js', 'text/javascript'],
  '/groups.js': ['page/groups.js', 'text/javascript'],
  '/CometChat.js': [SDK, 'text/javascript'],
};

/** Runs `use` with the address of the served page. */
export async function withPage(use: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    const file = FILES[request.url ?? ''];
    if (!file) return void response.writeHead(404).end();
    readFile(join(import.meta.dirname, file[0])).then(
      (content) => response.writeHead(200, { 'content-type': file[1], 'cache-control': 'max-age=600' }).end(content),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the page server has no port');
  try {
    await use(`http://127.0.0.1:${address.port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
