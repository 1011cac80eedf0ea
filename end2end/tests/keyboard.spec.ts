import { cards, detailsWhere, head, inStatus } from '../support/details.ts'
import { expect, test } from '../support/test.ts'

const several = /id="card-\d+"[\s\S]*id="card-\d+"/

test('cards are turned over with Enter and with the space bar, and keep the focus', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, several))
  await head(page, 1).focus()
  const scrolled = await page.evaluate(() => scrollY)

  await page.keyboard.press('Enter')
  await expect(head(page, 1)).toHaveAttribute('aria-expanded', 'true')
  await expect(head(page, 1)).toBeFocused()

  await page.keyboard.press('Space')
  await expect(head(page, 1)).toHaveAttribute('aria-expanded', 'false')
  await expect(head(page, 1)).toBeFocused()
  expect(await page.evaluate(() => scrollY)).toBe(scrolled)
})

test('a failed delivery is understood by keyboard alone', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, inStatus('Failed Inspection')))
  const card = cards(page).first()
  await head(page).focus()

  await page.keyboard.press('Tab')
  await expect(card.getByRole('button', { name: 'Show Status & Errors' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(card.getByRole('button', { name: 'Hide Status & Errors' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(card.getByRole('button', { name: 'Copy code' }).first()).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(card.getByRole('link', { name: /^What now\?/ }).first()).toBeFocused()
})

test('every stop of the details page shows where the focus is', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, inStatus('Failed Inspection')))
  const unseen: string[] = []

  for (let stop = 0; stop < 60; stop++) {
    await page.keyboard.press('Tab')
    const lacking = await page.evaluate(() => {
      const at = document.activeElement
      if (at === null || at === document.body) return null
      const { outlineStyle, outlineWidth } = getComputedStyle(at)
      const ringed = outlineStyle !== 'none' && outlineWidth !== '0px'
      // The splitter wears its ring as a shadow, a field has it around the well it stands in.
      const well = at.matches('input') ? at.parentElement : at.matches('[role=separator]') ? at : null
      const drawn = well !== null && getComputedStyle(well).boxShadow !== 'none'
      return ringed || drawn ? null : at.outerHTML.slice(0, 120)
    })
    if (lacking !== null) unseen.push(lacking)
  }

  expect(unseen).toEqual([])
})

test('what the list is filtered by is chosen with the space bar', async ({ nora }) => {
  const page = await nora.open('/')
  await page.getByRole('button', { name: 'Status' }).focus()

  await page.keyboard.press('Enter')
  const chosen = page.getByRole('menuitemcheckbox').and(page.locator(':focus'))
  await expect(chosen).toHaveAttribute('aria-checked', 'false')
  await page.keyboard.press('Space')

  await expect(chosen).toHaveAttribute('aria-checked', 'true')
  await expect(page).toHaveURL(/status=/)
})
