import { expect, test } from '../support/test.ts'

test('a code is found while one types, by its name or by a word of its title', async ({ visitor }) => {
  const page = await visitor.open('/help')
  const codes = page.locator('main .codes').getByRole('link')
  expect(await codes.count()).toBeGreaterThan(10)

  await page.getByRole('searchbox', { name: 'Search inspection codes' }).fill('timebase')
  await expect(codes).toHaveText(['TimedText-TimeBaseConflict'])
  await page.getByRole('searchbox', { name: 'Search inspection codes' }).fill('damaged')
  await expect(codes).toHaveText(['FILE-Corrupt'])
  await page.getByRole('searchbox', { name: 'Search inspection codes' }).fill('zebra')
  await expect(page.getByText('No code has “zebra” in it')).toBeVisible()
})

test('an article says how it is measured, what to do, and whether it can be overridden', async ({ visitor }) => {
  const page = await visitor.open('/help')
  await page.getByRole('link', { name: 'VALIDATOR-SourceDuration' }).click()

  await expect(page).toHaveURL('/help/inspection/VALIDATOR-SourceDuration')
  for (const head of ['How it is measured', 'What to do', 'When to ask for an override', 'Related']) {
    await expect(page.getByRole('heading', { level: 2, name: head })).toBeVisible()
  }
  await expect(page.getByText('Can be overridden')).toBeVisible()
  await page.locator('.related').getByRole('link').first().click()
  await expect(page).not.toHaveURL(/SourceDuration/)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

test('every status is explained', async ({ visitor }) => {
  const page = await visitor.open('/help')

  await expect(page.locator('#request-statuses dt')).toHaveCount(7)
  await expect(page.locator('#transfer-statuses dt')).toHaveCount(10)
})

test('without script the help can be searched and read', async ({ arrive }) => {
  const { page } = await arrive({ javaScriptEnabled: false })
  await page.goto('/help')
  await page.getByRole('searchbox', { name: 'Search inspection codes' }).fill('channel')
  await page.getByRole('searchbox', { name: 'Search inspection codes' }).press('Enter')

  await expect(page.locator('main .codes').getByRole('link')).toHaveText(['ChannelMapping-InconsistentChannelCount'])
})
