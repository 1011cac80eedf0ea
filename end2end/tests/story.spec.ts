import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { cards, openNumber } from '../support/details.ts'
import { makeSound } from '../support/files.ts'
import { expect, test } from '../support/test.ts'

let folder = ''

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reelgate-story-'))
})

test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** The status in the head of a details page. */
function status(page: Page, label: string): Locator {
  return page.locator('.request-header').getByText(label, { exact: true })
}

/** How many notices are new. */
async function rung(page: Page): Promise<number> {
  const bell = page.getByRole('banner').getByRole('link', { name: /^Notices/ })
  return Number(/(\d+) new/.exec((await bell.getAttribute('aria-label')) ?? (await bell.innerText()))?.[1] ?? 0)
}

/** Does something, and waits until the bell of each of these pages tells of it. */
async function ringing(pages: Page[], act: () => Promise<void>): Promise<void> {
  const before = await Promise.all(pages.map(rung))
  await act()
  for (const [at, page] of pages.entries()) await expect.poll(() => rung(page)).toBeGreaterThan(before[at] ?? 0)
}

/** Marks a page, so that one that was loaded anew is found out. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => ((window as unknown as { same: boolean }).same = true))
}

async function isSame(page: Page): Promise<boolean> {
  return page.evaluate(() => (window as unknown as { same?: boolean }).same === true)
}

async function digest(path: string): Promise<string> {
  return createHash('sha256').update(await readFile(path)).digest('hex')
}

async function download(page: Page, name: string): Promise<string> {
  await page.getByRole('link', { name, exact: true }).click()
  const details = page.getByRole('region', { name: 'Details' })
  await expect(details.getByRole('heading', { name })).toBeVisible()
  const [file] = await Promise.all([page.waitForEvent('download'), details.getByRole('button', { name: 'Download' }).click()])
  expect(file.suggestedFilename()).toBe(name)
  return file.path()
}

test('a file is overridden, approved, wanted again, delivered anew, talked about and worked from, and both sides see it happen', async ({ nora, paula, portal }) => {
  test.setTimeout(300_000)
  // A panel that is being sent may still ask what it would mean, and is told that it was done already.
  paula.expectRefusals()
  nora.expectRefusals()
  const hers = await openNumber(nora, 'R-20002')
  const queue = await paula.open('/reviews')
  const request = new URL(hers.url()).pathname
  const theirs = await paula.openWindow(request)
  for (const page of [hers, queue, theirs]) await mark(page)

  await test.step('the partner says that what was found is meant', async () => {
    await ringing([theirs], async () => {
      await hers.getByRole('article').first().getByRole('link', { name: 'Override', exact: true }).click()
      const panel = hers.getByRole('dialog', { name: 'Override' })
      await panel.getByRole('radio', { name: 'Another cut or version than before' }).check()
      await panel.getByLabel('In words').fill('The French credits are longer.')
      await panel.getByRole('button', { name: 'Override' }).click()
      await expect(panel).toBeHidden()
    })
    await expect(status(hers, 'Delivered')).toBeVisible()
    await expect(status(theirs, 'Delivered')).toBeVisible()
  })

  await test.step('the platform approves it on its page Reviews', async () => {
    await queue.bringToFront()
    const entry = queue.getByRole('navigation', { name: 'Overrides that wait' }).getByRole('link', { name: /Secondary Audio · French/ })
    await entry.click()
    const decision = queue.getByRole('region', { name: /Secondary Audio · French/ })
    await expect(decision).toContainText('The French credits are longer.')
    await ringing([hers], async () => {
      await decision.getByRole('link', { name: 'Approve Override' }).click()
      const panel = queue.getByRole('dialog', { name: 'Approve Override' })
      await panel.getByRole('button', { name: 'Approve' }).click()
      await expect(panel).toBeHidden()
    })
    await expect(entry).toHaveCount(0)
    await expect(status(hers, 'Processed')).toBeVisible()
  })

  await test.step('the platform wants another file all the same', async () => {
    await theirs.bringToFront()
    await expect(status(theirs, 'Processed')).toBeVisible()
    await ringing([hers], async () => {
      await theirs.getByRole('button', { name: 'More actions' }).click()
      await theirs.getByRole('menuitem', { name: 'Request Redelivery' }).click()
      const panel = theirs.getByRole('dialog', { name: 'Request Redelivery' })
      await panel.getByRole('checkbox').first().check()
      await panel.getByRole('textbox', { name: 'Comment' }).fill('A click at 01:12:08:14, left channel.')
      await panel.getByRole('button', { name: 'Request redelivery' }).click()
      await expect(panel).toBeHidden()
    })
    await expect(status(hers, 'Redelivery Requested')).toBeVisible()
  })

  await test.step('the partner delivers anew, and the platform sees it arrive', async () => {
    // As long as neither of the two before it would mind.
    const file = join(folder, 'tide_fr_51_v3.wav')
    await makeSound(file, 14, 6)
    await hers.bringToFront()
    const opened = nora.context.waitForEvent('page')
    await hers.getByRole('link', { name: /^Deliver/ }).first().click()
    const desk = await nora.awake(await opened)
    await desk.getByLabel('Choose files', { exact: true }).setInputFiles(file)
    await desk.getByLabel('Channel layout').selectOption({ label: '5.1, L R C LFE Ls Rs' })
    await desk.getByLabel('Dub style').selectOption({ label: 'Lip Sync' })
    await ringing([hers], async () => {
      await desk.locator('footer').getByRole('button', { name: 'Deliver' }).first().click()
      await expect(desk.getByRole('article')).toContainText('Passed inspection', { timeout: 60_000 })
    })
    await desk.close()
    for (const page of [hers, theirs]) {
      await expect(cards(page).first()).toContainText('tide_fr_51_v3.wav')
      await expect(cards(page).first()).toContainText('Succeeded')
      await expect(status(page, 'Processed')).toBeVisible()
    }
  })

  const notes = Buffer.from('reel,at\n4,01:12:08:14\n')
  await test.step('they talk about it, each before the eyes of the other', async () => {
    for (const page of [hers, theirs]) await page.getByRole('tab', { name: /Comments/ }).click()
    await theirs.bringToFront()
    await ringing([hers], async () => {
      const form = theirs.getByRole('form', { name: 'New comment' })
      await form.getByText('Mention', { exact: true }).click()
      await form.getByRole('checkbox', { name: /Nora/ }).check()
      await form.getByLabel('Attach files').setInputFiles({ name: 'reels.csv', mimeType: 'text/csv', buffer: notes })
      await form.getByRole('textbox', { name: 'New comment' }).fill('The click is gone. What was it?')
      await form.getByRole('button', { name: 'Add Comment' }).click()
    })
    const asked = hers.getByRole('article', { name: /^Comment by Paula/ }).filter({ hasText: 'What was it?' })
    await expect(asked.locator('.mention[data-me]')).toContainText('@Nora')
    await hers.bringToFront()
    const thread = hers.locator('.thread').filter({ has: asked })
    await thread.getByText('Answer', { exact: true }).first().click()
    await ringing([theirs], async () => {
      await thread.getByRole('textbox', { name: 'Answer' }).fill('A cable, @Paula Reyes.')
      await thread.getByRole('button', { name: 'Add Answer' }).click()
    })
    await expect(theirs.getByRole('article', { name: /^Comment by Nora/ }).filter({ hasText: 'A cable' })).toBeVisible()
  })

  // Nothing of all this was shown by loading a page anew.
  for (const page of [hers, queue, theirs]) expect(await isSame(page)).toBe(true)

  await test.step('what there is to work from comes byte for byte', async () => {
    // What the package brings is given to those who still have something to make.
    const other = await openNumber(nora, 'R-20009')
    await theirs.goto(`${new URL(other.url()).pathname}?tab=history`)
    await paula.awake(theirs)
    await other.getByRole('tab', { name: /Materials/ }).click()
    const text = await digest(await download(other, 'tide_en_sub.ttml'))
    await expect(other.getByRole('region', { name: 'Details' })).toContainText(text)
    const kept = join(portal.folder, 'vault', 'objects', text.slice(0, 2), text.slice(2, 4), text)
    expect(await digest(kept)).toBe(text)
    await expect(theirs.getByText('downloaded tide_en_sub.ttml')).toBeVisible()

    await hers.goto(`${request}?tab=materials`)
    await nora.awake(hers)
    await theirs.goto(`${request}?tab=history`)
    await paula.awake(theirs)
    await hers.getByRole('navigation', { name: 'Groups' }).getByRole('link', { name: /Attachments/ }).click()
    expect(await readFile(await download(hers, 'reels.csv'))).toEqual(notes)
    await expect(hers.getByRole('row', { name: /reels\.csv/ })).toContainText('all bytes')
    await expect(theirs.getByText('downloaded the attachment reels.csv')).toBeVisible()
  })
})
