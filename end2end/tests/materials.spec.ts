import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { detailsWhere } from '../support/details.ts'
import { idIn } from '../support/requests.ts'
import { expect, test } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

/** The tab Materials of the Japanese forced subtitles, which nobody has delivered yet. */
async function openMaterials(visitor: Visitor): Promise<Page> {
  const details = await detailsWhere(visitor, /Forced Sub[\s\S]{0,80}Japanese/)
  return visitor.open(`${details}?tab=materials`)
}

function groups(page: Page) {
  return page.getByRole('navigation', { name: 'Groups' })
}

test('a file to work from is looked at, downloaded, and stands in the history', async ({ nora }) => {
  const page = await openMaterials(nora)
  await groups(page).getByRole('link', { name: /All Available/ }).click()
  await page.getByRole('link', { name: 'tide_en_sub.ttml' }).click()
  const details = page.getByRole('region', { name: 'Details' })
  await expect(details.getByRole('heading', { name: 'tide_en_sub.ttml' })).toBeVisible()
  await expect(details).toContainText('works for you alone, for 15 minutes')

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    details.getByRole('button', { name: 'Download' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('tide_en_sub.ttml')
  expect(await readFile(await download.path(), 'utf8')).toContain('The tide does not wait.')

  await expect(page.getByRole('row', { name: /tide_en_sub\.ttml/ })).toContainText('all bytes')
  await groups(page).getByRole('link', { name: /My Downloaded/ }).click()
  await expect(page.getByRole('row', { name: /tide_en_sub\.ttml/ })).toBeVisible()
  await page.getByRole('tab', { name: /History/ }).click()
  await expect(page.getByText('downloaded tide_en_sub.ttml')).toBeVisible()
})

test('several files come as one archive, chosen by keyboard', async ({ nora }) => {
  const page = await openMaterials(nora)
  const take = page.getByRole('button', { name: 'Download selected' })
  await expect(take).toBeHidden()
  await page.getByRole('checkbox', { name: 'Select tide_en_sub.ttml' }).press('Space')
  await page.getByRole('checkbox', { name: 'Select tide_final_script.pdf' }).press('Space')
  const [download] = await Promise.all([page.waitForEvent('download'), take.press('Enter')])
  expect(download.suggestedFilename()).toMatch(/^R-\d+ materials\.zip$/)
  const archive = await readFile(await download.path())
  expect(archive.subarray(0, 2).toString()).toBe('PK')
  for (const name of ['tide_en_sub.ttml', 'tide_final_script.pdf']) expect(archive.includes(name)).toBe(true)
})

test('what hangs on a comment is among the materials of those who read it', async ({ nora, felix }) => {
  const details = await detailsWhere(nora, /Forced Sub[\s\S]{0,80}Japanese/)
  const there = await felix.open(`${details}?tab=comments`)
  const notes = Buffer.from('reel,at\n4,01:12:08:14\n')
  const form = there.getByRole('form', { name: 'New comment' })
  await form.getByLabel('Attach files').setInputFiles({ name: 'reels.csv', mimeType: 'text/csv', buffer: notes })
  await form.getByRole('textbox', { name: 'New comment' }).fill('Where it clicks.')
  await form.getByRole('button', { name: 'Add Comment' }).click()
  await expect(there.getByRole('link', { name: 'Download reels.csv' })).toBeVisible()

  const page = await openMaterials(nora)
  await groups(page).getByRole('link', { name: /Attachments/ }).click()
  await page.getByRole('link', { name: 'reels.csv' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('region', { name: 'Details' }).getByRole('button', { name: 'Download' }).click(),
  ])
  expect(await readFile(await download.path())).toEqual(notes)
  await expect(page.getByRole('row', { name: /reels\.csv/ })).toContainText('all bytes')
  await nora.expectAccessible(page)
})

test('what cannot be had says what it waits for, and for whom it is', async ({ nora }) => {
  const page = await openMaterials(nora)
  const proxy = page.getByRole('row', { name: /Final Proxy/ })
  await expect(proxy).toContainText('Waits for its proxy')
  await expect(proxy.getByRole('checkbox')).toBeDisabled()
  await expect(page.getByRole('row', { name: /Original version/ })).toContainText('Not for Forced Sub')
  await groups(page).getByRole('link', { name: /Audio/ }).click()
  await expect(page).toHaveURL(/group=audio/)
  await expect(proxy).toBeHidden()
})

test('the materials of many requests stand on one page, and nobody else sees them', async ({ nora, kenji }) => {
  const forced = await detailsWhere(nora, /Forced Sub[\s\S]{0,80}Japanese/)
  const dub = await detailsWhere(nora, /Secondary Audio[\s\S]{0,80}French/)
  const page = await nora.open(`/materials?requests=${idIn(forced)},${idIn(dub)}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Materials of 2 requests')
  await expect(page.getByRole('rowheader', { name: /Forced Sub/ })).toBeVisible()
  await expect(page.getByRole('rowheader', { name: /Secondary Audio/ })).toBeVisible()
  await nora.expectAccessible(page)

  const others = await kenji.open(`/materials?requests=${idIn(forced)}`)
  await expect(others.getByText('None of these requests is here')).toBeVisible()
})
