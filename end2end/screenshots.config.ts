// Takes the README's pictures from the running product: `make screenshots`.
import { defineConfig } from '@playwright/test';
import base from './playwright.config.ts';

const chat = base.projects?.find((project) => project.name === 'chat');

export default defineConfig({
  ...base,
  workers: 1,
  reporter: 'list',
  projects: [{ name: 'screenshots', testDir: 'screenshots', use: chat?.use }],
});
