import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { cards } from '../support/details.ts'
import { makeLists, makeMedia, makeSound, makeSubtitles } from '../support/files.ts'
import { idIn } from '../support/requests.ts'
import { expect, test } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

let folder = ''

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reelgate-preflight-'))
})

test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** The address of the details page of the one request that a search finds. */
async function find(visitor: Visitor, type: string, search: string): Promise<string> {
  await visitor.open(`/?type=${type}&q=${encodeURIComponent(search)}`)
  return (await visitor.page.locator('a[href^="/requests/"]').first().getAttribute('href')) ?? ''
}

/** Asks Studio Nord for something of the film in Norwegian; gives the address of the details page. */
async function ask(paula: Visitor, type: string): Promise<string> {
  const page = await paula.open('/new')
  const option = await page.locator('#sheet-package-list option[value*="Long Tide"]').first().getAttribute('value')
  await page.getByLabel('Package').fill(option ?? '')
  await page.getByLabel('Source type').selectOption({ label: type })
  await page.getByLabel('Language').fill('nb')
  await page.getByLabel('Due Date').fill('2027-01-15')
  await page.getByLabel('Time', { exact: true }).fill('18:00')
  await page.getByLabel('Material status').selectOption('Received')
  await page.getByLabel('Content partner').fill('Blue Fjord Pictures')
  await page.getByLabel(/^Partner/).fill('Studio Nord')
  await page.getByRole('button', { name: 'Create request' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(type)
  return new URL(page.url()).pathname
}

function preflight(page: Page): Locator {
  return page.locator('.preflight')
}

/** Chooses files, sees these codes before anything is sent, delivers, and sees them on the card. */
async function seeTwice(visitor: Visitor, details: string, files: string[], codes: string[], fill: (page: Page) => Promise<void>): Promise<void> {
  const page = await visitor.open(`/deliver?requests=${idIn(details)}`)
  let sent = 0
  page.on('request', it => {
    if (it.url().includes('begin_delivery') || it.method() === 'PATCH') sent += 1
  })
  await page.getByLabel(/^Choose a file for/).setInputFiles(files)
  await fill(page)
  for (const code of codes) await expect(preflight(page).getByRole('link', { name: code }).first()).toBeVisible()
  await expect(preflight(page)).toContainText('You can deliver it all the same.')
  await expect(preflight(page)).toContainText('The server will still look at')
  expect(sent).toBe(0)

  await page.locator('footer').getByRole('button', { name: 'Deliver' }).click()
  await expect(page.getByRole('article')).toContainText('Failed inspection', { timeout: 30_000 })
  await visitor.open(details)
  for (const code of codes) await expect(cards(page).first()).toContainText(code)
}

/** Fills in whatever the form asks for with its first choice. */
async function fillText(page: Page): Promise<void> {
  await page.getByLabel('Text type').selectOption({ index: 1 })
  await page.getByLabel('Timing reference').selectOption({ label: 'MEDIA' })
  await page.getByLabel('Frame rate').selectOption({ label: '24 fps' })
}

test('what is right looks right so far, and what the request expects stands beside it', async ({ nora }) => {
  const details = await find(nora, 'audio_description', 'Long Tide')
  const fetched: string[] = []
  nora.page.on('request', it => fetched.push(it.url()))
  const page = await nora.open(`/deliver?requests=${idIn(details)}`)
  await page.getByText('What this request expects').click()
  await expect(page.getByRole('article')).toContainText('Audio Description, version')
  await expect(page.getByRole('article')).toContainText('48 kHz')
  expect(fetched.filter(it => it.includes('preflight') || it.includes('worker'))).toEqual([])

  const file = join(folder, 'tide_en_ad.wav')
  await makeSound(file, 10, 6)
  await page.getByLabel(/^Choose a file for/).setInputFiles(file)
  await expect(preflight(page)).toContainText('Looks right so far')
  await expect(preflight(page)).toContainText('24-bit · 6 channels')
  await expect(preflight(page)).toContainText('silence, levels, loudness')

  await page.getByLabel('Channel layout').selectOption({ label: 'Stereo, L R' })
  await expect(preflight(page)).toContainText('ChannelMapping-InconsistentChannelCount')
  await page.getByLabel('Channel layout').selectOption({ label: '5.1, L R C LFE Ls Rs' })
  await expect(preflight(page)).toContainText('Looks right so far')
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await expect(preflight(page)).toBeHidden()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`findings keep nobody out in the ${colorScheme} theme, and fit a narrow window`, async ({ nora }) => {
    await nora.page.emulateMedia({ colorScheme })
    const details = await find(nora, 'forced_sub', 'Long Tide')
    const page = await nora.open(`/deliver?requests=${idIn(details)}`)
    const file = join(folder, 'tide_ja.ttml')
    await makeSubtitles(file, 'de', 'media', 3)
    await page.getByLabel(/^Choose a file for/).setInputFiles(file)
    await expect(preflight(page)).toContainText('TimedText-OverlappingText')
    await expect(preflight(page)).toContainText('TimedText-LanguageMismatch')
    await page.getByText('What this request expects').click()
    await nora.expectAccessible(page)

    await page.setViewportSize({ width: 400, height: 800 })
    await expect(preflight(page)).toContainText('TimedText-OverlappingText')
    await nora.expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400)
  })
}

test('subtitles that overlap', async ({ nora }) => {
  const file = join(folder, 'tide_ja_forced.ttml')
  await makeSubtitles(file, 'ja', 'media', 3)
  await seeTwice(nora, await find(nora, 'forced_sub', 'Long Tide'), [file], ['TimedText-OverlappingText'], fillText)
})

test('sound of another sample rate and with fewer channels', async ({ nora }) => {
  const file = join(folder, 'tide_en_ad_small.wav')
  await makeMedia(file, '-f lavfi -i anoisesrc=d=10:r=44100:a=0.1 -ac 2 -c:a pcm_s24le')
  const codes = ['AUDIO-SpecMismatch', 'ChannelMapping-InconsistentChannelCount']
  await seeTwice(nora, await find(nora, 'audio_description', 'Long Tide'), [file], codes, async page => {
    await page.getByLabel('Channel layout').selectOption({ label: '5.1, L R C LFE Ls Rs' })
    await page.getByLabel('Mix type').selectOption({ index: 1 })
  })
})

test('a picture of another codec and size', async ({ nora }) => {
  const file = join(folder, 'lights_master.mp4')
  await makeMedia(
    file,
    '-f lavfi -i testsrc2=s=320x180:r=25:d=2 -f lavfi -i sine=d=2:r=48000 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -ac 2',
  )
  const codes = ['VIDEO-SpecMismatch', 'AUDIO-SpecMismatch']
  await seeTwice(nora, await find(nora, 'av_muxed', 'Harbour'), [file], codes, async page => {
    await page.getByLabel('Language of the sound').fill('nb')
    await page.getByLabel('Channel layout').selectOption({ label: 'Stereo, L R' })
  })
})

test('a package of which a file is missing', async ({ nora }) => {
  const files = await makeLists(folder)
  const codes = ['IMF-AssetMissing', 'IMF-CompositionMissing']
  await seeTwice(nora, await find(nora, 'textless_imf', 'Long Tide'), files, codes, async () => {})
})

test('a card of another size than the program', async ({ nora, paula }) => {
  const details = await ask(paula, 'Dub Card Image')

  const file = join(folder, 'tide_nb_card.png')
  await makeMedia(file, '-f lavfi -i testsrc2=s=322x182:r=1 -frames:v 1 -pix_fmt rgb24')
  await seeTwice(nora, details, [file], ['IMAGE-Dimensions'], async () => {})
})

test('a script that breaks off', async ({ nora, paula }) => {
  const details = await ask(paula, 'As Recorded Dubbing Script')

  const file = join(folder, 'tide_nb_script.json')
  await writeFile(file, '{"title": "The Long Tide", "lines": [')
  await seeTwice(nora, details, [file], ['DOCUMENT-Unreadable'], async () => {})
})
