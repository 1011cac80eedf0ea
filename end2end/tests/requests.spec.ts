import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'

/** The rows of the list without its head. */
function rows(page: Page): Locator {
  return page.getByRole('row').filter({ has: page.locator('td') })
}

/** Waits until the address holds this; it changes one frame after the press. */
async function expectParam(page: Page, name: string, value: string | null): Promise<void> {
  await expect.poll(() => new URL(page.url()).searchParams.get(name)).toBe(value)
}

test('the list is served at once, with the requests of my organization', async ({ nora }) => {
  const served = await (await nora.page.request.get('/')).text()

  expect(served).toContain('<h1>Requests</h1>')
  expect(new Set(served.match(/href="\/requests\/[^"?]+/g)).size).toBeGreaterThan(5)
})

test('a row leads to its request wherever it is pressed, and its mark opens a new tab', async ({ nora }) => {
  const page = await nora.open('/')
  const row = rows(page).first()
  const address = await row.locator('a[href^="/requests/"]').first().getAttribute('href')

  const opened = nora.context.waitForEvent('page')
  await row.getByRole('link', { name: /^Details of R-\d+ in a new tab$/ }).click()
  await expect(await opened).toHaveURL(address ?? '')

  const { x, y } = (await row.locator('.c-waiting').boundingBox())!
  await page.mouse.click(x + 5, y + 5)
  await expect(page).toHaveURL(address ?? '')
})

test('filters narrow the list, live in the address and survive a reload', async ({ nora }) => {
  const page = await nora.open('/')
  const before = await rows(page).count()

  await page.getByRole('button', { name: 'Status', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Processed' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Accepted' }).click()
  await page.keyboard.press('Escape')

  await expectParam(page, 'status', 'processed,accepted')
  await expect(page.getByRole('cell', { name: 'Accepted', exact: true }).first()).toBeVisible()
  await expect(page.getByRole('cell', { name: 'Open', exact: true })).toHaveCount(0)
  const after = await rows(page).count()
  expect(after).toBeLessThan(before)

  await nora.open(page.url())
  await expect(rows(page)).toHaveCount(after)
  await page.getByRole('link', { name: /^Remove filter Status/ }).click()
  await expect(rows(page)).toHaveCount(before)
})

test('the key / leads to the search, which finds titles and keeps the other filters', async ({ nora }) => {
  const page = await nora.open('/?status=open,processed')
  const cell = await rows(page).first().locator('.c-title').innerText()
  const title = cell.replace(/( S\d+ E\d+ ·)? \d+$/, '')

  await page.keyboard.press('/')
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')

  await expectParam(page, 'q', title)
  await expectParam(page, 'status', 'open,processed')
  await expect(rows(page).filter({ hasText: title })).not.toHaveCount(0)
  await expect(rows(page).filter({ hasNotText: title })).toHaveCount(0)
})

test('nothing found says which filters hide things', async ({ nora }) => {
  const page = await nora.open('/?q=nobody-has-this-title&status=open')

  await expect(page.getByText('No request fits these filters')).toBeVisible()
  await page.getByRole('link', { name: 'Without Search' }).click()
  await expectParam(page, 'q', null)
  await expect(rows(page).first()).toBeVisible()
})

/** Whether equal words stand together. */
function areGrouped(words: string[]): boolean {
  const turns = words.filter((word, at) => at > 0 && word !== words[at - 1])
  return turns.length === new Set(words).size - 1
}

test('a head sorts, and pressing it again turns the order round', async ({ nora }) => {
  const page = await nora.open('/')
  const titles = () => page.locator('td.c-title').allInnerTexts()

  await page.getByRole('link', { name: 'Title', exact: true }).click()
  await expectParam(page, 'sort', 'title')
  await expect(page.getByRole('columnheader', { name: 'Title' })).toHaveAttribute('aria-sort', 'ascending')
  // The head turns with the address; the rows follow when they have been read.
  await expect.poll(async () => areGrouped(await titles())).toBe(true)
  const [first] = await titles()

  await page.getByRole('link', { name: 'Title', exact: true }).click()
  await expectParam(page, 'sort', '-title')
  await expect(page.getByRole('columnheader', { name: 'Title' })).toHaveAttribute('aria-sort', 'descending')
  await expect.poll(async () => (await titles())[0]).not.toBe(first)
})

test('without script the filters are links and the search is a form', async ({ nora, arrive }) => {
  const { page, context } = await arrive({ javaScriptEnabled: false })
  await context.addCookies(await nora.context.cookies())

  await page.goto('/')
  const all = await rows(page).count()
  await page.getByRole('link', { name: 'Fulfilled' }).click()
  expect(await rows(page).count()).toBeLessThan(all)
  await page.getByRole('searchbox', { name: /^Search requests/ }).fill('nobody-has-this-title')
  await page.getByRole('searchbox', { name: /^Search requests/ }).press('Enter')

  await expect(page.getByText('No request fits these filters')).toBeVisible()
  await expect(page).toHaveURL(/status=processed/)
})

test('at 400 pixels the rows have two lines and nothing scrolls sideways', async ({ nora }) => {
  await nora.page.setViewportSize({ width: 400, height: 860 })
  const page = await nora.open('/')

  await expect(rows(page).first()).toBeVisible()
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overhang).toBeLessThanOrEqual(0)
})
