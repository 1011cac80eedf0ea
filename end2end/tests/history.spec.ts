import { readFile } from 'node:fs/promises'
import { detailsWhere } from '../support/details.ts'
import { expect, test } from '../support/test.ts'

/** A request of which more than one file was delivered, and some inspected. */
const several = /id="card-\d+"[\s\S]*(Succeeded|Failed Inspection)[\s\S]*id="card-\d+"/

test('the history is searched by kind and by person', async ({ nora }) => {
  const page = await nora.open(`${await detailsWhere(nora, several)}?tab=history`)
  const panel = page.getByRole('tabpanel')
  const entries = panel.getByRole('listitem')
  const all = await entries.count()

  await panel.getByRole('link', { name: /^Inspection/ }).click()
  await expect(page).toHaveURL(/kind=inspection/)
  await expect(panel.getByRole('link', { name: /^Inspection/ })).toHaveAttribute('aria-current', 'true')
  await expect.poll(() => entries.count()).toBeLessThan(all)

  await panel.getByRole('link', { name: /^All/ }).click()
  await expect(entries).toHaveCount(all)
  await panel.getByLabel('Person').selectOption({ label: 'By rule' })
  await panel.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(page).toHaveURL(/person=rule/)
  await expect(panel.getByLabel('Person')).toHaveValue('rule')
  await expect(entries.filter({ hasNotText: 'By rule' })).toHaveCount(0)

  await panel.getByLabel('From').fill('2199-12-31')
  await panel.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(panel.getByText('Nothing of that kind')).toBeVisible()

  await panel.getByRole('link', { name: 'Show everything' }).click()
  await expect(entries).toHaveCount(all)
  await expect(panel.getByLabel('Person')).toHaveValue('')
  await expect(panel.getByLabel('From')).toHaveValue('')
})

test('days in the wrong order are refused, and stay as they were typed', async ({ nora }) => {
  const page = await nora.open(`${await detailsWhere(nora, several)}?tab=history`)
  const panel = page.getByRole('tabpanel')

  await panel.getByLabel('From').fill('2026-02-02')
  await panel.getByLabel('To', { exact: true }).fill('2026-02-01')
  await panel.getByRole('button', { name: 'Show', exact: true }).click()

  await expect(panel.getByRole('alert')).toHaveText('The first day is after the last one.')
  await expect(panel.getByLabel('From')).toHaveValue('2026-02-02')
})

test('the history is taken along as a table of what is shown', async ({ nora }) => {
  const page = await nora.open(`${await detailsWhere(nora, several)}?tab=history&kind=delivery`)
  const panel = page.getByRole('tabpanel')
  const shown = await panel.getByRole('listitem').count()

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('link', { name: 'Export CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^history-\d+\.csv$/)
  const table = await readFile(await download.path(), 'utf8')
  const lines = table.trimEnd().split('\r\n')
  expect(lines[0]).toContain('"Time (UTC)"')
  expect(lines.length - 1).toBe(shown)
  for (const line of lines.slice(1)) expect(line).toContain('"Deliveries"')
})

test('the plain view is one page of everything, without script', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, several))
  const [plain] = await Promise.all([
    nora.context.waitForEvent('page'),
    page.getByRole('link', { name: 'Plain view' }).click(),
  ])
  await plain.waitForLoadState()

  await expect(plain.getByRole('heading', { level: 1 })).toBeVisible()
  for (const part of ['Request', 'Package', 'Title', 'Deliveries', 'History']) {
    await expect(plain.getByRole('heading', { level: 2, name: part }).first()).toBeVisible()
  }
  expect(await plain.locator('script').count()).toBe(0)
  await nora.expectAccessible(plain)
  await plain.setViewportSize({ width: 400, height: 800 })
  expect(await plain.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400)
  await plain.emulateMedia({ media: 'print' })
  await expect(plain.getByRole('link', { name: 'Back to the request' })).toBeHidden()

  await plain.emulateMedia({ media: 'screen' })
  await plain.getByRole('link', { name: 'Back to the request' }).click()
  await nora.awake(plain)
  await expect(plain.getByRole('tab', { name: /Deliveries/ })).toBeVisible()
})
