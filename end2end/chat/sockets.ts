// A page's chat sockets as seen from outside: whether the cloud accepted one, and how many there ever were.
import { expect, type Page, type WebSocket } from '@playwright/test';

export class Sockets {
  private open: { socket: WebSocket; accepted: boolean }[] = [];
  /** How many this document opened. */
  count = 0;

  constructor(private readonly page: Page) {
    // A new document has no sockets; the old one's may be reported as closed only later.
    page.on('domcontentloaded', () => {
      this.open = [];
      this.count = 0;
    });
    page.on('websocket', (socket) => {
      const entry = { socket, accepted: false };
      this.open.push(entry);
      this.count += 1;
      socket.on('framereceived', ({ payload }) => {
        const frame = JSON.parse(String(payload));
        if (frame.type === 'auth' && frame.body?.code === '200') entry.accepted = true;
      });
    });
  }

  private alive(): boolean {
    return this.open.some(({ socket, accepted }) => accepted && !socket.isClosed());
  }

  /** Waits until the cloud has accepted the login of an open socket: nothing sent from then on is missed. */
  async connected(): Promise<void> {
    // The SDK tries again every five seconds.
    await expect.poll(() => this.alive(), { message: 'the chat is connected', intervals: [20, 50, 100], timeout: 20_000 }).toBe(true);
  }

  /** Drops the socket beneath the SDK, as a lost network does. */
  async drop(): Promise<void> {
    await this.page.evaluate(() => (window as any).testSockets.at(-1)?.close(4000, 'dropped by the test'));
    await expect.poll(() => this.alive(), { message: 'the socket is gone', intervals: [20, 50] }).toBe(false);
  }
}
