// The browser that every project uses: the one that CHROMIUM names, Debian's, or an installed Chrome.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { LaunchOptions } from '@playwright/test';

const DEBIAN = '/usr/bin/chromium';

/** Playwright wants a path where a shell would do with a name. */
function onThePath(name: string): string {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // The next folder, then.
    }
  }
  throw new Error(`CHROMIUM names ${name}, which is no program on the PATH`);
}

function browser(): LaunchOptions {
  const named = process.env.CHROMIUM;
  if (named) return { executablePath: isAbsolute(named) ? named : onThePath(named) };
  if (existsSync(DEBIAN)) return { executablePath: DEBIAN };
  return { channel: 'chrome' };
}

// A later list replaces an earlier one: the first lines are Playwright's own of 1.65.1.
const DISABLED_FEATURES = [
  'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch',
  // The address bar's own pages: two renderers more for every tab, that nobody sees.
  'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup',
];

export const launchOptions: LaunchOptions = {
  ...browser(),
  args: [
    // Chromium refuses its sandbox to root, as which containers and CI run.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    `--disable-features=${DISABLED_FEATURES.join(',')}`,
    // Without these Chromium looks up its maker's hosts at every start.
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
