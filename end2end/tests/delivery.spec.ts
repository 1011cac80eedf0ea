import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession, Page } from '@playwright/test'
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

/** Opens the details page of the one request that a search finds. */
async function openRequest(visitor: Visitor, type: string, search: string): Promise<Page> {
  await visitor.open(`/?type=${type}&q=${encodeURIComponent(search)}`)
  const address = await visitor.page.locator('a[href^="/requests/"]').first().getAttribute('href')
  return visitor.open(address ?? '')
}

/** Presses Deliver, and follows into the tab that opens. */
async function pressDeliver(visitor: Visitor, page: Page): Promise<Page> {
  const opened = visitor.context.waitForEvent('page')
  await page.getByRole('link', { name: /^Deliver/ }).first().click()
  return visitor.awake(await opened)
}

async function choose(page: Page, file: string): Promise<void> {
  await page.getByLabel('Choose files', { exact: true }).setInputFiles(file)
}

function deliverButton(page: Page) {
  return page.getByRole('contentinfo').or(page.locator('footer')).getByRole('button', { name: 'Deliver' }).first()
}

/** Lets so many bytes a second out; -1 for all. */
async function throttle(wire: CDPSession, uploadThroughput: number): Promise<void> {
  await wire.send('Network.enable')
  await wire.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput })
}

async function fillSubtitle(page: Page): Promise<void> {
  await page.getByLabel('Text type').selectOption({ index: 1 })
  await page.getByLabel('Timing reference').selectOption({ index: 1 })
  await page.getByLabel('Frame rate').selectOption({ index: 1 })
}

/** Starts to deliver a large file and stops in the middle by reloading the page. */
async function breakOff(visitor: Visitor, page: Page, file: string): Promise<void> {
  const wire = await visitor.context.newCDPSession(page)
  await throttle(wire, 4_000_000)
  await choose(page, file)
  await deliverButton(page).click()
  const bar = page.getByRole('progressbar', { name: 'Upload' })
  await expect.poll(() => bar.evaluate(it => (it as HTMLProgressElement).position)).toBeGreaterThan(0.1)
  page.once('dialog', dialog => dialog.accept())
  await page.reload()
  await visitor.awake(page)
  await throttle(wire, -1)
  await expect(page.getByText('Choose the same file to go on where it stopped.')).toBeVisible()
}

test('a file is delivered, verified, inspected, and its card says what was read out of it', async ({ nora }) => {
  const file = join(folder, 'tide_en_ad.wav')
  await makeSound(file, 3, 6)
  const details = await openRequest(nora, 'audio_description', 'Long Tide')
  const page = await pressDeliver(nora, details)

  await expect(deliverButton(page)).toHaveAttribute('aria-disabled', 'true')
  await choose(page, file)
  await expect(page.getByRole('complementary', { name: 'File bin' })).toContainText('Suggested for Audio Description')
  await page.getByLabel('Channel layout').selectOption({ label: '5.1, L R C LFE Ls Rs' })
  await page.getByLabel('Mix type').selectOption({ label: 'Full mix with description' })
  await deliverButton(page).click()

  const card = page.getByRole('article')
  await expect(card).toContainText('same on both sides')
  await expect(card).toContainText('Bytes verified')
  await expect(card).toContainText('Passed inspection', { timeout: 30_000 })
  await nora.expectAccessible(page)

  await details.bringToFront()
  const delivered = cards(details).first()
  await expect(delivered).toContainText('tide_en_ad.wav')
  await expect(delivered).toContainText('Succeeded')
  await expect(details.getByText('Processed', { exact: true }).first()).toBeVisible()
  await details.reload()
  await nora.awake(details)
  await expect(cards(details).first()).toContainText('48 kHz')
})

test('an upload goes on after a reload where it had stopped', async ({ nora }) => {
  const file = join(folder, 'lights_cue_sheet.csv')
  await makeSound(file, 60, 6)
  const details = await openRequest(nora, 'music_cue_sheet', 'Harbour')
  const page = await pressDeliver(nora, details)
  await breakOff(nora, page, file)

  const offsets: number[] = []
  page.on('request', it => {
    if (it.method() === 'PATCH') offsets.push(Number(it.headers()['upload-offset']))
  })
  await choose(page, file)
  await deliverButton(page).click()

  await expect(page.getByRole('article')).toContainText('same on both sides')
  expect(offsets[0]).toBeGreaterThan(0)
})

test('an upload goes on in another browser, and after the network was away', async ({ nora, arrive }) => {
  const file = join(folder, 'tide_de_sub.srt')
  await makeSound(file, 60, 6)
  const details = await openRequest(nora, 'subtitle', 'R-20008')
  const page = await pressDeliver(nora, details)
  await fillSubtitle(page)
  await breakOff(nora, page, file)

  const other = await arrive()
  await other.signIn('nora')
  const there = await other.open(new URL(page.url()).pathname + new URL(page.url()).search)
  await expect(there.getByText('Choose the same file to go on where it stopped.')).toBeVisible()
  await fillSubtitle(there)
  const offsets: number[] = []
  there.on('request', it => {
    if (it.method() === 'PATCH') offsets.push(Number(it.headers()['upload-offset']))
  })
  const wire = await other.context.newCDPSession(there)
  await throttle(wire, 4_000_000)
  await choose(there, file)
  await deliverButton(there).click()
  await expect.poll(() => offsets.length).toBe(1)
  expect(offsets[0]).toBeGreaterThan(0)

  other.expectOutage()
  await wire.send('Network.emulateNetworkConditions', { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
  await expect(there.getByRole('article')).toContainText('Connection lost, trying again')
  await throttle(wire, -1)
  await expect(there.getByRole('article')).toContainText('same on both sides', { timeout: 30_000 })
})

test('a large file goes in parts side by side, and goes on with each of them after a reload', async ({ nora }) => {
  const file = join(folder, 'tide_textless.mxf')
  await makeSound(file, 330, 6)
  const details = await openRequest(nora, 'textless_imf', 'Long Tide')
  const page = await pressDeliver(nora, details)
  const starts: string[] = []
  page.on('request', it => {
    if (it.method() === 'POST' && it.headers()['upload-concat'] === 'partial') starts.push(/start (\S+)/.exec(it.headers()['upload-metadata'])?.[1] ?? '')
  })
  await breakOff(nora, page, file)
  expect(starts.map(it => Number(atob(it)))).toEqual([0, 95_040_013, 190_080_025])

  const offsets: number[] = []
  page.on('request', it => {
    if (it.method() === 'PATCH') offsets.push(Number(it.headers()['upload-offset']))
  })
  await choose(page, file)
  await deliverButton(page).click()

  await expect(page.getByRole('article')).toContainText('same on both sides', { timeout: 30_000 })
  expect(starts).toHaveLength(3)
  expect(offsets).toHaveLength(3)
  expect(Math.min(...offsets)).toBeGreaterThan(0)
})

test('another file under the same name is refused before a byte of it is sent', async ({ nora }) => {
  const file = join(folder, 'tide_fr_51_v3.wav')
  await makeSound(file, 60, 6)
  const details = await openRequest(nora, 'secondary_audio', 'Long Tide')
  const page = await pressDeliver(nora, details)
  await page.getByLabel('Channel layout').selectOption({ label: '5.1, L R C LFE Ls Rs' })
  await page.getByLabel('Dub style').selectOption({ label: 'Lip Sync' })
  await breakOff(nora, page, file)

  await makeSound(file, 60, 6, 2)
  let sent = 0
  page.on('request', it => {
    if (it.method() === 'PATCH') sent += 1
  })
  await choose(page, file)
  await deliverButton(page).click()

  await expect(page.getByRole('alert')).toContainText('The file is another one than before')
  expect(sent).toBe(0)

  await makeSound(file, 61, 6)
  await page.reload()
  await nora.awake(page)
  await choose(page, file)
  await expect(page.locator('footer')).toContainText('bytes and now has')
})

test('of two deliveries at once the later one goes on, and the first window is told by whom', async ({ nora, arrive }) => {
  const [early, late] = [join(folder, 'script_early.pdf'), join(folder, 'script_late.pdf')]
  await makeSound(early, 60, 6)
  await makeSound(late, 1, 2)
  const details = await openRequest(nora, 'final_script', 'Harbour')
  const first = await pressDeliver(nora, details)
  const colleague = await arrive()
  await colleague.signIn('nora')
  const second = await colleague.open(new URL(first.url()).pathname + new URL(first.url()).search)

  for (const page of [first, second]) await page.getByLabel('Script type').selectOption({ index: 1 })
  nora.expectRefusals()
  await throttle(await nora.context.newCDPSession(first), 1_000_000)
  await first.getByLabel(/^Choose a file for/).setInputFiles(early)
  await deliverButton(first).click()
  const bar = first.getByRole('progressbar', { name: 'Upload' })
  await expect.poll(() => bar.evaluate(it => (it as HTMLProgressElement).position)).toBeGreaterThan(0.01)
  await first.getByRole('button', { name: 'Pause upload' }).click()
  await second.getByLabel(/^Choose a file for/).setInputFiles(late)
  // Whoever is about to take another's place is told so, and says that it is meant.
  await second.getByRole('button', { name: 'Send another file instead' }).click()
  await deliverButton(second).click()

  const told = first.getByRole('alert').filter({ hasText: /Nora \w+ of Studio Nord started a newer delivery\./ })
  await expect(told).toBeVisible()
  await expect(first.getByText('Choose the same file to go on')).toHaveCount(0)
  await expect(first.getByRole('article')).toContainText('Stopped')
  await expect(second.getByRole('article')).toContainText('Bytes verified')
})

test('a refused Deliver says what is missing', async ({ nora }) => {
  const details = await openRequest(nora, 'forced_sub', 'Long Tide')
  const page = await pressDeliver(nora, details)
  const file = join(folder, 'tide_ja_forced.ttml')
  await makeSubtitles(file, 'ja', 'media')

  await expect(page.locator('footer')).toContainText('Choose a file to deliver.')
  await choose(page, file)

  await expect(page.locator('footer')).toContainText('Timing reference is missing.')
})
