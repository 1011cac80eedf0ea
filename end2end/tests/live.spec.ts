import type { Locator, Page } from '@playwright/test'
import { idIn } from '../support/requests.ts'
import { expect, test } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

const sheet = { type: 'Music Cue Sheet', title: 'Harbour Lights' }

function row(page: Page): Locator {
  return page.getByRole('row').filter({ hasText: sheet.type }).filter({ hasText: sheet.title }).first()
}

async function addressOf(it: Locator): Promise<string> {
  return (await it.locator('a[href^="/requests/"]').first().getAttribute('href')) ?? ''
}

/** Starts a delivery, as a program would; its file never comes. */
async function begin(visitor: Visitor, request: string): Promise<void> {
  const draft = { files: [{ name: 'cue_sheet.json', size: 1_000 }], metadata: {}, method: 'api', client: null }
  const path = '/fn/reelgate/server_fns/delivery/begin_delivery'
  const answer = await visitor.page.request.post(path, { data: { request, draft } })
  expect(answer.status(), await answer.text()).toBe(200)
}

test("somebody else's change appears in the list, and the focus stays where it is", async ({ nora, felix }) => {
  await nora.open('/')
  const page = await felix.open('/')
  const watched = row(page)
  await watched.getByRole('link').first().focus()
  await page.evaluate(() => ((window as unknown as { same: boolean }).same = true))

  await begin(nora, idIn(await addressOf(watched)))

  await expect(watched.locator('.c-transfer')).toHaveText('Waiting for Upload', { timeout: 2_000 })
  await expect(watched.getByRole('link').first()).toBeFocused()
  expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true)
})

test('the history tells what has just happened without being asked', async ({ nora, felix }) => {
  await nora.open('/')
  const address = await addressOf(row(nora.page))
  const page = await felix.open(`${address}?tab=history`)
  const entries = page.getByRole('tabpanel').getByRole('listitem')
  await expect(entries.first()).toBeVisible()
  const before = await entries.count()

  await begin(nora, idIn(address))

  await expect.poll(() => entries.count(), { timeout: 2_000 }).toBeGreaterThan(before)
  await expect(entries.first()).toContainText(/Nora \w+ started to deliver cue_sheet\.json\./)
  await expect(entries.first()).toContainText('Studio Nord')
})

test('a form that was refused stays as it was typed while others go on', async ({ nora, paula }) => {
  nora.expectRefusals()
  await nora.open('/')
  await paula.open('/')
  const request = idIn(await addressOf(row(nora.page)))
  const page = await nora.open(`/bulk/edit_dates?requests=${request}`)
  await page.getByLabel('Comment').fill('Snow')
  await page.getByRole('button', { name: /^Edit Dates for/ }).click()
  const refusal = page.getByText('Give a reason for the new date.')
  await expect(refusal).toBeVisible()

  const form = { status: 'redelivery_requested', comment: 'New cut' }
  const answer = await paula.page.request.post(`/requests/${request}/change_status`, { form, headers: { 'x-panel': '1' } })
  expect(answer.status(), await answer.text()).toBe(204)

  await expect(page.getByRole('cell', { name: 'Redelivery Requested' })).toBeVisible()
  await expect(page.getByLabel('Comment')).toHaveValue('Snow')
  await expect(refusal).toBeVisible()
  await page.getByLabel('Reason').selectOption({ index: 1 })
  await page.getByRole('button', { name: /^Edit Dates for/ }).click()
  await expect(page.getByText('1 request changed').first()).toBeVisible()
})
