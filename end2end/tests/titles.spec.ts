import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'

/** Steps on with the keyboard until something has the focus. */
async function reach(page: Page, goal: Locator): Promise<void> {
  await expect(goal).toBeVisible()
  for (let step = 0; step < 60; step += 1) {
    if (await goal.evaluate(it => it === document.activeElement)) {
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error('The keyboard does not lead there')
}

async function type(page: Page, field: Locator, text: string): Promise<void> {
  await reach(page, field)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}

test('a title is entered with a package, and a request is made in it', async ({ paula }) => {
  paula.expectRefusals()
  const page = await paula.open('/new')
  await page.getByRole('link', { name: 'The title is not here? Enter it under Titles' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Titles' })).toBeVisible()
  await page.getByRole('link', { name: 'Enter a title' }).click()
  const panel = page.getByRole('dialog', { name: 'Enter a title' })
  await panel.getByLabel('Full title').fill('Glasshaus')
  await panel.getByLabel('Movie ID').fill('81002')
  await panel.getByLabel('What it is').selectOption({ label: 'Feature' })
  await panel.getByLabel('Release year').fill('2027')
  await panel.getByLabel('Original language').fill('de')
  await panel.getByLabel('Broadcast').selectOption({ label: 'Day of Broadcast' })
  await panel.getByRole('button', { name: 'Enter the title' }).click()
  await expect(panel.getByText('The Movie ID 81002 is taken by “The Long Tide”.')).toBeVisible()
  await expect(panel.getByLabel('Full title')).toHaveValue('Glasshaus')

  await panel.getByLabel('Movie ID').fill('83114')
  await panel.getByRole('button', { name: 'Enter the title' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Glasshaus' })).toBeVisible()
  await expect(page.getByText('Day of Broadcast')).toBeVisible()
  await expect(page.getByText('No package yet')).toBeVisible()
  await page.getByRole('link', { name: 'Add a package' }).first().click()
  const packages = page.getByRole('dialog', { name: 'Add a package' })
  await packages.getByLabel('Countries').fill('DE, Austria')
  await packages.getByLabel('Tags').fill('UHD')
  await packages.getByRole('button', { name: 'Add the package' }).click()
  await expect(packages).toBeHidden()
  await expect(page.getByRole('cell', { name: 'Germany, Austria' }).or(page.getByRole('cell', { name: 'Austria, Germany' }))).toBeVisible()

  await page.getByRole('link', { name: /^New request in P-/ }).click()
  await expect(page.getByLabel('Package')).toHaveValue(/^P-\d+$/)
  await page.getByLabel('Source type').selectOption({ label: 'Subtitle' })
  await page.getByLabel('Language').fill('fr-FR')
  await page.getByLabel('Content partner').fill('Blue Fjord Pictures')
  await page.getByRole('button', { name: 'Create request' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('French (fr-FR)')
  await expect(page.getByText('Glasshaus').first()).toBeVisible()
})

test('titles are found, and a title and its package are corrected by keyboard alone', async ({ paula }) => {
  const page = await paula.open('/titles')
  await type(page, page.getByRole('searchbox', { name: 'Name, Movie ID or package' }), 'nothing of the kind')
  await page.keyboard.press('Enter')
  await expect(page.getByText('No title fits')).toBeVisible()
  await type(page, page.getByRole('searchbox', { name: 'Name, Movie ID or package' }), 'harbour')
  await page.keyboard.press('Enter')
  await reach(page, page.getByRole('link', { name: 'Harbour Lights' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Harbour Lights' })).toBeVisible()

  const correct = page.getByRole('link', { name: 'Correct the title' })
  await reach(page, correct)
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: 'Correct the title' })
  await type(page, panel.getByLabel('Full title'), 'Harbor Lights')
  await reach(page, panel.getByRole('button', { name: 'Save the title' }))
  await page.keyboard.press('Enter')
  await expect(panel).toBeHidden()
  await expect(page.getByRole('heading', { level: 1, name: 'Harbor Lights' })).toBeVisible()
  await expect(page.getByText('corrected name from “Harbour Lights” to “Harbor Lights”')).toBeVisible()

  await reach(page, page.getByRole('link', { name: /^Edit the package P-/ }))
  await page.keyboard.press('Enter')
  const packages = page.getByRole('dialog', { name: 'Edit the package' })
  await type(page, packages.getByRole('combobox', { name: 'Tags' }), 'UHD')
  await page.keyboard.press('Tab')
  await reach(page, packages.getByRole('button', { name: 'Save the package' }))
  await page.keyboard.press('Enter')
  await expect(packages).toBeHidden()
  await expect(page.getByRole('cell', { name: 'UHD' })).toBeVisible()
})

test('whoever corrects a title is told what somebody else has corrected meanwhile', async ({ paula }) => {
  paula.expectRefusals()
  const page = await paula.open('/titles')
  await page.getByRole('link', { name: 'The Long Tide' }).click()
  await page.getByRole('link', { name: 'Correct the title' }).click()
  const panel = page.getByRole('dialog', { name: 'Correct the title' })
  await panel.getByLabel('Release year').fill('2027')

  const other = await paula.openWindow(new URL(page.url()).pathname)
  await other.getByRole('link', { name: 'Correct the title' }).click()
  await other.getByRole('dialog').getByLabel('Release year').fill('2028')
  await other.getByRole('button', { name: 'Save the title' }).click()
  await expect(other.getByRole('dialog')).toBeHidden()

  await panel.getByRole('button', { name: 'Save the title' }).click()
  await expect(panel.getByText('Changed meanwhile.')).toBeVisible()
  await expect(panel.getByText('corrected release year from “2026” to “2028”')).toBeVisible()
  await expect(panel.getByLabel('Release year')).toHaveValue('2027')
  await panel.getByRole('button', { name: 'Save the title' }).click()
  await expect(panel).toBeHidden()
})
