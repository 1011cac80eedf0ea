import type { Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

/** Opens the details page of the request with this number. */
async function openRequest(visitor: Visitor, number: string): Promise<Page> {
  await visitor.open(`/?q=${number}`)
  const address = await visitor.page.locator('a[href^="/requests/"]').first().getAttribute('href')
  return visitor.open(address ?? '')
}

function overview(page: Page) {
  return page.getByRole('region', { name: 'Overview' }).or(page.locator('.overview'))
}

test('material is rejected by keyboard alone, with words, and Deliver says why it is refused', async ({ nora }) => {
  nora.expectRefusals()
  const page = await openRequest(nora, 'R-20008')
  const opener = page.getByRole('link', { name: 'Edit', exact: true })
  await opener.focus()
  await page.keyboard.press('Enter')

  const panel = page.getByRole('dialog', { name: 'Edit' })
  await expect(panel.getByRole('radio', { name: 'Create' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(panel.getByRole('radio', { name: /Accepted|Received/ , checked: true })).toBeFocused()
  await panel.getByRole('radio', { name: 'Rejected' }).press('Space')
  await expect(panel).toContainText('Deliver will be refused')
  await nora.expectAccessible(page)
  await panel.getByRole('button', { name: 'Save changes' }).press('Enter')

  const comment = panel.getByLabel('Comment')
  await expect(panel).toContainText('Say in a comment what is wrong with the material.')
  await expect(comment).toBeFocused()
  await expect(panel.getByRole('radio', { name: 'Rejected' })).toBeChecked()
  await page.keyboard.type('Reel 4 has no sound')
  await panel.getByRole('button', { name: 'Save changes' }).press('Enter')

  await expect(panel).toBeHidden()
  await expect(opener).toBeFocused()
  await expect(page.getByText('Changes saved')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Deliver' }).first()).toHaveAttribute('aria-description', /Material status is Rejected/)
  await page.getByRole('tab', { name: /History/ }).click()
  await expect(page.getByText('to Rejected: Reel 4 has no sound')).toBeVisible()
})

test('the estimated date moves in another time zone, and what was typed is not thrown away unasked', async ({ nora }) => {
  const page = await openRequest(nora, 'R-20009')
  await page.getByRole('link', { name: 'Edit Dates' }).click()
  const panel = page.getByRole('dialog', { name: 'Edit Dates' })
  await expect(panel.getByLabel('Time zone')).toHaveValue('Europe/Oslo')
  await panel.getByLabel('Date', { exact: true }).fill('2027-03-28')
  await panel.getByLabel('Time', { exact: true }).fill('02:30')
  await panel.getByLabel('Time zone').fill('Europe/Berlin')
  await panel.getByLabel('Comment').fill('The singer is ill')
  await expect(panel).toContainText('never show this time')
  await panel.getByRole('radio', { name: /03:30 CEST/ }).check()
  await expect(panel).toContainText('01:30 UTC')

  page.once('dialog', it => it.dismiss())
  await page.keyboard.press('Escape')
  await expect(panel.getByLabel('Comment')).toHaveValue('The singer is ill')
  await panel.getByLabel('Reason').selectOption({ label: 'Talent or recording schedule' })
  await panel.getByRole('button', { name: 'Save dates' }).click()

  await expect(panel).toBeHidden()
  await expect(overview(page).first()).toContainText('28 Mar 2027')
  await expect(overview(page).first()).toContainText('Talent or recording schedule')
})

test('whoever fills in a sheet is told at once what somebody else has changed', async ({ nora, arrive }) => {
  nora.expectRefusals()
  const page = await openRequest(nora, 'R-20023')
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'Edit' })
  await panel.getByLabel('Comment').fill('Mine')

  const paula = await arrive()
  await paula.signIn('paula')
  const other = await openRequest(paula, 'R-20023')
  await other.getByRole('button', { name: 'More actions' }).click()
  await other.getByRole('menuitem', { name: 'Change Status' }).click()
  const status = other.getByRole('dialog', { name: 'Change Status' })
  await status.getByRole('radio', { name: /^Redelivery Requested/ }).check()
  await status.getByLabel('Comment').fill('New cut')
  await status.getByRole('button', { name: 'Change the status' }).click()
  await expect(status).toBeHidden()

  await expect(panel.getByRole('alert').filter({ hasText: 'Changed meanwhile' })).toContainText('from Open to Redelivery Requested: New cut')
  await expect(panel.getByLabel('Comment')).toHaveValue('Mine')
})

test('a forced subtitle is canceled and reopened, with a reason', async ({ nora }) => {
  const page = await openRequest(nora, 'R-20009')
  for (const [action, press, status] of [
    ['Cancel', 'Cancel the request', 'Canceled'],
    ['Uncancel', 'Reopen the request', 'Open'],
  ]) {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: action, exact: true }).click()
    const panel = page.getByRole('dialog', { name: action, exact: true })
    await panel.getByLabel('Reason').fill('Not needed')
    await panel.getByRole('button', { name: press }).click()
    await expect(panel).toBeHidden()
    await expect(page.locator('.request-header').getByText(status, { exact: true })).toBeVisible()
  }
})

test('without script a sheet is a page of its own', async ({ browser, nora }) => {
  const page = await openRequest(nora, 'R-20016')
  const address = await page.getByRole('link', { name: 'Edit Dates' }).getAttribute('href')
  const state = await nora.context.storageState()
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: state, baseURL: new URL(page.url()).origin })
  const sheet = await plain.newPage()
  await sheet.goto(address ?? '')
  await sheet.getByLabel('Date', { exact: true }).fill('2027-02-01')
  await sheet.getByLabel('Reason').selectOption({ label: 'Delivering earlier than planned' })
  await sheet.getByRole('button', { name: 'Save dates' }).click()
  await expect(sheet).toHaveURL(/\/requests\/[^/]+$/)
  await expect(sheet.locator('.overview').first()).toContainText('01 Feb 2027')
  await plain.close()
})

test('an override is asked for and approved inside the portal, and both sides see it at once', async ({ nora, paula }) => {
  const page = await openRequest(nora, 'R-20002')
  const card = page.getByRole('article').first()
  await expect(card.getByText('VALIDATOR-SourceDuration')).toBeVisible()
  await card.getByRole('link', { name: 'Override', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'Override' })
  await expect(panel).toContainText('VALIDATOR-SourceDuration')
  await panel.getByRole('radio', { name: 'Another cut or version than before' }).check()
  await panel.getByLabel('In words').fill('Longer credits')
  await nora.expectAccessible(page)
  await panel.getByRole('button', { name: 'Override' }).click()
  await expect(panel).toBeHidden()
  await expect(page.locator('.request-header').getByText('Delivered', { exact: true })).toBeVisible()

  const other = await openRequest(paula, 'R-20002')
  await other.getByRole('article').first().getByRole('link', { name: 'Approve Override' }).click()
  const verdict = other.getByRole('dialog', { name: 'Approve Override' })
  await expect(verdict).toContainText('Longer credits')
  await verdict.getByRole('button', { name: 'Approve' }).click()

  await expect(page.locator('.request-header').getByText('Processed', { exact: true })).toBeVisible()
  await page.getByRole('tab', { name: /History/ }).click()
  await expect(page.getByText('approved the override of')).toBeVisible()
})
