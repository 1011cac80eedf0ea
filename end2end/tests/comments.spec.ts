import type { Page } from '@playwright/test'
import { detailsPages } from '../support/requests.ts'
import { expect, test } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

/** The Comments tab of the first request that somebody sees; another one for each `place`. */
async function comments(visitor: Visitor, place: number): Promise<string> {
  await visitor.open('/')
  const address = `${(await detailsPages(visitor.page))[place]}?tab=comments`
  await visitor.open(address)
  return address
}

function written(page: Page, text: string) {
  return page.getByRole('article', { name: /^Comment by / }).filter({ hasText: text })
}

function field(page: Page) {
  return page.getByRole('textbox', { name: 'New comment' })
}

async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
}

async function add(page: Page, text: string): Promise<void> {
  await write(page, text)
  await page.getByRole('button', { name: 'Add Comment' }).click()
  await expect(written(page, text)).toBeVisible()
}

test('two organizations talk, and neither has to ask for what is new', async ({ nora, felix }) => {
  const address = await comments(nora, 0)
  const there = await felix.open(address)
  const here = nora.page

  await write(here, 'The mix is **louder** than `-27 LUFS`.')
  await here.keyboard.press('Control+Enter')

  const first = written(there, 'The mix is')
  await expect(first).toBeVisible()
  await expect(first.locator('strong')).toHaveText('louder')
  await expect(first.locator('code')).toHaveText('-27 LUFS')
  await expect(field(here)).toHaveValue('')

  await there.getByText('Answer', { exact: true }).first().click()
  await there.getByRole('textbox', { name: 'Answer' }).fill('It is meant so.')
  await there.getByRole('button', { name: 'Add Answer' }).click()

  await expect(written(here, 'It is meant so.')).toContainText('Blue Fjord Pictures')
})

test('an internal comment does not leave its organization', async ({ nora, paula }) => {
  const address = await comments(nora, 1)
  const page = nora.page
  await page.getByRole('radio', { name: 'Studio Nord' }).press('Space')
  await write(page, 'The limiter was at 0 dBTP.')
  await page.getByRole('button', { name: 'Add internally' }).click()

  await expect(written(page, 'The limiter')).toBeVisible()
  await expect(page.getByText('Internal. Only Studio Nord reads this.').first()).toBeVisible()

  const other = await paula.open(address)
  await expect(field(other)).toBeVisible()
  await expect(written(other, 'The limiter')).toHaveCount(0)
  await other.goto(address.replace('comments', 'history'))
  await expect(other.getByRole('tabpanel')).toBeVisible()
  await expect(other.getByText(/Nora \w+ wrote a comment/)).toHaveCount(0)
})

test('a comment is edited with a mark, and deleted with a mark', async ({ nora }) => {
  await comments(nora, 2)
  const page = nora.page
  await add(page, 'Teh file follows.')

  const own = written(page, 'file follows')
  await own.hover()
  await own.getByText('Edit', { exact: true }).click()
  await own.getByRole('textbox', { name: 'Edit comment' }).fill('The file follows.')
  await own.getByRole('button', { name: 'Save' }).click()
  await expect(own).toContainText('The file follows.')
  await expect(own.getByText('edited', { exact: true })).toBeVisible()

  page.once('dialog', it => it.accept())
  await own.hover()
  await own.getByRole('button', { name: 'Delete' }).click()
  await expect(own).toHaveCount(0)
  await expect(page.getByText(/Nora \w+ deleted a comment/)).toBeVisible()
})

test('a file hangs on a comment and is downloaded under its name', async ({ nora }) => {
  await comments(nora, 3)
  const page = nora.page
  await page.getByRole('form', { name: 'New comment' }).getByLabel('Attach files').setInputFiles({
    name: 'mix notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Reel 4 is the loudest.'),
  })
  await add(page, 'My notes.')

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download mix notes.txt' }).click()
  expect((await download).suggestedFilename()).toBe('mix notes.txt')
})

test('what was typed survives a reload, and what is empty is refused', async ({ nora }) => {
  const address = await comments(nora, 4)
  await write(nora.page, 'Half a thought')
  const page = await nora.open(address)
  await expect(field(page)).toHaveValue('Half a thought')

  nora.expectRefusals()
  await write(page, '   ')
  await page.getByRole('button', { name: 'Add Comment' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Write something, or attach a file.' })).toBeVisible()
  await nora.expectAccessible()
})

test('whoever is ticked is called, and hostile words are only words', async ({ nora, felix }) => {
  const address = await comments(nora, 5)
  const page = nora.page
  await page.getByText('Mention', { exact: true }).click()
  await page.getByRole('checkbox', { name: /Felix/ }).check()
  await add(page, '<img src=x onerror=alert(1)> [a](javascript:alert(1))')

  const there = await felix.open(address)
  const read = written(there, '<img src=x onerror=alert(1)> [a](javascript:alert(1))')
  await expect(read).toBeVisible()
  await expect(read.locator('.mention[data-me]')).toContainText('@Felix')
  await expect(read.locator('img, a')).toHaveCount(0)
})

test('people are offered behind an @, and chosen with the keys', async ({ nora }) => {
  await comments(nora, 6)
  const page = nora.page
  const people = page.getByRole('listbox', { name: 'People to mention' })
  await field(page).pressSequentially('Look at reel 4, @fel')
  const felix = people.getByRole('option', { name: /Felix/ })
  await expect(felix).toHaveAttribute('aria-selected', 'true')
  await expect(people.getByRole('option')).toHaveCount(1)
  await nora.expectAccessible()

  await field(page).press('Enter')
  await expect(people).toBeHidden()
  await expect(field(page)).toHaveValue(/^Look at reel 4, @Felix \S+ $/)
  await expect(field(page)).toBeFocused()

  await field(page).pressSequentially('and @p')
  await expect(people).toBeVisible()
  const first = await field(page).getAttribute('aria-activedescendant')
  await field(page).press('ArrowDown')
  await field(page).press('ArrowUp')
  await expect(field(page)).toHaveAttribute('aria-activedescendant', first ?? '')
  await field(page).press('Escape')
  await expect(people).toBeHidden()
  await expect(field(page)).toHaveValue(/ and @p$/)

  await field(page).press('Control+Enter')
  await expect(written(page, 'Look at reel 4').locator('.mention')).toHaveText(/^@Felix/)
})

test('an internal comment offers nobody of another organization', async ({ nora }) => {
  await comments(nora, 7)
  const page = nora.page
  const people = page.getByRole('listbox', { name: 'People to mention' })
  await field(page).pressSequentially('@fe')
  await expect(people.getByRole('option', { name: /Felix/ })).toBeVisible()
  await page.getByRole('radio', { name: 'Studio Nord' }).press('Space')
  await field(page).pressSequentially('l')
  await expect(people).toBeHidden()
  await field(page).fill('')
})

test('how much may still be written is seen, and said once it is little', async ({ nora }) => {
  await comments(nora, 8)
  const page = nora.page
  const form = page.getByRole('form', { name: 'New comment' })
  await expect(form.getByText('At most 10,000 characters.')).toBeVisible()
  await write(page, 'x'.repeat(9_000))
  await expect(form.getByText('1,000 left', { exact: true })).toBeVisible()
  await expect(form.getByRole('status')).toHaveText('')
  await write(page, 'x'.repeat(9_970))
  await expect(form.getByText('30 left', { exact: true })).toBeVisible()
  await expect(form.getByRole('status')).toHaveText('At most 50 characters left.')
  await field(page).press('End')
  await field(page).pressSequentially('y'.repeat(31))
  await expect(form.getByText('0 left', { exact: true })).toBeVisible()
  await expect(form.getByRole('status')).toHaveText('No characters left.')
  await field(page).fill('')
})

test('files that were chosen stay chosen when a comment is refused', async ({ nora }) => {
  await comments(nora, 9)
  const page = nora.page
  nora.expectRefusals()
  const files = page.getByRole('form', { name: 'New comment' }).getByLabel('Attach files')
  const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Reel 4') }
  const chosen = () => files.evaluate((it: HTMLInputElement) => [...(it.files ?? [])].map(file => file.name))
  const six = Array.from({ length: 6 }, (_, number) => ({ ...notes, name: `notes ${number}.txt` }))
  // The page may be read again between finding the field and filling it.
  await expect(async () => {
    await files.setInputFiles(six)
    expect(await chosen()).toHaveLength(6)
  }).toPass()
  await write(page, 'Too many files')
  await page.getByRole('button', { name: 'Add Comment' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'At most 5 files' })).toBeVisible()
  await expect(field(page)).toHaveValue('Too many files')
  expect(await chosen()).toHaveLength(6)

  await expect(async () => {
    await files.setInputFiles([notes])
    expect(await chosen()).toEqual(['notes.txt'])
  }).toPass()
  await page.getByRole('button', { name: 'Add Comment' }).click()
  await expect(page.getByRole('link', { name: 'Download notes.txt' })).toBeVisible()
  expect(await chosen()).toEqual([])
})

test('an address shows mine, those that call me, or the internal ones', async ({ nora, felix }) => {
  const address = await comments(nora, 10)
  const page = nora.page
  await add(page, 'Mine alone.')
  const there = await felix.open(address)
  await add(there, 'Of Felix.')
  await expect(written(page, 'Of Felix.')).toBeVisible()

  const show = page.getByRole('navigation', { name: 'Show' })
  await show.getByRole('link', { name: 'Mine' }).click()
  await expect(page).toHaveURL(/show=mine/)
  await expect(written(page, 'Of Felix.')).toHaveCount(0)
  await expect(written(page, 'Mine alone.')).toBeVisible()
  await show.getByRole('link', { name: 'Internal' }).click()
  await expect(page.getByText('Nothing internal')).toBeVisible()
  await nora.expectAccessible()
})

test('a comment that is on its way while others write is said once, and theirs is shown after it', async ({ nora, felix }) => {
  const address = await comments(nora, 0)
  const here = nora.page
  const there = await felix.open(address)
  let release = () => {}
  const released = new Promise<void>((it) => (release = it))
  await here.route('**/parts/requests/*/comments', async (route) => {
    if (route.request().method() === 'POST') await released
    await route.continue()
  })
  await write(here, 'On its way.')
  const going = here.waitForRequest((it) => it.method() === 'POST' && it.url().includes('/comments'))
  await here.keyboard.press('Control+Enter')
  await going
  // The first word after a connection is the present number, the second one a change.
  await here.evaluate(() => {
    const [tab, changes] = [window as unknown as { heard: Promise<void> }, new EventSource('/changes')]
    const next = () => new Promise<void>((done) => changes.addEventListener('change', () => done(), { once: true }))
    return next().then(() => void (tab.heard = next()))
  })
  await add(there, 'Written meanwhile.')
  await here.evaluate(() => (window as unknown as { heard: Promise<void> }).heard)
  release()

  await expect(written(here, 'Written meanwhile.')).toBeVisible()
  await expect(written(here, 'On its way.')).toHaveCount(1)
  await expect(field(here)).toHaveValue('')
})
