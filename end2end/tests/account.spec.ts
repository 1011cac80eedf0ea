import type { Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

/** Invites somebody to Studio Nord and answers the link. */
async function invite(visitor: Visitor, name: string, email: string): Promise<string> {
  const page = await visitor.open('/people')
  await page.getByText('Invite…').click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('E-mail', { exact: true }).fill(email)
  await page.getByRole('button', { name: 'Make the invitation' }).click()
  const link = page.getByRole('textbox', { name: 'Link' })
  await expect(link).toHaveValue(/\/invitation\//)
  await expect(link).toBeFocused()
  await expect(page).toHaveURL('/people')
  await page.getByRole('button', { name: 'Copy the link' }).click()
  await expect(page.getByText('Copied', { exact: true })).toBeVisible()
  return link.inputValue()
}

/** Fills in the page that the link leads to. */
async function accept(page: Page, link: string, secret: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('New password', { exact: true }).fill(secret)
  await page.getByLabel('New password again').fill(secret)
  await page.getByRole('button', { name: 'Make the account' }).click()
}

function row(page: Page, name: string) {
  return page.getByRole('row').filter({ hasText: name })
}

test('an invited person chooses a password and is in, and the link leads nowhere afterwards', async ({ nora, arrive }) => {
  const link = await invite(nora, 'Lea Roy', 'lea@studionord.example')
  const [lea, late] = [await arrive(), await arrive()]
  late.expectRefusals()

  await lea.page.goto(link)
  await expect(lea.page.getByText('invites you to work for Studio Nord as Operations')).toBeVisible()
  await lea.expectAccessible()
  await accept(lea.page, link, 'battery staple')
  await expect(lea.page).toHaveURL('/')
  await lea.awake(lea.page)
  await expect(lea.page.getByRole('banner').getByText('Studio Nord')).toBeVisible()

  await late.page.goto(link)
  await expect(late.page.getByText('This link leads nowhere.')).toBeVisible()
  await nora.open('/people')
  await expect(row(nora.page, 'Lea Roy')).toContainText('Active')
  await expect(nora.page.getByText('accepted the invitation of lea@studionord.example')).toBeVisible()
})

test('somebody gets another role, is deactivated, and is out at once', async ({ nora, arrive }) => {
  nora.expectRefusals()
  const link = await invite(nora, 'Kim Berg', 'kim@studionord.example')
  const kim = await arrive()
  kim.expectRefusals()
  await accept(kim.page, link, 'battery staple')
  await expect(kim.page).toHaveURL('/')

  const page = await nora.open('/people')
  await page.getByLabel('Role of Kim Berg', { exact: true }).selectOption({ label: 'Read-only' })
  await page.getByRole('button', { name: 'Change the role of Kim Berg' }).click()
  await expect(page.getByText('Kim Berg is Read-only now')).toBeVisible()
  await kim.page.goto('/people')
  await expect(kim.page.getByText('This takes the role Administrator. Nora Lind can give it to you.')).toBeVisible()

  page.once('dialog', it => it.accept())
  await page.getByRole('button', { name: 'Deactivate Kim Berg' }).click()
  await expect(row(page, 'Kim Berg')).toContainText('Deactivated')
  await kim.page.goto('/')
  await expect(kim.page).toHaveURL(/\/sign-in/)
})

test('what is wrong with an invitation stands beside its field, and nothing typed is lost', async ({ nora }) => {
  nora.expectRefusals()
  const page = await nora.open('/people')
  await page.getByText('Invite…').click()
  await page.getByLabel('Name', { exact: true }).fill('Kenji Mori')
  await page.getByLabel('E-mail', { exact: true }).fill('kenji@kestrel.example')
  await page.getByRole('button', { name: 'Make the invitation' }).click()

  const email = page.getByLabel('E-mail', { exact: true })
  await expect(page.getByText('Somebody has an account with this e-mail address already.')).toBeVisible()
  await expect(email).toBeFocused()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Kenji Mori')
})

test('the menu leads to the account, where another browser is signed out', async ({ nora, arrive }) => {
  const other = await arrive()
  await other.signIn('nora')
  const page = await nora.open('/')
  await page.getByRole('button', { name: /Studio Nord/ }).click()
  await page.getByRole('menuitem', { name: 'Account' }).click()
  await expect(page).toHaveURL('/account')
  await nora.awake(page)

  await expect(page.getByText('This browser')).toHaveCount(1)
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(page.getByText('Signed out everywhere else')).toBeVisible()
  await other.page.goto('/')
  await expect(other.page).toHaveURL(/\/sign-in/)
  await page.reload()
  await expect(page).toHaveURL('/account')
})

test('the time zone is searched by its name, and a strange one is refused where it was typed', async ({ felix }) => {
  felix.expectRefusals()
  const page = await felix.open('/account')
  await page.getByLabel('Time zone').fill('Mars')
  await page.getByRole('button', { name: 'Save times' }).click()
  await expect(page.getByText('“Mars” is not a time zone of the list.')).toBeVisible()
  await expect(page.getByLabel('Time zone')).toHaveValue('Mars')

  await page.getByLabel('Time zone').fill('Asia/Tokyo')
  await page.getByLabel('Timecodes').selectOption({ label: 'Frame number, 86645' })
  await page.getByRole('button', { name: 'Save times' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await felix.open('/account')
  await expect(page.getByLabel('Time zone')).toHaveValue('Asia/Tokyo')
  await expect(page.getByLabel('Timecodes')).toHaveValue('frames')
})

test('another password asks for the old one', async ({ kenji, arrive }) => {
  kenji.expectRefusals()
  const page = await kenji.open('/account')
  const change = async (old: string) => {
    await page.getByLabel('Old password').fill(old)
    await page.getByLabel('New password', { exact: true }).fill('battery staple')
    await page.getByLabel('New password again').fill('battery staple')
    await page.getByRole('button', { name: 'Change password' }).click()
  }
  await change('a guess')
  await expect(page.getByText('That is not your password.')).toBeVisible()
  await change('reelgate-demo')
  await expect(page.getByText('Password changed')).toBeVisible()

  const again = await arrive()
  await again.open('/sign-in')
  const loaded = again.page.waitForEvent('load')
  await again.fillIn('kenji@kestrel.example', 'battery staple')
  await loaded
  await expect(again.page).toHaveURL('/')
  await again.awake(again.page)
})

test('the platform adds an organization and says to whom it gives work', async ({ ines }) => {
  const page = await ines.open('/people')
  await page.getByText('Add…').click()
  const form = page.getByRole('navigation', { name: 'Organizations' })
  await form.getByLabel('What it is').selectOption({ label: 'Content Partner' })
  await form.getByLabel('Name').fill('Fjord Films')
  await form.getByRole('button', { name: 'Add organization' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Fjord Films')

  await page.getByLabel('These only:').check()
  await page.getByLabel('Kestrel Post').check()
  await page.getByRole('button', { name: 'Save approved partners' }).click()
  await expect(page.getByText('approved these partners only: Kestrel Post.')).toBeVisible()
  await expect(page.getByLabel('Kestrel Post')).toBeChecked()
})
