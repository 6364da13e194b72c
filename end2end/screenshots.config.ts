// Takes the README's pictures from the running product: `npx playwright test --config screenshots.config.ts`.
import { defineConfig } from '@playwright/test';
import base from './playwright.config.ts';

const chat = base.projects?.find((project) => project.name === 'chat');

export default defineConfig({
  ...base,
  workers: 1,
  reporter: 'list',
  projects: [{ name: 'chat', testDir: 'screenshots', use: chat?.use }],
});
