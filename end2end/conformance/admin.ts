// The REST API that a site's own server uses: users and auth tokens.
import type { Cloud } from './emulator.ts';

export interface Answer {
  status: number;
  body: any;
}

export class Admin {
  constructor(readonly cloud: Cloud) {}

  /** Any call, as it is answered. */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.cloud.url}/v3${path}`, {
      method,
      headers: { apikey: this.cloud.restApiKey, appId: this.cloud.appId, 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  /** A call that has to succeed; its `data`. */
  async data(method: string, path: string, body?: unknown): Promise<any> {
    const answer = await this.call(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body.data;
  }

  createUser(uid: string, name: string, avatar?: string): Promise<any> {
    return this.data('POST', '/users', { uid, name, ...(avatar ? { avatar } : {}) });
  }

  async mint(uid: string): Promise<string> {
    return (await this.data('POST', `/users/${uid}/auth_tokens`, { force: true })).authToken;
  }

  /** Takes the user away with all that was said. */
  erase(uid: string): Promise<any> {
    return this.data('DELETE', `/users/${uid}`, { permanent: true });
  }

  /** Takes the group away with all that was said in it, if there is one. */
  eraseGroup(guid: string): Promise<Answer> {
    return this.call('DELETE', `/groups/${guid}`);
  }

  /** Takes away the users and groups whose ids hold this mark: what tests left that were broken off. */
  async sweep(mark: string): Promise<void> {
    const marked = (id: string) => id.includes(mark);
    const users: { uid: string }[] = await this.data('GET', `/users?searchKey=${mark}&perPage=1000&withDeactivated=true`);
    for (const uid of users.map((user) => user.uid).filter(marked)) await this.erase(uid);
    const groups: { guid: string }[] = await this.data('GET', `/groups?searchKey=${mark}&perPage=1000`);
    for (const guid of groups.map((group) => group.guid).filter(marked)) await this.eraseGroup(guid);
  }

  revoke(uid: string, token: string): Promise<any> {
    return this.data('DELETE', `/users/${uid}/auth_tokens/${token}`);
  }
}
