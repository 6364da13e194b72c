// One tab with the SDK in it: what a test makes it do, and everything that it reported.
import { expect, type Page, type Request } from '@playwright/test';
import type { Cloud } from './emulator.ts';
import type * as Harness from './page/harness.js';

type Name = keyof typeof Harness;
type Arguments<K extends Name> = (typeof Harness)[K] extends (...args: infer A) => any ? A : never;
type Result<K extends Name> = (typeof Harness)[K] extends (...args: any[]) => infer R ? Awaited<R> : never;

/** Whose presence a tab wants to hear of. */
export type Presence = boolean | 'friends' | string[];

export interface Reported {
  event: string;
  detail: any;
}

export class Tab {
  readonly events: Reported[] = [];
  /** Requests to the cloud, preflights left out: `PUT /me`. */
  readonly requests: Request[] = [];
  /** Frames that the cloud sent. */
  readonly frames: any[] = [];
  /** Frames that the SDK sent. */
  readonly sent: any[] = [];
  /** How many sockets were closed. */
  closedSockets = 0;
  /** What the console and the page complained of. */
  readonly complaints: string[] = [];
  /** Every host that was asked for anything. */
  readonly hosts = new Set<string>();

  private constructor(
    readonly page: Page,
    readonly uid: string,
    private readonly cloud: Cloud,
  ) {}

  /** A tab on the test page in which the SDK is initialised; signed in when this browser is. */
  static async open(page: Page, uid: string, origin: string, cloud: Cloud, presence: Presence = true): Promise<Tab> {
    const tab = new Tab(page, uid, cloud);
    await tab.observe();
    await page.goto(origin);
    await tab.do('initialise', { ...tab.place(), presence });
    return tab;
  }

  private place(): { url: string; appId: string; region?: string } {
    const { clientUrl: url, appId, region } = this.cloud;
    return { url, appId, region };
  }

  private async observe(): Promise<void> {
    await this.page.exposeFunction('record', (event: string, detail: unknown) => void this.events.push({ event, detail }));
    this.page.on('request', (request) => {
      this.hosts.add(new URL(request.url()).host);
      if (request.url().startsWith(this.cloud.clientUrl)) this.requests.push(request);
    });
    this.page.on('websocket', (socket) => {
      this.hosts.add(new URL(socket.url()).host);
      socket.on('framereceived', ({ payload }) => void this.frames.push(JSON.parse(String(payload))));
      socket.on('framesent', ({ payload }) => void this.sent.push(JSON.parse(String(payload))));
      socket.on('close', () => void (this.closedSockets += 1));
    });
    this.page.on('console', (line) => {
      if (line.type() === 'error' || line.type() === 'warning') this.complaints.push(line.text());
    });
    this.page.on('pageerror', (error) => void this.complaints.push(error.message));
  }

  /** Calls a function of the page's harness. */
  async do<K extends Name>(name: K, ...args: Arguments<K>): Promise<Result<K>> {
    return this.page.evaluate(
      ([name, args]) => (window as any).harness[name as string](...(args as unknown[])),
      [name, args] as const,
    ) as Promise<Result<K>>;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.do('initialise', this.place());
  }

  /** Waits until the cloud has accepted the socket's login: from then on nothing that is sent to this user is missed. */
  async online(): Promise<void> {
    await expect.poll(() => this.frames.filter((frame) => frame.type === 'auth' && frame.body.code === '200').length).toBeGreaterThan(this.acceptedBefore);
    this.acceptedBefore += 1;
  }
  private acceptedBefore = 0;

  /** Waits for the report of the session, which the SDK sends a while after a login; gives request and answer. */
  async report(): Promise<{ asked: any; answer: any }> {
    const find = () => this.requests.find((request) => request.url().includes('/user_sessions'));
    await expect.poll(() => find() !== undefined, { message: `${this.uid} reports its session`, timeout: 20_000 }).toBe(true);
    const response = await find()?.response();
    return { asked: find()?.postDataJSON(), answer: await response?.json() };
  }

  get url(): string {
    return this.cloud.clientUrl;
  }

  get appId(): string {
    return this.cloud.appId;
  }

  seen(event: string, match: (detail: any) => boolean = () => true): any[] {
    return this.events.filter((it) => it.event === event && match(it.detail)).map((it) => it.detail);
  }

  /** Waits for an event of the SDK, and gives its first match. */
  async event(event: string, match: (detail: any) => boolean = () => true): Promise<any> {
    await expect
      .poll(() => this.seen(event, match).length, { message: `${this.uid} gets ${event}`, intervals: [10, 20, 50], timeout: 12_000 })
      .toBeGreaterThan(0);
    return this.seen(event, match)[0];
  }

  /** The paths asked for below the version, such as `PUT /me`. */
  asked(): string[] {
    return this.requests.map((request) => {
      const path = request.url().slice(this.cloud.clientUrl.length).replace(/^\/v3(\.0)?/, '');
      return `${request.method()} ${path.split('?')[0]}`;
    });
  }
}
