// What no page of the product may do in any test: complain in the console, fail, break the Content-Security-Policy, or
// ask a host other than its own for anything. A test that provokes a refusal names the complaint it expects.
import { expect, type BrowserContext, type Page } from '@playwright/test';

export class Guard {
  private readonly findings: string[] = [];
  private readonly expected: RegExp[] = [];

  constructor(private readonly origins: string[]) {}

  /** Another site that this test started itself. */
  admit(origin: string): void {
    this.origins.push(origin);
  }

  /** Chromium itself writes a line for every refused request; a test that provokes one names it. */
  expect(...complaints: RegExp[]): void {
    this.expected.push(...complaints);
  }

  async watch(context: BrowserContext): Promise<void> {
    await context.exposeBinding('reportViolation', ({ page }, violation: string) =>
      this.report(page, 'Content-Security-Policy', violation),
    );
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const { effectiveDirective, blockedURI, sourceFile, lineNumber } = event;
        (window as any).reportViolation(`${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
      });
    });
    context.on('console', (line) => {
      if (line.type() !== 'error' && line.type() !== 'warning') return;
      this.report(line.page(), `console ${line.type()}`, `${line.text()} (${line.location().url})`);
    });
    context.on('weberror', (failure) => {
      const error = failure.error();
      this.report(failure.page(), 'page error', error.stack ?? error.message);
    });
    context.on('request', (request) => this.visit(null, request.url()));
    context.on('page', (page) => page.on('websocket', (socket) => this.visit(page, socket.url())));
  }

  private visit(page: Page | null, address: string): void {
    if (/^(data|blob|about):/.test(address)) return;
    const { host } = new URL(address);
    if (!this.origins.some((origin) => new URL(origin).host === host)) this.report(page, 'foreign host', address);
  }

  private report(page: Page | null, kind: string, what: string): void {
    if (this.expected.some((complaint) => complaint.test(what))) return;
    this.findings.push(`${kind}: ${what}${page ? ` [on ${page.url()}]` : ''}`);
  }

  /** Runs a tool that looks into the page: what the tool itself causes is not the page's. */
  async apart<T>(tool: () => Promise<T>): Promise<T> {
    const before = this.findings.length;
    const result = await tool();
    this.findings.length = before;
    return result;
  }

  verify(): void {
    expect(this.findings, 'complaints of the pages').toEqual([]);
  }
}
