// The emulator's control API: what a test says of the cloud that no client could.

export interface Link {
  url: string;
  title?: string;
  description?: string;
  image?: string;
}

export class Control {
  /** `base` as in `http://127.0.0.1:8290`, without a version. */
  constructor(
    private readonly base: string,
    private readonly token: string,
  ) {}

  /** Messages with these words are pending when they are sent; with a status that is decided at once. */
  async moderate(contains: string, status?: 'approved' | 'disapproved'): Promise<void> {
    await this.call('POST', '/moderation', { contains, status });
  }

  async decide(id: string, status: 'approved' | 'disapproved'): Promise<void> {
    await this.call('POST', `/moderation/${id}`, { status });
  }

  /** Messages with these words carry previews of the links. */
  async preview(contains: string, links: Link[]): Promise<void> {
    await this.call('POST', '/previews', { contains, links });
  }

  async fault(rule: Record<string, unknown>): Promise<void> {
    await this.call('POST', '/faults', rule);
  }

  async deactivate(uid: string): Promise<void> {
    await this.call('DELETE', '/users', { uidsToDeactivate: [uid] });
  }

  private async call(method: string, path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.base}/__emulator${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
}
