import type { Page } from '@playwright/test'
import { detailsWhere } from '../support/details.ts'
import { expect, test } from '../support/test.ts'

const overview = (page: Page) => page.getByRole('complementary', { name: 'Overview' })
const splitter = (page: Page) => page.getByRole('separator', { name: 'Overview' })
const width = async (page: Page) => Math.round((await overview(page).boundingBox())?.width ?? 0)

test('the overview is drawn with the mouse, and keeps its width from the first paint on', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, /Request Details/))
  const edge = await splitter(page).boundingBox()
  const before = await width(page)

  await page.mouse.move(edge?.x ?? 0, 500)
  await page.mouse.down()
  await page.mouse.move((edge?.x ?? 0) + 40, 520, { steps: 4 })
  await page.mouse.up()

  await expect.poll(() => width(page)).toBe(before + 40)
  const html = await (await page.request.get(page.url())).text()
  expect(html).toContain(`--pane-size:${before + 40}px`)
  await page.reload()
  expect(await width(page)).toBe(before + 40)
})

test('the overview is drawn, hidden and shown again by keyboard alone', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, /Request Details/))
  await splitter(page).focus()
  expect(await page.evaluate(() => scrollY)).toBe(0)
  const before = await width(page)

  await page.keyboard.press('ArrowRight')
  await expect.poll(() => width(page)).toBe(before + 16)
  await page.keyboard.press('Home')
  await expect.poll(() => width(page)).toBe(240)
  await page.keyboard.press('End')
  await expect.poll(() => width(page)).toBe(560)
  await page.keyboard.press('Enter')
  await expect(overview(page)).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(overview(page)).toBeVisible()
})

test('a hidden overview stays hidden, and comes back by its button', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, /Request Details/))

  await page.getByRole('button', { name: 'Hide overview' }).click()
  await expect(overview(page)).toBeHidden()
  await page.reload()
  await nora.awake(page)
  await expect(overview(page)).toBeHidden()

  await page.getByRole('button', { name: 'Overview', exact: true }).click()
  await expect(overview(page)).toBeVisible()
})

test('a section left folded is folded the next time', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, /Request Details/))
  const section = overview(page).locator('details').filter({ hasText: 'Package Details' })

  await section.locator('summary').click()
  await expect(section).not.toHaveAttribute('open')
  await page.reload()
  await nora.awake(page)

  await expect(section).not.toHaveAttribute('open')
  await expect(overview(page).locator('details').filter({ hasText: 'Title Details' })).toHaveAttribute('open')
})

test('a long list of countries is searched in its drop-down', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, /\d{2,3} countries/))

  await overview(page).getByRole('button', { name: /countries/ }).click()
  const list = page.getByRole('list', { name: 'countries' })
  expect(await list.getByRole('listitem').count()).toBeGreaterThan(9)
  await page.keyboard.type('icel')

  await expect(list.getByRole('listitem')).toHaveText(['Iceland'])
})

test('broadcast is named where it applies and nowhere else', async ({ nora }) => {
  const broadcast = await nora.open(await detailsWhere(nora, /Day After Broadcast/))
  await expect(overview(broadcast).getByText('Day After Broadcast')).toBeVisible()

  const feature = await nora.open(await detailsWhere(nora, /<dd>Feature<\/dd>/))
  await expect(overview(feature).getByText('Broadcast', { exact: true })).toHaveCount(0)
})

test('on a narrow window the overview is a drawer that Escape closes', async ({ arrive }) => {
  const visitor = await arrive({ viewport: { width: 768, height: 900 } })
  await visitor.signIn('nora')
  const page = await visitor.open(await detailsWhere(visitor, /Request Details/))
  await expect(overview(page)).toBeHidden()
  const show = page.getByRole('button', { name: 'Show all' })

  await show.click()
  await expect(overview(page)).toBeVisible()
  await page.keyboard.press('Escape')

  await expect(overview(page)).toBeHidden()
  await expect(show).toBeFocused()
})

test('nothing scrolls sideways on the narrowest screen', async ({ arrive }) => {
  const visitor = await arrive({ viewport: { width: 320, height: 800 } })
  await visitor.signIn('nora')
  const page = await visitor.open(await detailsWhere(visitor, /id="card-\d+"/))

  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

  expect(excess).toBe(0)
})
