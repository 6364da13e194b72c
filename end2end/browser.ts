// The browser that every project uses: the one that CHROMIUM names, Debian's, or an installed Chrome.
import { existsSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';

const DEBIAN = '/usr/bin/chromium';

function browser(): LaunchOptions {
  const named = process.env.CHROMIUM;
  if (named) return { executablePath: named };
  if (existsSync(DEBIAN)) return { executablePath: DEBIAN };
  return { channel: 'chrome' };
}

export const launchOptions: LaunchOptions = {
  ...browser(),
  args: [
    // Chromium refuses its sandbox to root, as which containers and CI run.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    // Without these Chromium looks up its maker's hosts at every start.
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
