// A server under test: started, polled until it answers, its output kept, and ended with everything it holds.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Server {
  /** Where its output is kept. */
  log: string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  command: string;
  args: string[];
  env?: Record<string, string>;
  cwd?: string;
  /** An address that answers, with any status, once the server is up. */
  probe: string;
  log: string;
  /** How long a start may take, in milliseconds. */
  timeout?: number;
}

/** Starts a server; fails with its output when it ends early or does not answer in time. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { command, args, env, cwd, probe, log, timeout = 30_000 } = options;
  mkdirSync(dirname(log), { recursive: true });
  const output = createWriteStream(log, { flags: 'a' });
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output.write(chunk);
      tail = (tail + chunk.toString()).slice(-4_000);
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`ended with ${code ?? signal}`));
  });
  const outcome = await Promise.race([ended, answers(probe, timeout)]);
  if (outcome !== 'up') {
    await end(child);
    throw new Error(`${command} at ${probe}: ${outcome}\n${tail}`);
  }
  return {
    log,
    stop: async () => {
      await end(child);
      await new Promise((resolve) => output.end(resolve));
    },
  };
}

async function answers(address: string, timeout: number): Promise<'up' | string> {
  const deadline = Date.now() + timeout;
  while (Date.now() < deadline) {
    try {
      await fetch(address, { signal: AbortSignal.timeout(2_000) });
      return 'up';
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return `no answer within ${timeout} ms`;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(patience);
}
