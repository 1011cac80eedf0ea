import { defineConfig } from '@playwright/test'
import { browser, switches } from './support/browser.mjs'

export default defineConfig({
  outputDir: 'results/traces',
  globalSetup: './support/template.ts',
  // One file after the other in each worker: a file has a portal of its own.
  fullyParallel: false,
  workers: 2,
  // A browser that stumbles over a busy machine is told as flaky, and stops nobody there.
  retries: process.env.CI === undefined ? 0 : 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    launchOptions: { executablePath: browser(), args: switches },
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'browser', testDir: 'tests' },
    { name: 'stress', testDir: 'stress', timeout: 20 * 60_000 },
  ],
})
