// Pictures of the pages people see most: npm run screenshots -- http://127.0.0.1:8620 pictures
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { browser, switches } from './support/browser.mjs'

const [address, folder] = process.argv.slice(2)
if (!address || !folder) {
  console.error('usage: npm run screenshots -- ADDRESS FOLDER')
  process.exit(2)
}

/** @typedef {import('@playwright/test').Page} Page */

/** @type {(import('@playwright/test').BrowserContextOptions & { name: string })[]} */
const looks = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { name: 'light-narrow', colorScheme: 'light', viewport: { width: 400, height: 860 } },
  { name: 'dark-narrow', colorScheme: 'dark', viewport: { width: 400, height: 860 } },
]

/** @param {Page} page @param {string} path */
async function open(page, path) {
  await page.goto(path)
  await page.locator('body[data-ready]').waitFor({ state: 'attached' })
  await page.evaluate(() => document.fonts.ready)
}

/** @param {Page} page */
async function signIn(page) {
  await page.getByLabel('E-mail').fill('nora@studionord.example')
  await page.getByLabel('Password', { exact: true }).fill('reelgate-demo')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(url => url.pathname !== '/sign-in')
}

/**
 * The request that tells most: the one whose deliveries have failed, or else the first.
 * @param {Page} page
 */
async function mostTelling(page) {
  const rows = page.getByRole('row').filter({ has: page.locator('a[href^="/requests/"]') })
  const failed = rows.filter({ hasText: 'Failed Inspection' })
  const row = (await failed.count()) > 0 ? failed.first() : rows.first()
  return (await row.locator('a[href^="/requests/"]').first().getAttribute('href')) ?? ''
}

await mkdir(folder, { recursive: true })
const chrome = await chromium.launch({ executablePath: browser(), args: switches })
for (const { name, ...look } of looks) {
  const context = await chrome.newContext({ baseURL: address, locale: 'en-US', timezoneId: 'Europe/Berlin', ...look })
  const page = await context.newPage()
  /** @param {string} subject */
  const picture = async subject => {
    await page.screenshot({ path: join(folder, `${subject}-${name}.png`) })
    await page.screenshot({ path: join(folder, `${subject}-${name}-whole.png`), fullPage: true })
    console.log(`${subject}-${name}`)
  }
  await open(page, '/sign-in')
  await picture('sign-in')
  await signIn(page)
  await open(page, '/')
  await picture('requests')
  const details = await mostTelling(page)
  await open(page, details)
  await picture('details')
  await open(page, `/deliver?requests=${details.split(/[/?]/)[2]}`)
  await picture('deliver')
  await context.close()
}
await chrome.close()
