import { expect, test } from '../support/test.ts'

test('a refused password leaves what was typed, and the next one lets me in where I wanted to go', async ({ visitor }) => {
  visitor.expectRefusals()
  const page = await visitor.open('/sign-in?next=%2Fhelp')

  await visitor.fillIn('nora@studionord.example', 'wrong')
  await expect(page.getByRole('alert')).toContainText('The e-mail or the password is wrong.')
  await expect(page.getByLabel('E-mail')).toHaveValue('nora@studionord.example')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeFocused()

  await visitor.fillIn('nora@studionord.example', 'reelgate-demo')
  await expect(page).toHaveURL('/help')
  await expect(page.getByRole('banner').getByText('Studio Nord')).toBeVisible()
})

test('a link to another site is not followed after signing in', async ({ visitor }) => {
  const page = await visitor.open('/sign-in?next=%2F%2Fevil.example')
  const loaded = page.waitForEvent('load')
  await visitor.fillIn('nora@studionord.example', 'reelgate-demo')
  await loaded

  await expect(page).toHaveURL('/')
  await visitor.awake(page)
})

test('signing out leaves nothing behind', async ({ nora }) => {
  const page = await nora.open('/')
  await page.getByRole('button', { name: /Studio Nord/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/sign-in')

  await page.goto('/')
  await expect(page).toHaveURL('/sign-in')
})

test('the theme goes round and is there in the first paint', async ({ nora }) => {
  const page = await nora.open('/')
  const root = page.locator('html')

  await page.getByRole('button', { name: 'Theme: as the system' }).click()
  await expect(root).toHaveAttribute('data-theme', 'light')
  await page.getByRole('button', { name: 'Theme: light' }).click()
  await expect(root).toHaveAttribute('data-theme', 'dark')

  const served = await (await page.request.get('/')).text()
  expect(served).toContain('data-theme="dark"')
  await page.getByRole('button', { name: 'Theme: dark' }).click()
  await expect(root).not.toHaveAttribute('data-theme')
})

test('the density is chosen in the menu of the person and kept', async ({ nora }) => {
  const page = await nora.open('/')
  await page.getByRole('button', { name: /Studio Nord/ }).click()
  await page.getByRole('menuitemradio', { name: 'Comfortable', exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-density', 'comfortable')

  await nora.open('/')
  await expect(page.locator('html')).toHaveAttribute('data-density', 'comfortable')
})

test('what I chose is there in another browser too', async ({ arrive }) => {
  const here = await arrive()
  await here.signIn('kenji')
  const told = here.page.waitForResponse(/remember_preference/)
  await here.page.getByRole('button', { name: 'Theme: as the system' }).click()
  expect((await told).ok()).toBe(true)

  const there = await arrive()
  await there.signIn('kenji')
  await expect(there.page.locator('html')).toHaveAttribute('data-theme', 'light')
})

test('a page opened from a link takes the focus to its heading', async ({ nora }) => {
  const page = await nora.open('/help')
  await page.locator('a[href="/help/inspection/FILE-Corrupt"]').first().click()

  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('damaged on its way')
})

test('a link to another wing of the portal leads there with its query and its mark', async ({ nora }) => {
  const page = await nora.open('/')
  await page.getByRole('link', { name: 'Help', exact: true }).click()
  await nora.awake(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible()
  await page.goBack()
  await nora.awake(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Requests' })).toBeAttached()
})

test('the keyboard can skip to the content', async ({ nora }) => {
  const page = await nora.open('/')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')

  await expect(page.getByRole('main')).toBeFocused()
})

test('an address where nothing is says so, with its status', async ({ nora }) => {
  const page = nora.page
  for (const path of ['/no/such/page', '/help/inspection/NO-SuchCode']) {
    const answer = await page.request.get(path)
    expect(answer.status(), path).toBe(404)
    expect(await answer.text()).toContain('This is not here')
  }
})
