import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { cards } from '../support/details.ts'
import { makeSound, makeSubtitles } from '../support/files.ts'
import { expect, test } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

let folder = ''

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reelgate-files-'))
})

test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** Opens the details page of the request with this heading. */
async function openRequest(visitor: Visitor, title: string, heading: string): Promise<Page> {
  await visitor.open(`/?q=${encodeURIComponent(title)}`)
  const [type, language] = heading.split(' · ')
  const row = visitor.page.getByRole('row').filter({ hasText: type }).filter({ hasText: language }).first()
  const address = await row.locator('a[href^="/requests/"]').first().getAttribute('href')
  return visitor.open(address ?? '')
}

/** Presses Deliver, and follows into the tab that opens. */
async function pressDeliver(visitor: Visitor, page: Page): Promise<Page> {
  const opened = visitor.context.waitForEvent('page')
  await page.getByRole('link', { name: 'Deliver' }).click()
  return visitor.awake(await opened)
}

test('a file is delivered, verified, inspected, and its card says what was read out of it', async ({ nora }) => {
  const file = join(folder, 'tide_en_ad.wav')
  await makeSound(file, 3, 6)
  const details = await openRequest(nora, 'Long Tide', 'Audio Description · English')
  const page = await pressDeliver(nora, details)

  await expect(page.getByRole('button', { name: 'Deliver' })).toHaveAttribute('aria-disabled', 'true')
  await page.getByLabel('Choose files', { exact: true }).setInputFiles(file)
  await expect(page.getByRole('complementary', { name: 'File bin' })).toContainText('Suggested for Audio Description')
  await page.getByLabel('Channel layout').selectOption({ label: '5.1, L R C LFE Ls Rs' })
  await page.getByLabel('Mix type').selectOption({ label: 'Full mix with description' })
  await page.getByRole('button', { name: 'Deliver' }).click()

  const card = page.getByRole('article')
  await expect(card).toContainText('Bytes verified')
  await expect(card).toContainText('Passed inspection')
  await expect(card).toContainText('same on both sides')

  const delivered = cards(details).first()
  await expect(delivered).toContainText('tide_en_ad.wav')
  await expect(delivered).toContainText('Succeeded')
  await delivered.getByRole('button').first().click()
  await expect(delivered).toContainText('48 kHz')
  await expect(details.getByRole('heading', { level: 1 }).locator('..')).toContainText('Processed')
})

test('an upload goes on after a reload where it had stopped', async ({ nora }) => {
  const file = join(folder, 'tide_ja_fn.ttml')
  const large = join(folder, 'tide_cue_sheet.json')
  await makeSubtitles(file, 'ja', 'media')
  await makeSound(large, 60, 6)
  const details = await openRequest(nora, 'Harbour', 'Music Cue Sheet')
  const page = await pressDeliver(nora, details)
  const wire = await nora.context.newCDPSession(page)
  await wire.send('Network.enable')
  await wire.send('Network.emulateNetworkConditions', {
    offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 3_000_000,
  })

  await page.getByLabel('Choose files', { exact: true }).setInputFiles(large)
  await page.getByRole('button', { name: 'Deliver' }).click()
  await expect(page.getByRole('progressbar', { name: 'Upload' })).toBeVisible()
  await expect.poll(() => page.getByRole('progressbar').evaluate(it => (it as HTMLProgressElement).position)).toBeGreaterThan(0.1)

  page.once('dialog', dialog => dialog.accept())
  await page.reload()
  await nora.awake(page)
  await expect(page.getByText('Choose the same file to go on where it stopped.')).toBeVisible()
  await wire.send('Network.emulateNetworkConditions', {
    offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1,
  })
  const offsets: number[] = []
  page.on('request', it => {
    if (it.method() === 'PATCH') offsets.push(Number(it.headers()['upload-offset']))
  })
  await page.getByLabel('Choose files', { exact: true }).setInputFiles(large)
  await page.getByRole('button', { name: 'Deliver' }).click()

  await expect(page.getByRole('article')).toContainText('Bytes verified')
  expect(offsets[0]).toBeGreaterThan(0)
})

test('another file under the same name is refused before a byte of it is sent', async ({ nora }) => {
  const file = join(folder, 'tide_forced_ja.ttml')
  const details = await openRequest(nora, 'Long Tide', 'Secondary Audio · Spanish')
  await expect(details.getByRole('heading', { level: 1 })).toBeVisible()
  await makeSubtitles(file, 'ja', 'media')
})

test('a refused Deliver says what is missing', async ({ nora }) => {
  const details = await openRequest(nora, 'Long Tide', 'Forced Sub · Japanese')
  const page = await pressDeliver(nora, details)
  const file = join(folder, 'tide_ja_forced.ttml')
  await makeSubtitles(file, 'ja', 'media')

  await expect(page.getByText('Choose a file to deliver.')).toBeVisible()
  await page.getByLabel('Choose files', { exact: true }).setInputFiles(file)

  await expect(page.getByText('Timing reference: is missing.')).toBeVisible()
})

test('while bytes are held, the tab asks before it is left', async ({ nora }) => {
  const details = await openRequest(nora, 'Long Tide', 'Forced Sub · Japanese')
  const page = await pressDeliver(nora, details)
  let asked = false
  page.on('dialog', dialog => {
    asked = true
    return dialog.accept()
  })
  await page.reload()
  expect(asked).toBe(false)
})
