import type { Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

/** Opens the details page of the request with this number. */
async function openRequest(visitor: Visitor, number: string): Promise<Page> {
  await visitor.open(`/?q=${number}`)
  const address = await visitor.page.locator('a[href^="/requests/"]').first().getAttribute('href')
  return visitor.open(address ?? '')
}

async function fillOrder(page: Page, language: string): Promise<void> {
  const option = await page.locator('#sheet-package-list option', { hasText: '' }).first().getAttribute('value')
  await page.getByLabel('Package').fill(option ?? '')
  await page.getByLabel('Source type').selectOption({ label: 'Secondary Audio' })
  await page.getByLabel('Language').fill(language)
  await page.getByLabel('Due Date').fill('2027-01-15')
  await page.getByLabel('Time', { exact: true }).fill('18:00')
  await page.getByLabel('Content partner').fill('Blue Fjord Pictures')
}

test('a request is made, and what is wrong stands beside its field', async ({ paula }) => {
  paula.expectRefusals()
  const page = await paula.open('/new')
  await paula.expectAccessible(page)
  await fillOrder(page, 'pt_BR')
  await page.getByRole('button', { name: 'Create request' }).click()
  await expect(page.getByText('“pt_BR” is not a language tag.')).toBeVisible()
  await expect(page.getByLabel('Content partner')).toHaveValue('Blue Fjord Pictures')

  await page.getByLabel('Language').fill('eu')
  await page.getByRole('button', { name: 'Create request' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Basque (eu)')
  await expect(page.getByText('Not assigned').first()).toBeVisible()

  await paula.open('/new')
  await fillOrder(page, 'eu')
  await page.getByRole('button', { name: 'Create request' }).click()
  await expect(page.getByText(/R-\d+ asks for the same in this package/)).toBeVisible()
})

test('what has arrived is upgraded, and each of the two names the other', async ({ paula }) => {
  const page = await openRequest(paula, 'R-20001')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Upgrade' }).click()
  const panel = page.getByRole('dialog', { name: 'Upgrade' })
  await panel.getByLabel('What is to be better').fill('UHD instead of HD')
  await panel.getByRole('button', { name: 'Ask for the upgrade' }).click()
  await expect(panel).toBeHidden()

  const newer = page.getByRole('link', { name: /^R-\d+$/ })
  await expect(page.getByText('Upgraded by')).toBeVisible()
  await newer.click()
  await expect(page.getByText('Upgrade of')).toBeVisible()
  await expect(page.getByRole('link', { name: 'R-20001' })).toBeVisible()
})

test('the due date and the package are the platform’s to edit', async ({ paula, arrive }) => {
  const page = await openRequest(paula, 'R-20008')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Edit Due Date' }).click()
  const due = page.getByRole('dialog', { name: 'Edit Due Date' })
  await due.getByLabel('Due Date').fill('2027-04-01')
  await due.getByRole('button', { name: 'Save the due date' }).click()
  await expect(due).toBeHidden()
  const overview = page.getByRole('complementary', { name: 'Overview' })
  await expect(overview.getByText('01 Apr 2027').first()).toBeVisible()

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Edit Package' }).click()
  const edited = page.getByRole('dialog', { name: 'Edit Package' })
  await edited.getByLabel('Tags').fill('Auto Ident, UHD')
  await edited.getByRole('button', { name: 'Save the package' }).click()
  await expect(edited).toBeHidden()
  await expect(overview.getByText('Auto Ident, UHD')).toBeVisible()

  const nora = await arrive()
  await nora.signIn('nora')
  const hers = await openRequest(nora, 'R-20008')
  // Where nothing is left for the menu, there is no menu.
  await expect(hers.getByRole('button', { name: 'More actions' })).toBeHidden()
  await expect(hers.getByRole('menuitem', { name: 'Edit Due Date' })).toHaveCount(0)
})

test('many are assigned at once, and those that are skipped say why', async ({ paula }) => {
  const page = await paula.open('/')
  const boxes = page.getByRole('checkbox', { name: /^Select R-/ })
  for (let at = 0; at < 6; at += 1) {
    await boxes.nth(at).check()
  }
  const bar = page.getByRole('toolbar', { name: '6 selected' })
  await expect(bar).toBeVisible()
  await paula.expectAccessible(page)
  await bar.getByRole('link', { name: 'Assign Partner' }).click()

  await page.getByLabel('Partner').fill('Kestrel Post')
  await page.getByRole('button', { name: /Assign Partner for/ }).click()
  await expect(page.getByText(/\d requests? changed/).first()).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: /Done|Skipped/ })).toHaveCount(6)
})

test('a table is tried before anything is created, and then all of it is', async ({ paula }) => {
  paula.expectRefusals()
  const head = 'movie_id,source_type,language,due_date,content_partner\n'
  const send = async (content: string) => {
    const page = await paula.open('/import')
    const file = { name: 'tide.csv', mimeType: 'text/csv', buffer: Buffer.from(content, 'latin1') }
    await page.getByLabel('A table of requests').setInputFiles(file)
    await page.getByRole('button', { name: 'Try it' }).click()
    return page
  }
  let page = await send(head + '81002,Subtitle,fr-FR,2027-01-15,Caf\xe9\n')
  await expect(page.getByText('Line 2 holds the byte 0xE9')).toBeVisible()

  page = await send(head + [
    '81002,Subtitle,ca,2027-01-15,Blue Fjord Pictures',
    '81002,Subtitle,gl,2027-01-15,Blue Fjord Pictures',
    '81002,Dub Card,gl,2027-01-15,Blue Fjord Pictures',
  ].join('\n'))
  await expect(page.getByText('Is Dub Card Image meant?')).toBeVisible()
  await paula.expectAccessible(page)
  await page.getByRole('button', { name: 'Create 2 requests' }).click()
  await expect(page.getByText('1 lines are refused.')).toBeVisible()
  await page.getByLabel('Leave out 1 refused line').check()
  await page.getByRole('button', { name: 'Create 2 requests' }).click()
  await expect(page.getByText('2 requests created')).toBeVisible()
})
